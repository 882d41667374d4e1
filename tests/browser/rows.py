"""The rows behind the pages that belong to no topic of their own; most are the demo's."""

from library.models import File, Item
from rtcm.importing.models import Import
from tests import make
from tests.making.attendance import seated, session_now
from trainings.models import Application, Certificate, Question, Training


def certificate() -> list[str]:
    amina = Certificate.objects.filter(application__person__user__email="amina@example.org")
    return [amina.earliest("pk").code]


def seat() -> list[int]:
    """Amina's in the residential training of the demo."""
    own = Application.objects.filter(person__user__email="amina@example.org", state="confirmed")
    return [own.get(training__is_residential=True).pk]


def library_item() -> list[str]:
    return [Item.objects.published().order_by("pk").first().slug]


def refused_item() -> list[str]:
    return [File.objects.get(pk=refused_file()[0]).item.slug]


def refused_file() -> list[int]:
    return [make.file(make.item("RTCM 2026", access="network")).pk]


def historic_event() -> list[str]:
    return [Training.objects.filter(is_historic=True).earliest("pk").slug]


def old_list() -> list[int]:
    return [Import.objects.earliest("pk").pk]


def namesakes() -> list[int]:
    return [make.person(name).pk for name in ("Rəşad Əliyev", "Алиев Рашад Камал оглы")]


def training() -> list[int]:
    return [Training.objects.get(slug="migration-data-from-registers-to-policy").pk]


def own_application() -> list[int]:
    amina = Application.objects.filter(person__user__email="amina@example.org")
    return [amina.order_by("pk").last().pk]


def asking() -> list[int]:
    return [Training.objects.get(slug="identifying-and-referring-victims-of-trafficking").pk]


def one_question() -> list[int]:
    return [*asking(), Question.objects.get(training=asking()[0], key="diet").pk]


def answered() -> list[int]:
    return [*asking(), Application.objects.filter(training=asking()[0]).earliest("pk").pk]


def certified() -> list[int]:
    return [Certificate.objects.get(code=certificate()[0]).application.training_id]


def ruled() -> list[int]:
    return [Training.objects.get(slug="fair-recruitment-and-decent-work").pk]


def sitting() -> list[int]:
    """A session that is held just now, with people in it."""
    session = session_now(**make.in_all(title="RTCM 2026"))
    seated(session, make.person("Zaur"), make.person("Boris"))
    return [session.training_id, session.pk]
