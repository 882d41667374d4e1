import pytest
from django.contrib.auth.models import AnonymousUser

from experts.filters import ExpertFilter
from experts.models import DEFAULT_VISIBILITY, Expert, Visibility
from experts.models.experts import viewing_levels
from tests import make

pytestmark = pytest.mark.django_db
SEEN_BY = {"public": {"public", "network", "staff"}, "network": {"network", "staff"}}
SEEN_BY["staff"] = {"staff"}


@pytest.mark.parametrize("level", Visibility.values)
@pytest.mark.parametrize("field", DEFAULT_VISIBILITY)
def test_each_field_is_seen_by_whom_its_level_names(field, level, dilara, hasan):
    make.expert(dilara.person, published=True)
    expert = make.expert(published=True, visibility={field: level})
    viewers = {"public": AnonymousUser(), "network": dilara, "staff": hasan}

    seeing = {who for who, viewer in viewers.items() if field in expert.visible_fields(viewer)}

    assert seeing == SEEN_BY[level]


def test_experts_see_all_of_their_own_profile(dilara):
    hidden = dict.fromkeys(DEFAULT_VISIBILITY, "staff")
    expert = make.expert(dilara.person, visibility=hidden)

    assert expert.visible_fields(dilara) >= set(DEFAULT_VISIBILITY)


def test_a_field_the_row_does_not_know_falls_back_to_its_default():
    expert = make.expert(published=True)
    expert.visibility = {}
    expert.save()

    assert "biography" in expert.visible_fields(AnonymousUser())
    assert "availability" not in expert.visible_fields(AnonymousUser())
    assert list(Expert.objects.showing("biography", ["public"])) == [expert]
    assert not Expert.objects.showing("availability", ["public"])


@pytest.mark.parametrize(
    ("field", "query"),
    [
        ("areas", {"objective": "11"}),
        ("languages", {"language": "fr"}),
        ("modes", {"mode": "online"}),
        ("countries", {"country": "GE"}),
        ("country", {"country": "AZ"}),
    ],
)
def test_a_filter_does_not_reveal_what_the_profile_hides(field, query, hasan):
    expert = make.expert(
        make.person(country=make.country("AZ")),
        languages=["fr"],
        modes=["online"],
        countries=["GE"],
        published=True,
        visibility={field: "staff"},
    )

    def found(viewer):
        levels = viewing_levels(viewer)
        return list(ExpertFilter(query, levels).apply(Expert.objects.published()))

    assert found(AnonymousUser()) == []
    assert found(hasan) == [expert]


def test_the_filters_offer_only_what_somebody_shows():
    home = make.person(country=make.country("AZ"))
    hidden = {"languages": "staff", "countries": "staff"}
    make.expert(home, languages=["fr"], countries=["GE"], published=True, visibility=hidden)

    form = ExpertFilter({}, ["public"])

    assert [code for code, _name in form.fields["language"].choices] == [""]
    assert [code for code, _name in form.fields["country"].choices] == ["", "AZ"]


def test_rings_and_objective_pages_leave_out_areas_that_are_not_public():
    open_one = make.expert(published=True)
    make.expert(published=True, visibility={"areas": "network"})

    rings = [expert.objective_numbers for expert in Expert.objects.for_cards().order_by("pk")]

    assert rings == [[11], []]
    assert list(Expert.objects.covering(11)) == [open_one]
