"""Addresses of the roof."""

from django.urls import path

from rtcm.portal.views import mine, public

app_name = "portal"

urlpatterns = [
    path("", public.home, name="home"),
    path("me/", mine.me, name="me"),
    path("me/privacy/data.json", mine.my_data, name="my_data"),
    path("search/", public.search, name="search"),
    path("curriculum/coverage/", public.coverage, name="coverage"),
    path("curriculum/objectives/<int:number>/", public.objective_page, name="objective_page"),
    path("curriculum/principles/<slug:letter>/", public.principle_page, name="principle_page"),
    path("countries/<slug:iso2>/", public.country_page, name="country_page"),
]
