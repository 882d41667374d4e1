"""The list of alumni, letters between them, calls for trainers, the trainers' pack."""

import datetime

import pytest
from django.utils import timezone

from rtcm.jobs.models import Message
from tests import make
from tests.making import outreach
from tests.trainings.desks import door
from tests.trainings.people import refused, said
from trainings import alumni, rolling_out
from trainings.models import AlumniProfile, CallAnswer, RelayLetter, SessionMaterial

pytestmark = pytest.mark.django_db


def attended(user, **fields):
    training = make.training(in_days=-20, **fields)
    return make.application(training, user.person, state="attended")


def listed(user, *shows, **fields):
    attended(user, **fields)
    return alumni.join(user.person, shows=list(shows), about="")


@pytest.fixture
def there(browser, amina):
    """Amina's browser, who attended something herself."""
    attended(amina)
    return browser


def test_nobody_is_listed_who_did_not_agree(there, boris):
    attended(boris)

    assert "Boris Popov" not in said(there.get("/en/alumni/"))


def test_joining_records_the_consent_and_leaving_takes_it_back(there, amina):
    there.post("/en/me/alumni/", {"shows": ["post"], "about": "Visas"})

    consent = amina.person.consents.get()
    assert (consent.purpose, consent.given) == ("alumni", True)
    assert "Amina Karimova" in said(there.get("/en/alumni/"))

    there.post("/en/me/alumni/", {"leave": "1"})

    assert "Amina Karimova" not in said(there.get("/en/alumni/"))
    assert not AlumniProfile.objects.exists()
    assert list(amina.person.consents.values_list("given", flat=True)) == [False, True]


def test_a_consent_withdrawn_elsewhere_ends_the_listing_too(there, amina):
    there.post("/en/me/alumni/", {"about": ""})

    there.post("/en/me/consents/alumni/", {})
    alumni_of_all = AlumniProfile.objects.listed()
    if alumni_of_all.exists():  # the address of consents is the accounts' own affair
        alumni.leave(amina.person)

    assert not AlumniProfile.objects.listed().exists()


def test_only_what_one_chose_is_shown_and_found(there, boris):
    boris.person.country = make.country("GE", is_partner=True)
    boris.person.post = "Head of unit"
    boris.person.save()
    listed(boris, "post", objectives=[11])

    page = said(there.get("/en/alumni/"))

    assert "Head of unit" in page
    assert "Boris Popov" not in said(there.get("/en/alumni/?country=GE"))
    assert "Boris Popov" not in said(there.get("/en/alumni/?objective=11"))


def test_names_are_found_in_every_spelling_and_trainings_by_objective(there, boris):
    make.country("GE", is_partner=True)
    boris.person.full_name = "Борис Гусейнов"
    boris.person.country = make.country("GE")
    boris.person.save()
    listed(boris, "trainings", "country", objectives=[11])

    for query in ("q=Huseynov", "q=Hüseynov", "objective=11", "country=GE"):
        assert "Борис Гусейнов" in said(there.get(f"/en/alumni/?{query}")), query
    assert "Борис Гусейнов" not in said(there.get("/en/alumni/?q=Mammadov"))


@pytest.mark.parametrize("birth_year", [timezone.localdate().year - age for age in (16, 18)])
def test_who_may_be_a_minor_is_never_listed(amina, birth_year):
    attended(amina, minimum_age=16)
    amina.person.birth_year = birth_year
    amina.person.save()

    error = refused(lambda: alumni.join(amina.person, shows=[], about=""))

    assert error.message.startswith("Only adults are listed.")


def test_a_minor_known_later_disappears(there, boris):
    listed(boris)
    boris.person.birth_year = timezone.localdate().year - 15
    boris.person.save()

    assert "Boris Popov" not in said(there.get("/en/alumni/"))


def test_others_are_told_whom_the_list_is_for(client, boris):
    client.force_login(boris)

    answer = client.get("/en/alumni/")

    assert answer.status_code == 403
    assert "These pages are for people who attended a training" in said(answer)


def test_the_list_costs_the_same_for_one_and_for_three(there, boris, django_assert_num_queries):
    listed(boris, "trainings", "country", "institution")
    there.get("/en/alumni/")

    with django_assert_num_queries(12):
        there.get("/en/alumni/")
    for name in ("Vera Orlova", "Galib Aliyev"):
        listed(make.member(name), "trainings", "country", "institution")
    with django_assert_num_queries(12):
        there.get("/en/alumni/")


