"""In which languages a certificate is made: of the person, of the training, of an exception."""

import pytest
from django.core.exceptions import ValidationError

from tests import make
from tests.trainings.papers import read, rendered, row, words_of
from trainings import certificate_choices, certificate_pdf, certificates
from trainings.models import TrainingStep

pytestmark = pytest.mark.django_db


def attended(language="ru", **fields):
    training = make.training(in_days=-10, **fields)
    return make.application(training, state="attended", language=language)


def choose(application, *languages, by=None):
    certificate_choices.choose(application.training, design=None, languages=[*languages], by=by)
    application.training.refresh_from_db()


def test_without_a_choice_each_gets_their_own_language():
    made = certificates.issue(attended("ru"), by=None)

    assert made.document_languages == ["ru"]


def test_a_training_sets_one_language_and_letters_stay_in_the_persons_own():
    application = attended("ru")
    choose(application, "az")

    made = certificates.issue(application, by=None)

    assert (made.document_languages, made.language) == (["az"], "ru")


def test_an_exception_for_one_person_goes_before_the_trainings_choice():
    application = attended("ru")
    choose(application, "az", "en")
    certificate_choices.choose_languages_for(application, ["ru"], by=None)

    made = certificates.issue(application, by=None)

    assert made.document_languages == ["ru"]


def test_an_exception_is_taken_back():
    application = attended("ru")
    choose(application, "az", "en")
    certificate_choices.choose_languages_for(application, ["ru"], by=None)
    certificate_choices.choose_languages_for(application, [], by=None)

    assert certificates.issue(application, by=None).document_languages == ["az", "en"]


@pytest.mark.parametrize("languages", [["de"], ["az", "az"], ["az", "en", "ru"], [""]])
def test_other_languages_and_more_than_two_are_refused(languages):
    application = attended()

    with pytest.raises(ValidationError, match="one language, or two different ones"):
        choose(application, *languages)
    with pytest.raises(ValidationError, match="one language, or two different ones"):
        certificate_choices.choose_languages_for(application, languages, by=None)

    assert not TrainingStep.objects.exists()


def test_every_choice_is_on_record(clara):
    application = attended()

    choose(application, "az", "en", by=clara)
    certificate_choices.choose_languages_for(application, ["ru"], by=clara)

    steps = TrainingStep.objects.values_list("deed", "by", "facts")
    assert list(steps) == [
        ("certificates", clara.pk, {"design": "", "languages": ["az", "en"]}),
        ("certificates", clara.pk, {"application": application.pk, "languages": ["ru"]}),
    ]


def test_a_pair_says_everything_twice_and_the_name_once():
    pdf = rendered(languages=["az", "en"], holder="Gülşən Əliyeva")

    text = words_of(pdf)
    for said in ["İştirak sertifikatı", "Certificate of participation", "took part in"]:
        assert said in text
    assert "aşağıdakı təlimdə iştirak etmişdir:" in text
    assert text.count("Gülşən Əliyeva") == 1
    assert len(pdf.pages) == 1


def test_the_first_of_a_pair_leads_the_document_and_its_check_page():
    made = row(languages=["ru", "az"], language="en")

    text = certificate_pdf.html(made)

    assert '<html lang="ru">' in text
    assert "/ru/certificates/" in certificate_pdf.check_address(made)


def test_a_title_that_is_not_translated_says_which_language_it_is_in():
    training = make.training("Only English", in_days=-10)
    training.title_az = ""
    training.save()
    application = make.application(training, state="attended", language="az")

    made = certificates.issue(application, by=None)

    assert made.texts["az"]["language"] == "en"
    assert "language" not in made.texts["ru"]
    assert 'lang="en">Only English</p>' in certificate_pdf.html(made)


def test_a_certificate_that_expires_says_so():
    text = words_of(
        read(certificate_pdf.render(row(expires_on=row().issued_on.replace(year=2029))))
    )

    assert "issued on 1 June 2026, valid until 1 June 2029" in text


@pytest.mark.parametrize("kind", ["training_of_trainers", "workshop"])
def test_the_trainer_tier_fits_who_trained_and_who_graduated(kind):
    application = attended("en", kind=kind)

    made = certificates.issue(application, by=None, tier="trainer")

    assert "is recognised as a trainer on the subject of" in words_of(
        read(certificate_pdf.render(made))
    )
