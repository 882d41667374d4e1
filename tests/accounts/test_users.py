import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from rtcm.accounts.models import Person, User
from rtcm.accounts.signups import forget_unproven
from tests import make

pytestmark = pytest.mark.django_db

ANSWERS = {
    "person": {"full_name": "Anar Aliyev", "post": "Adviser", "language": "ru", "country_id": "AZ"},
    "consents": [
        {
            "purpose": "processing",
            "given": True,
            "text_version": "1",
            "language": "ru",
            "at": "2026-11-01T10:00:00+04:00",
        }
    ],
}


def newcomer(email="anar@example.org"):
    make.country("AZ")
    return User.objects.create_user(email, "demo", answers=ANSWERS)


def test_a_user_is_found_by_the_address_in_any_spelling():
    user = User.objects.create_user("Anar@Example.ORG", "demo")

    assert user.email == "anar@example.org"
    assert User.objects.get_by_natural_key("ANAR@example.org") == user


def test_two_users_cannot_share_an_address_in_two_spellings():
    User.objects.create_user("anar@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ANAR@example.org")


def test_the_database_refuses_capitals_that_came_past_the_model():
    user = User.objects.create_user("anar@example.org")

    with pytest.raises(IntegrityError, match="small_letters"), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = 'ANAR@x.org' WHERE id = %s", [user.pk])


def test_a_proven_address_makes_the_person_who_signed_up():
    user = newcomer()

    user.prove("anar@example.org")

    person = user.person
    assert (person.full_name, person.post, person.language) == ("Anar Aliyev", "Adviser", "ru")
    assert person.country.pk == "AZ"
    assert person.address == "anar@example.org"
    assert person.consents.get().given is True
    assert user.answers == {}


def test_a_proven_address_leads_to_the_person_whom_staff_entered():
    known = make.person("Anar R. Aliyev", language="az")
    known.emails.create(email="anar@example.org")
    user = newcomer()

    user.prove("anar@example.org")

    known.refresh_from_db()
    assert user.person == known
    assert Person.objects.count() == 1
    assert (known.full_name, known.post, known.language) == ("Anar R. Aliyev", "Adviser", "az")
    assert known.emails.get().verified_at is not None


def test_an_unproven_address_leads_to_nobody():
    make.person("Anar", email="anar@example.org")
    user = newcomer()

    assert user.person is None


def test_a_mailbox_proven_by_another_is_taken_from_its_former_owner():
    amina = make.member("Amina Karimova")
    amina.person.emails.create(email="shared@example.org", verified_at=timezone.now())
    user = newcomer("shared@example.org")

    user.prove("shared@example.org")

    assert user.person != amina.person
    assert user.person.address == "shared@example.org"
    assert [email.email for email in amina.person.emails.all()] == ["amina@example.org"]


def test_a_user_made_by_staff_is_nobody_until_the_profile_says_so():
    user = User.objects.create_user("staff@example.org")

    user.prove("staff@example.org")

    assert user.person is None
    assert not Person.objects.exists()


def test_sign_ups_that_nobody_confirmed_are_forgotten_after_two_weeks():
    now = timezone.now()
    for name, days in [("old", 15), ("young", 13)]:
        user = newcomer(f"{name}@example.org")
        User.objects.filter(pk=user.pk).update(date_joined=now - datetime.timedelta(days=days))
    proven = make.user("proven@example.org", date_joined=now - datetime.timedelta(days=400))

    forget_unproven()

    assert set(User.objects.values_list("email", flat=True)) == {"young@example.org", proven.email}


def test_proving_twice_changes_nothing():
    user = newcomer()
    user.prove("anar@example.org")

    user.prove("anar@example.org")

    assert Person.objects.count() == 1
    assert user.person.consents.count() == 1