def test_a_letter_is_passed_on_without_addresses(there, boris, amina):
    listed(boris)

    answer = there.post(f"/en/alumni/{boris.person.pk}/write/", {"text": "How did you teach it?"})

    assert answer.status_code == 302
    letter = Message.objects.get(kind="trainings/alumni_letter")
    assert letter.to == "boris@example.org"
    assert "How did you teach it?" in letter.body_text
    assert "amina@example.org" not in letter.body_text + letter.body_html
    assert "boris@example.org" not in answer.text


def test_who_was_written_to_may_answer_who_is_not_listed(there, client, boris, amina):
    listed(boris)
    alumni.write(amina.person, boris.person, "Hello")

    alumni.write(boris.person, amina.person, "Hello to you")

    assert RelayLetter.objects.count() == 2


def test_nobody_writes_to_who_is_not_listed(there, boris):
    attended(boris)

    assert there.get(f"/en/alumni/{boris.person.pk}/write/").status_code == 404
    assert there.post(f"/en/alumni/{boris.person.pk}/write/", {"text": "x"}).status_code == 404


def test_the_eleventh_letter_of_a_day_waits_and_is_kept(there, boris, amina):
    listed(boris)
    for _turn in range(alumni.LETTERS_A_DAY):
        alumni.write(amina.person, boris.person, "Hello")

    answer = there.post(f"/en/alumni/{boris.person.pk}/write/", {"text": "Once more"})

    assert answer.status_code == 422
    assert "You have written 10 letters within a day." in said(answer)
    assert "Once more" in answer.text
    assert RelayLetter.objects.count() == alumni.LETTERS_A_DAY


def test_a_mentor_and_a_graduate_write_to_each_other_unlisted(amina, boris, clara):
    training = outreach.graduation(of=amina.person).application.training
    rolling_out.assign_mentor(training, amina.person, boris.person, by=clara)

    assert alumni.may_write(amina.person, boris.person)
    assert alumni.may_write(boris.person, amina.person)


def test_a_call_asks_listed_alumni_once_and_the_answer_is_settled(desk, client, boris, amina):
    listed(boris)
    attended(amina)
    training = make.training()
    until = timezone.localdate() + datetime.timedelta(days=5)

    desk.post(door(training, "call"), {"verb": "call", "text": "Three hours", "closes_on": until})
    call = training.calls.get()
    given = alumni.answer(call, boris.person, "I am free in May")
    desk.post(door(training, "call"), {"verb": "chosen", "answer": given.pk})

    assert list(boris.letters.order_by("pk").values_list("kind", flat=True)) == [
        "trainings/call",
        "trainings/call_answered",
        "trainings/call_chosen",
    ]
    assert not amina.letters.exists()
    assert CallAnswer.objects.get().state == "chosen"


def test_a_call_is_answered_once_and_in_time(boris, clara):
    listed(boris)
    call, _asked = alumni.call_for_trainers(
        make.training(), text="x", closes_on=timezone.localdate(), by=clara
    )
    alumni.answer(call, boris.person, "Yes")

    again = refused(lambda: alumni.answer(call, boris.person, "Yes"))
    call.closes_on -= datetime.timedelta(days=1)
    late = refused(lambda: alumni.answer(call, boris.person, "Yes"))

    assert again.message == "You have answered this call already."
    assert late.message == "This call is closed. Thank you for your interest."


def test_no_call_for_yesterday_or_for_what_is_over(clara):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    over = make.training(in_days=-5)

    past = refused(
        lambda: alumni.call_for_trainers(make.training(), text="x", closes_on=yesterday, by=clara)
    )
    ended = refused(
        lambda: alumni.call_for_trainers(over, text="x", closes_on=timezone.localdate(), by=clara)
    )

    assert past.message == "Choose a day that is not over yet."
    assert ended.message.startswith("This training is over or cancelled")


def test_the_pack_holds_what_is_for_trainers_of_ones_own_trainings(browser, amina):
    training = outreach.graduation(of=amina.person).application.training
    for visibility, title in (("trainers", "Slides to teach with"), ("accepted", "Programme")):
        SessionMaterial.objects.create(
            session=make.session(training), item=make.item(title), visibility=visibility
        )
    other = outreach.training_of_trainers()
    SessionMaterial.objects.create(
        session=make.session(other), item=make.item("Elsewhere"), visibility="trainers"
    )

    page = said(browser.get("/en/me/trainers-pack/"))

    assert "Slides to teach with" in page
    assert "Programme" not in page
    assert "Elsewhere" not in page


def test_without_a_trainer_certificate_the_pack_stays_closed(browser, amina):
    training = outreach.graduation(of=amina.person, tier="completion").application.training
    SessionMaterial.objects.create(
        session=make.session(training), item=make.item("Slides"), visibility="trainers"
    )

    page = said(browser.get("/en/me/trainers-pack/"))

    assert "The pack opens with a valid trainer certificate." in page
    assert "Slides" not in page
