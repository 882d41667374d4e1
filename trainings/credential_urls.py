"""Addresses of signed credentials and of what verifies them: no language, never changed."""

from django.urls import path

from trainings.views import credentials

app_name = "credentials"

urlpatterns = [
    path("issuer.json", credentials.issuer_profile, name="issuer"),
    path("keys/<slug:thumbprint>.json", credentials.issuer_key, name="key"),
    path("status/<int:number>.jwt", credentials.signed_status_list, name="status_list"),
    path("<str:code>.json", credentials.credential, name="credential"),
    path("<str:code>.jwt", credentials.credential_token, name="credential_token"),
]
