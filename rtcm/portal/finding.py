"""One question asked of every room: trainings, curriculum, library, experts."""

from typing import Any, NamedTuple

from django.db.models import Q

from curriculum.models import Module
from experts.models import Expert
from library.models import Item
from library.search import find, in_order
from trainings.models import Training

SHOWN = 5


class Found(NamedTuple):
    trainings: list[Training]
    modules: list[Module]
    items: list[Item]
    experts: list[Expert]

    @property
    def is_empty(self) -> bool:
        return not any(self)


def find_everywhere(words: str, user: Any) -> Found:
    """The first few of each room, as this person may see them."""
    trainings = Training.objects.visible_to(user).matching(words).for_cards()
    experts = Expert.objects.published().matching(words).for_cards()
    return Found(
        trainings=list(trainings.order_by("-starts_on")[:SHOWN]),
        modules=list(_modules(words, user)[:SHOWN]),
        items=list(_items(words, user)[:SHOWN]),
        experts=list(experts[:SHOWN]),
    )


def _modules(words: str, user: Any) -> Any:
    titles = Q(title_az__icontains=words) | Q(title_en__icontains=words)
    return Module.objects.visible_to(user).filter(titles | Q(title_ru__icontains=words)).for_cards()


def _items(words: str, user: Any) -> Any:
    return in_order(find(Item.objects.visible_to(user).for_cards(), words), "relevance")
