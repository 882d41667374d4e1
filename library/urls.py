from django.urls import path

from library import views

app_name = "library"

urlpatterns = [
    path("", views.item_list, name="item_list"),
    path("files/<int:pk>/", views.file, name="file"),
    path("<slug:slug>/", views.item_page, name="item_page"),
    path("<slug:slug>/cite/<str:format>/", views.citation, name="citation"),
]
