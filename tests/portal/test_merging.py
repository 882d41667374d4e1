"""Two records of one person become one; nothing is lost, nothing happens by itself."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError

from rtcm.accounts.models import Consent, Person, PersonalDataRead
from rtcm.portal import merging
from rtcm.portal.models import TwoPeople
from tests import make

pytestmark = pytest.mark.django_db


def test_everything_that_pointed_to_one_points_to_the_other(clara):
    kept, gone = make.person("Rəşad Əliyev", "r@example.org"), make.person("R", "old@example.org")
    attended = make.application(make.training(in_days=-9), gone, state="attended")
    Consent.objects.create(
        person=gone, purpose="processing", given=True, text_version="1", language="en"
    )
    PersonalDataRead.objects.create(reader=clara, person=gone, what="record opened")

    moved = merging.merge(kept, gone, by=clara)

    attended.refresh_from_db()
    assert attended.person == kept
    assert set(kept.emails.values_list("email", flat=True)) == {"r@example.org", "old@example.org"}
    assert moved == {
        "accounts.PersonEmail": 1,
        "accounts.Consent": 1,
        "accounts.PersonalDataRead": 1,
        "trainings.Application": 1,
    }
    assert not Person.objects.filter(pk=gone.pk).exists()


def test_what_the_survivor_lacks_is_filled_and_what_it_has_stays(clara):
    kept = make.person("Rashad Aliyev", post="Head", country=make.country("AZ"))
    gone = make.person(
        "Алиев Рашад",
        post="Officer",
        country=make.country("KZ"),
        sex="male",
        institution_name="Old Ministry",
    )

    merging.merge(kept, gone, by=clara)

    kept.refresh_from_db()
    assert (kept.post, kept.country_id, kept.sex) == ("Head", "AZ", "male")
    assert (kept.institution_name, kept.other_script_name) == ("Old Ministry", "Алиев Рашад")


def test_a_merge_is_written_into_the_history_of_the_survivor(clara):
    kept, gone = make.person("Rashad"), make.person("Rashad A.", "old@example.org")

    merging.merge(kept, gone, by=clara)

    entry = LogEntry.objects.get(object_id=str(kept.pk))
    assert entry.user == clara
    assert entry.change_message == (
        f"Merged with record {gone.pk} (Rashad A.): accounts.PersonEmail 1"
    )


def test_two_accounts_are_not_merged(clara, amina, boris):
    with pytest.raises(ValidationError) as refusal:
        merging.merge(amina.person, boris.person, by=clara)

    assert refusal.value.messages == [
        "Both records have the following, and only one can stay: users. Settle it first."
    ]
    assert Person.objects.filter(pk=boris.person.pk).exists()


def test_two_live_applications_for_one_training_are_not_merged(clara):
    training, kept, gone = make.training(), make.person("A"), make.person("B")
    for person in [kept, gone]:
        make.application(training, person)

    with pytest.raises(ValidationError, match="applications"):
        merging.merge(kept, gone, by=clara)

    assert gone.applications.count() == 1


def test_a_withdrawn_application_stands_in_nobodys_way(clara):
    training, kept, gone = make.training(), make.person("A"), make.person("B")
    make.application(training, kept, state="withdrawn")
    make.application(training, gone)

    merging.merge(kept, gone, by=clara)

    assert sorted(kept.applications.values_list("state", flat=True)) == ["submitted", "withdrawn"]


def test_the_account_of_the_other_comes_along(clara, amina):
    kept, account = make.person("Amina A."), amina.person

    merging.merge(kept, account, by=clara)

    amina.refresh_from_db()
    assert amina.person == kept


def test_one_is_not_merged_with_oneself_or_with_nobody(clara):
    person, gone = make.person(), make.person()
    Person.objects.filter(pk=gone.pk).delete()

    for other in [person, gone]:
        with pytest.raises(ValidationError):
            merging.merge(person, other, by=clara)


def test_every_table_that_points_to_a_person_is_known():
    found = {(relation.related_model._meta.label, relation.field.name) for relation in
             merging.pointers()}  # fmt: skip

    assert {
        ("accounts.User", "person"),
        ("accounts.PersonEmail", "person"),
        ("importing.ImportRow", "person"),
        ("experts.Expert", "person"),
        ("trainings.Application", "person"),
        ("trainings.Mentorship", "mentor"),
    } <= found


def test_likely_pairs_are_listed_until_somebody_says_they_are_two(clara):
    one = make.person("Rəşad Əliyev", country=make.country("AZ"))
    two = make.person("Алиев Рашад Камал оглы", country=make.country("AZ"))
    make.person("Nigar Əliyeva")

    [(first, suggestion)] = merging.possible()
    assert (first, suggestion.person) == (one, two)
    assert suggestion.why == ["the same name without the patronymic", "the same country"]

    merging.two_people(two, one, by=clara)
    assert merging.possible() == []
    merging.merge(one, two, by=clara)
    assert not TwoPeople.objects.exists()


@pytest.fixture
def desk(client, clara, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(clara)
    return client


def compare(person, other):
    return f"/admin/accounts/person/{person.pk}/same/{other.pk}/"


def test_the_desk_compares_side_by_side_and_merges(desk, clara):
    kept, gone = make.person("Rəşad Əliyev"), make.person("Rashad Aliyev", "r@example.org")

    listed = desk.get("/admin/accounts/person/same/").content.decode()
    page = desk.get(compare(kept, gone)).content.decode()
    answer = desk.post(compare(kept, gone), {"verb": "merge"})

    assert compare(kept, gone) in listed
    assert "the same name, spelled otherwise" in page
    assert "r@example.org" in page
    assert answer.status_code == 302
    assert list(kept.emails.values_list("email", flat=True)) == ["r@example.org"]


def test_the_desk_says_what_stands_in_the_way(desk, amina, boris):
    page = desk.get(compare(amina.person, boris.person)).content.decode()
    answer = desk.post(compare(amina.person, boris.person), {"verb": "merge"})

    assert "only one can stay: users" in page
    assert "The same person: merge" not in page
    assert "only one can stay: users" in answer.content.decode()


def test_both_people_see_that_they_were_looked_at(desk):
    one, two = make.person("Rəşad Əliyev"), make.person("Rashad Aliyev")

    desk.get(compare(one, two))

    assert set(PersonalDataRead.objects.values_list("person", "what")) == {
        (one.pk, "compared with another record"),
        (two.pk, "compared with another record"),
    }


def test_who_may_not_merge_is_not_let_in(client, hasan, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(hasan)
    one, two = make.person(), make.person()

    addresses = ["/admin/accounts/person/same/", f"/admin/accounts/person/{one.pk}/same/"]
    answers = [client.get(each).status_code for each in [*addresses, compare(one, two)]]

    assert answers == [403, 403, 403]


def test_a_person_that_is_not_there_is_not_found(desk):
    one = make.person()

    assert desk.get(f"/admin/accounts/person/{one.pk}/same/999999/").status_code == 404


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_list_of_pairs_asks_as_often_however_long_it_is(desk, pairs, django_assert_num_queries):
    for number in range(pairs):
        for _twice in range(2):
            make.person(f"{'abc'[number] * 3}x Rashadov", country=make.country("AZ"))

    with django_assert_num_queries(8):
        desk.get("/admin/accounts/person/same/")
