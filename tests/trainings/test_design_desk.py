"""Designs at the desk: writing, looking and saving, and the choice of a training."""

import re

import pytest

from rtcm.accounts.models import PersonalDataRead
from tests import make
from tests.making import designs as making
from tests.trainings.desks import STAFF_QUERIES, door
from tests.trainings.people import said
from trainings import design_reading
from trainings.models import (
    Application,
    CertificateDesign,
    DesignPicture,
    DesignVersion,
    TrainingStep,
)

pytestmark = pytest.mark.django_db
NEW = "/admin/trainings/certificatedesign/add/"
LIST = "/admin/trainings/certificatedesign/"


@pytest.fixture
def director(client, hasan, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(hasan)
    return client


@pytest.fixture
def coordinator(client, clara, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(clara)
    return client


def screen(design: CertificateDesign) -> str:
    return f"{LIST}{design.pk}/change/"


def words(**changes):
    """What the form of a new design sends, as it opens."""
    typed = design_reading.typed(None, None) | {"name": "Formal", "has_frame": "on"} | changes
    return {name: value for name, value in typed.items() if value is not None}


def test_a_new_design_begins_with_the_centres_own_words(director):
    page = director.get(NEW).content.decode()

    assert 'value="This is to certify that"' in page
    assert 'value="Bu sertifikat təsdiq edir ki,"' in page


def test_a_design_is_saved_with_its_pictures(director, hasan):
    sent = words(
        **{f"logo1-{code}-name": "IOM" for code in ("az", "en", "ru")},
        **{"logo1-picture": making.upload(), "background-picture": making.upload()},
        default_for=["completion"],
    )

    answer = director.post(NEW, sent | {"verb": "save"}, follow=True)

    version = DesignVersion.objects.get()
    assert "Version 1 is saved" in said(answer)
    assert (version.design.name, version.number, version.made_by) == ("Formal", 1, hasan)
    assert version.logos.get().names["az"] == "IOM"
    assert version.background.kind == "jpeg"
    assert [each.posts["en"] for each in version.signatories.all()] == [
        "Head of the Regional Training Centre on Migration",
        "State Migration Service of the Republic of Azerbaijan",
    ]
    assert list(version.design.tiers.filter(is_default=True).values_list("tier", flat=True)) == [
        "completion"
    ]


def saving(**changes):
    return {"verb": "save"} | words(**changes)


def test_saving_again_makes_the_next_version_with_the_pictures_it_had(director):
    logo = making.designs.Marked(making.in_all("IOM"), making.picture())
    first = making.version(name="Formal", logos=[logo])
    typed = design_reading.typed(first.design, first)
    sent = {name: value for name, value in typed.items() if value is not None}

    director.post(screen(first.design), sent | {"verb": "save", "en-issuer": "The Centre"})

    second = DesignVersion.objects.get(number=2)
    assert second.texts["en"]["issuer"] == "The Centre"
    assert second.logos.get().picture == logo.picture


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("en-completion-after", "has {done}", "“{done}” is not a placeholder"),
        ("az-participation-heading", "", "This field is required"),
        ("ru-trainer-closing", "я" * 301, "at most 300 characters"),
        ("name", "", "This field is required"),
        ("logo1-en-name", "IOM", "A logo needs its picture"),
        ("signatory3-en-post", "Guest", "Every signatory needs a post in every language"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_what_was_typed_stays(
    director, field, value, refusal
):
    answer = director.post(NEW, saving(**{field: value, "en-issuer": "Kept words"}))

    assert answer.status_code == 422
    assert refusal in said(answer)
    assert 'value="Kept words"' in answer.content.decode()
    assert not CertificateDesign.objects.exists()


def test_a_file_that_is_no_picture_is_refused_with_the_field(director):
    answer = director.post(NEW, saving(**{"logo1-picture": making.upload(b"<svg/>", "it.png")}))

    assert answer.status_code == 422
    assert "This file is of another kind" in said(answer)
    assert not DesignPicture.objects.exists()


def test_looking_shows_pages_with_the_longest_and_the_shortest_name_and_saves_nothing(
    director, hasan
):
    make.person("Ed")
    make.person("Bartholomew Maximilian Featherstonehaugh-Cholmondeley of Somewhere")

    answer = director.post(
        NEW,
        words(verb="look", **{"show-tier": "trainer", "show-languages": "az+en"})
        | {"background-picture": making.upload()},
    )

    page = answer.content.decode()
    assert len(re.findall(r"data:image/png;base64,iVBOR", page)) == 8
    assert "<figcaption>Ed</figcaption>" in page
    assert "<figcaption>Bartholomew Maximilian" in page
    assert not DesignVersion.objects.exists()
    kept = DesignPicture.objects.get()
    assert f'name="background-kept" value="{kept.pk}"' in page
    assert PersonalDataRead.objects.filter(reader=hasan).count() == 2


def test_a_coordinator_looks_but_does_not_save(coordinator):
    version = making.version(name="Formal")

    page = coordinator.get(screen(version.design)).content.decode()
    refused = coordinator.post(screen(version.design), saving(**{"en-issuer": "Mine"}))

    assert "Save as the next version" not in page
    assert refused.status_code == 403
    assert coordinator.get(NEW).status_code == 403
    assert DesignVersion.objects.count() == 1


def test_an_earlier_version_can_be_taken_up_again(director):
    first = making.version(name="Formal", texts=making.texts(closing="The first"))
    making.version(first.design, texts=making.texts(closing="The second"))

    assert "The second" in director.get(screen(first.design)).content.decode()
    assert "The first" in director.get(f"{screen(first.design)}?version=1").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(director, django_assert_num_queries, rows):
    for _row in range(rows):
        making.version(default_for=["trainer"])
    director.get(LIST)

    with django_assert_num_queries(STAFF_QUERIES + 3):
        director.get(LIST)


# --- The choice of a training -----------------------------------------------------------------


def test_a_training_chooses_its_design_and_languages(coordinator, clara):
    training = make.training()
    version = making.version()

    answer = coordinator.post(
        door(training, "certificate_design"),
        {"verb": "choose", "design": version.design_id, "languages": "az+en"},
        follow=True,
    )

    training.refresh_from_db()
    assert "certificates issued from now on follow it" in said(answer)
    assert training.certificate_design == version.design
    assert training.certificate_languages == ["az", "en"]
    assert TrainingStep.objects.get().by == clara


def test_one_person_gets_another_language(coordinator):
    application = make.application(state="confirmed")

    coordinator.post(
        door(application.training, "certificate_design"),
        {"verb": "person", "application": application.pk, "languages": "ru"},
    )

    assert Application.objects.get().certificate_languages == ["ru"]


@pytest.mark.parametrize(
    "sent",
    [
        {"verb": "choose", "design": "99999"},
        {"verb": "choose", "design": "x"},
        {"verb": "choose", "languages": "de"},
        {"verb": "person", "application": "99999", "languages": "ru"},
    ],
)
def test_what_is_not_on_the_list_is_refused(coordinator, sent):
    training = make.training()

    answer = coordinator.post(door(training, "certificate_design"), sent)

    assert answer.status_code == 200
    assert not TrainingStep.objects.exists()


def test_the_choice_is_looked_at_with_the_names_of_this_training(coordinator):
    application = make.application(of=make.person("Jo"), state="confirmed")
    make.person("Al")

    answer = coordinator.post(
        door(application.training, "certificate_design"),
        {"verb": "look", "languages": "ru", "tier": "completion"},
    )

    page = answer.content.decode()
    assert "<figcaption>Jo</figcaption>" in page
    assert "<figcaption>Al</figcaption>" not in page
    assert not TrainingStep.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_door_asks_the_same_number_of_questions(coordinator, django_assert_num_queries, rows):
    training = make.training()
    for _row in range(rows):
        make.application(training, state="confirmed")
    coordinator.get(door(training, "certificate_design"))

    with django_assert_num_queries(STAFF_QUERIES + 3):
        coordinator.get(door(training, "certificate_design"))
