"""What an official letter says when little is known, and when it may not be written yet."""

import pytest

from tests import make
from tests.trainings.people import refused
from trainings import official

pytestmark = pytest.mark.django_db


def test_an_invitation_to_an_institution_names_nobody_else(clara):
    letter = official.draft(
        "invitation", make.training(), make.institution(name="Border Guard"), by=clara
    )

    assert "Dear colleagues," in letter.text
    assert "This letter is addressed to Border Guard." in letter.text


def test_who_has_no_institution_is_released_by_theirs(clara):
    boris = make.application(make.training(), make.person("Boris"), state="confirmed")

    letter = official.draft("acceptance", boris.training, boris, by=clara)

    assert letter.addressee == ["Boris"]
    assert "We kindly ask your institution to release you" in letter.text


def test_nobody_is_thanked_before_the_training_begins(clara):
    boris = make.application(make.training(in_days=1), make.person("Boris"), state="confirmed")

    error = refused(lambda: official.draft("thanks", boris.training, boris, by=clara))

    assert error.message == "Nobody can be thanked yet: the training has not begun."


def test_a_refusal_is_in_the_language_of_who_writes_not_of_who_is_written_to():
    boris = make.application(
        make.training(), make.person("Boris"), state="confirmed", language="ru"
    )
    boss = make.user(is_superuser=True)

    error = refused(lambda: official.draft("visa_support", boris.training, boris, by=boss))

    assert error.message.startswith("Boris has not filled in the passport data")
