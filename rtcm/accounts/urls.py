from django.urls import path

from rtcm.accounts import views

app_name = "accounts"

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/consent/<slug:purpose>/", views.consent, name="consent"),
    path("privacy/erase/", views.ask_erasure, name="ask_erasure"),
]
