import pytest
from django.core.exceptions import ValidationError

from experts.demo import load_demo_experts
from experts.models import Expert, is_network_member
from tests import make

pytestmark = pytest.mark.django_db


def test_a_profile_goes_from_draft_to_review_to_the_public(hasan):
    expert = make.expert()

    expert.submit()
    expert.publish(by=hasan)

    expert.refresh_from_db()
    assert expert.state == Expert.State.PUBLISHED
    assert expert.published_at is not None
    moves = expert.decisions.order_by("pk").values_list("from_state", "to_state")
    assert list(moves) == [("draft", "submitted"), ("submitted", "published")]


def test_a_profile_without_a_headline_is_not_sent():
    expert = make.expert(headline_en="", headline_az="", headline_ru="")

    with pytest.raises(ValidationError, match="headline"):
        expert.submit()


def test_a_profile_without_an_area_is_not_sent():
    expert = make.expert(objectives=[])

    with pytest.raises(ValidationError, match="area"):
        expert.submit()


def test_a_profile_is_returned_with_a_reason_which_is_kept(hasan):
    expert = make.expert()
    expert.submit()

    expert.return_with_reason("Please name your years of practice.", by=hasan)

    assert expert.state == Expert.State.DRAFT
    assert expert.decisions.first().reason == "Please name your years of practice."


@pytest.mark.parametrize("verb", ["return_with_reason", "suspend"])
def test_a_reason_is_required(verb, hasan):
    expert = make.expert(published=True)

    with pytest.raises(ValidationError, match="reason"):
        getattr(expert, verb)("  ", by=hasan)


def test_a_decision_taken_meanwhile_is_not_taken_twice(hasan):
    expert = make.expert(published=True)
    stale = Expert.objects.get(pk=expert.pk)
    expert.suspend("Left the Network.", by=hasan)

    with pytest.raises(ValidationError, match="suspended"):
        stale.suspend("Again.", by=hasan)

    assert expert.decisions.filter(to_state="suspended").count() == 1


def test_only_people_behind_published_profiles_are_members(amina, dilara, hasan):
    expert = make.expert(dilara.person, published=True)

    assert is_network_member(dilara)
    assert not is_network_member(amina)
    expert.suspend("Left the Network.", by=hasan)
    assert not is_network_member(dilara)


def test_two_people_of_one_name_have_two_addresses():
    first, second = make.expert("Leyla Quliyeva"), make.expert("Leyla Quliyeva")

    assert (first.slug, second.slug) == ("leyla-quliyeva", "leyla-quliyeva-2")


def test_the_demo_brings_twelve_flagged_experts_once(dilara):
    for code in ["AZ", "GE", "KZ", "KG", "TJ", "UZ", "TM", "TR", "MD", "UA", "BY", "IR"]:
        make.country(code)
    for number in range(24):
        make.objective(number)

    load_demo_experts(dilara.person)
    load_demo_experts(dilara.person)

    assert Expert.objects.filter(is_demo=True).count() == 12
    assert Expert.objects.published().count() == 11
    assert Expert.objects.get(person=dilara.person).headline_az.startswith("Sərhədlərin")
