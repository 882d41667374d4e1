"""Addresses of experts; the profile one edits stands under me/."""

from django.urls import path

from experts import views

app_name = "experts"

urlpatterns = [
    path("experts/", views.expert_list, name="expert_list"),
    path("experts/<slug:slug>/", views.expert_page, name="expert_page"),
    path("experts/<slug:slug>/photo/", views.photo, name="photo"),
    path("me/expert/", views.my_expert, name="my_expert"),
    path("me/expert/preview/", views.preview, name="preview"),
    path("me/expert/submit/", views.submit, name="submit"),
]
