"""Every public page in every language, for search engines."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from curriculum.models import Module, Objective
from experts.models import Expert
from library.models import Item
from trainings.models import Training


class Languages(Sitemap):
    i18n = True
    alternates = True
    protocol = settings.SITE_ORIGIN.split("://")[0]

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE_ORIGIN.split("://")[-1]


class Pages(Languages):
    names = (
        "portal:home",
        "trainings:training_list",
        "curriculum:module_list",
        "portal:coverage",
        "library:item_list",
        "experts:expert_list",
        "trainings:certificate_check",
    )

    def items(self) -> list[str]:
        return list(self.names)

    def location(self, item: str) -> str:
        return reverse(item)


class Rows(Languages):
    """One kind of record; `rows` is its public queryset."""

    limit = 5_000

    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def items(self) -> Any:
        return self.rows.order_by("pk")

    def lastmod(self, item: Any) -> Any:
        return getattr(item, "updated_at", None)


SITEMAPS = {
    "pages": Pages(),
    "trainings": Rows(Training.objects.published()),
    "objectives": Rows(Objective.objects.all()),
    "modules": Rows(Module.objects.published()),
    "library": Rows(Item.objects.published()),
    "experts": Rows(Expert.objects.published()),
}
