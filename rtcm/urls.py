"""All addresses: those of people carry their language, those of machines do not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from rtcm.portal.sitemaps import SITEMAPS
from rtcm.portal.views import machines
from rtcm.portal.views.doors import root
from trainings.views import credentials

urlpatterns = [
    path("", root, name="root"),
    path("admin/", admin.site.urls),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("metrics", machines.metrics, name="metrics"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path(".well-known/jwks.json", credentials.jwks, name="jwks"),
    path("credentials/", include("trainings.credential_urls")),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<section>.xml",
        sitemaps.sitemap,
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    *i18n_patterns(
        path("", include("rtcm.portal.urls")),
        path("", include("trainings.urls")),
        path("curriculum/", include("curriculum.urls")),
        path("library/", include("library.urls")),
        path("", include("experts.urls")),
        path("me/", include("rtcm.accounts.urls")),
        path("accounts/", include("allauth.urls")),
    ),
]

handler500 = "rtcm.portal.views.errors.server_error"
