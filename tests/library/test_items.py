import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from curriculum.compact import load_gcm
from library.models import Item
from library.seed import load_library
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_an_item_needs_a_title_in_some_language():
    with pytest.raises(IntegrityError), transaction.atomic():
        make.item(title_en=None)


def test_an_item_may_have_a_title_in_russian_only():
    item = make.item(title_en=None, title_ru="Отчёт")

    assert Item.objects.get(pk=item.pk).title_ru == "Отчёт"


def test_an_embargo_needs_an_end():
    with pytest.raises(IntegrityError), transaction.atomic():
        make.item(access="embargo")


def test_drafts_and_withdrawn_items_are_for_staff_only(amina, gunel):
    draft, shown = make.item(published=False), make.item()
    gone = make.item()
    gone.withdraw()

    assert list(Item.objects.visible_to(amina)) == [shown]
    assert set(Item.objects.visible_to(gunel)) == {draft, shown, gone}


def test_publishing_twice_keeps_the_first_date():
    item = make.item(published=False)
    item.publish()
    first = item.published_at

    item.publish()

    item.refresh_from_db()
    assert item.published_at == first


def test_files_of_a_registered_item_are_for_people_who_are_signed_in(amina):
    item = make.item(access="registered")

    assert not item.lets(AnonymousUser())
    assert item.lets(amina)


def test_files_of_a_network_item_are_for_published_experts(amina, dilara):
    item = make.item(access="network")
    make.expert(dilara.person, published=True)

    assert not item.lets(AnonymousUser())
    assert not item.lets(amina)
    assert item.lets(dilara)


def test_an_embargo_lifts_by_itself(amina, gunel):
    today = timezone.localdate()
    waiting = make.item(access="embargo", embargo_until=today + DAY)
    over = make.item(access="embargo", embargo_until=today)

    assert (waiting.lets(amina), over.lets(amina)) == (False, True)
    assert waiting.lets(gunel)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("doi", "10.1234/abc.5", "https://doi.org/10.1234/abc"),
        ("isbn", "978-92-9068-296-7", "978-92-9068-296-8"),
        ("isbn", "0-306-40615-2", "0-306-40615-3"),
    ],
)
def test_identifiers_are_checked(field, good, bad):
    make.item(**{field: good}).clean_fields(exclude=["title"])
    with pytest.raises(ValidationError):
        make.item(**{field: bad}).clean_fields(exclude=["title"])


def test_the_library_starts_with_ten_real_works_and_loading_again_adds_none():
    load_gcm()

    assert load_library() == 10
    assert load_library() == 0
    compact = Item.objects.published().get(un_symbol="A/RES/73/195")
    assert compact.title_ru == "Глобальный договор о безопасной, упорядоченной и легальной миграции"
    assert not compact.is_demo
    assert all(item.objectives.exists() for item in Item.objects.all())
