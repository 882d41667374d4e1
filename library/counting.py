"""Counts what a large library holds, so that its first page need not: that takes seconds."""

from django.db import transaction

from library.models import Item, Tally
from library.search import facet_counts

LARGE = 10_000  # works; below that every page counts by itself, to the last work


@transaction.atomic
def recount() -> None:
    published = Item.objects.published()
    total = published.count()
    newest = []
    if total >= LARGE:
        facets = facet_counts(lambda _facet: published)
        newest = [Tally.objects.create(total=total, facets=facets).pk]
    Tally.objects.exclude(pk__in=newest).delete()
