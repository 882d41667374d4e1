from django.urls import path

from curriculum import views

app_name = "curriculum"

urlpatterns = [
    path("", views.module_list, name="module_list"),
    path("modules/<slug:slug>/", views.module_page, name="module_page"),
]
