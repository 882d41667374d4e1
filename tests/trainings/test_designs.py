"""Designs of certificates: versions that never change, and which one a certificate gets."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from PIL import Image

from tests import make
from tests.making import designs as making
from tests.trainings.papers import read, words_of
from trainings import certificate_pdf, certificates, designs, look
from trainings.models import CertificateDesign, DesignPicture, DesignTier, DesignVersion

pytestmark = pytest.mark.django_db


def attended(**fields):
    return make.application(make.training(in_days=-10, **fields), state="attended")


def test_editing_makes_the_next_version_and_leaves_the_first_alone(hasan):
    first = making.version(name="Formal", by=hasan)

    second = making.version(first.design, texts=making.texts(closing="Well done."))

    assert (first.number, second.number) == (1, 2)
    first.refresh_from_db()
    assert first.texts == making.texts()
    assert first.made_by == hasan


def test_a_certificate_keeps_the_version_it_was_issued_with():
    old = making.version(texts=making.texts(heading="Old heading"), default_for=["participation"])
    made = certificates.issue(attended(), by=None)

    making.version(old.design, texts=making.texts(heading="New heading"), default_for=[])

    made.refresh_from_db()
    assert made.design_version == old
    assert "Old heading" in words_of(read(certificate_pdf.render(made)))


def test_without_any_design_a_certificate_has_the_centres_own():
    made = certificates.issue(attended(), by=None)

    assert made.design_version is None
    assert look.look_of(made) == look.own()


def test_what_the_training_chose_goes_before_the_usual_design():
    making.version(default_for=["participation"])
    chosen = making.version()

    made = certificates.issue(attended(certificate_design=chosen.design), by=None)

    assert made.design_version == chosen


def test_a_chosen_design_that_does_not_serve_the_tier_gives_way_to_the_usual_one():
    usual = making.version(default_for=["completion"])
    chosen = making.version(tiers=["participation"])

    made = certificates.issue(
        attended(certificate_design=chosen.design), by=None, tier="completion"
    )

    assert made.design_version == usual


def test_a_tier_has_one_usual_design_the_one_named_last():
    first = making.version(default_for=["completion", "trainer"])
    second = making.version(default_for=["completion"])

    usual = DesignTier.objects.filter(is_default=True).values_list("tier", "design")

    assert sorted(usual) == [("completion", second.design_id), ("trainer", first.design_id)]


def test_a_design_cannot_be_usual_for_a_tier_that_it_does_not_serve():
    with pytest.raises(ValidationError, match="only for a tier that it serves"):
        making.version(tiers=["trainer"], default_for=["completion"])

    assert not CertificateDesign.objects.exists()


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ("for {name}", "“{name}” is not a placeholder"),
        ("{title.__class__}", "is not a placeholder"),
        ("{0}", "is not a placeholder"),
        ("{}", "is not a placeholder"),
        ("{title!r}", "is not a placeholder"),
        ("{ title }", "is not a placeholder"),
        ("in {place", "A brace stands alone"),
        ("place}", "A brace stands alone"),
        ("{{title}}", "A brace stands alone"),
    ],
)
def test_only_known_placeholders_may_be_written(written, refusal):
    with pytest.raises(ValidationError, match=refusal):
        making.version(texts=making.texts(after=written))


def test_placeholders_are_filled_once_and_what_fills_them_is_only_text():
    title = "On {number} and {{ settings.SECRET_KEY }}"
    version = making.version(texts=making.texts(closing="Held: {title}, {hours}; {expires_on}."))
    training = make.training(title, in_days=-10, certificate_hours=24)
    of = make.application(training, state="attended", language="en")
    made = make.certificate(of, design_version=version)

    text = words_of(read(certificate_pdf.render(made)))

    assert f"Held: {title}, 24 academic hours of 45 minutes; ." in text


@pytest.mark.parametrize(
    "texts",
    [
        {"heading": "H" * 81},
        {"before": "b" * 161},
        {"after": "a" * 201},
        {"closing": "c" * 301},
        {"issuer": "i" * 121},
    ],
)
def test_every_text_has_a_length(texts):
    with pytest.raises(ValidationError, match="longer than"):
        making.version(texts=making.texts(**texts))


def test_signatories_and_logos_have_lengths_and_need_their_words_in_every_language():
    picture = making.picture()
    wrong = [
        {"signatories": [designs.Signed(making.in_all("N" * 91), making.in_all("Post"))]},
        {"signatories": [designs.Signed(making.in_all(""), making.in_all("P" * 161))]},
        {"signatories": [designs.Signed(making.in_all(""), {"az": "Rəhbər"})]},
        {"logos": [designs.Marked(making.in_all("L" * 121), picture)]},
        {"logos": [designs.Marked({"en": "IOM"}, picture)]},
        {"logos": [designs.Marked(making.in_all("IOM"), picture)] * 4},
    ]

    for fields in wrong:
        with pytest.raises(ValidationError):
            making.version(**fields)

    assert not DesignVersion.objects.exists()


def test_a_heading_and_an_issuer_are_needed_in_every_language():
    texts = making.texts()
    texts["ru"]["trainer"]["heading"] = " "

    with pytest.raises(ValidationError, match="needs its heading"):
        making.version(texts=texts)


# --- The database's own guard -----------------------------------------------------------------


def refused(deed) -> None:
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        deed()


def test_the_database_refuses_to_change_a_version_or_what_belongs_to_it():
    logo = designs.Marked(making.in_all("IOM"), making.picture())
    version = making.version(logos=[logo])

    refused(lambda: DesignVersion.objects.update(texts={}))
    refused(lambda: DesignVersion.objects.update(has_frame=False))
    refused(lambda: version.signatories.update(posts={}))
    refused(lambda: version.logos.update(names={}))
    refused(lambda: DesignPicture.objects.update(content=b""))


def test_the_database_refuses_to_add_to_or_take_from_a_version_in_use():
    version = making.version(default_for=["participation"])
    certificates.issue(attended(), by=None)

    refused(lambda: version.signatories.all().delete())
    refused(lambda: version.signatories.create(position=2, names={}, posts={}))
    with pytest.raises(ProtectedError):
        version.delete()


def test_a_version_outlives_the_account_of_who_made_it(hasan):
    version = making.version(by=hasan)

    hasan.delete()

    version.refresh_from_db()
    assert version.made_by is None


# --- Pictures ---------------------------------------------------------------------------------


def test_a_picture_is_written_anew_at_the_size_of_paper_and_kept_once():
    drawn = making.drawing((2000, 900))

    first = designs.keep_picture(making.upload(drawn), "signature")
    again = designs.keep_picture(making.upload(drawn), "signature")

    assert first == again
    assert bytes(first.content) != drawn
    with Image.open(io.BytesIO(first.content)) as image:
        assert image.size == (800, 360)
        assert image.mode == "RGBA"


def test_a_background_is_a_jpeg_without_transparency():
    kept = making.picture("background", size=(4000, 2828))

    assert kept.kind == "jpeg"
    with Image.open(io.BytesIO(kept.content)) as image:
        assert image.size == (3508, 2480)
        assert image.getpixel((1754, 20)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        b"GIF89a" + b"\0" * 50,
        b"%PDF-1.7\n%%EOF",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"",
    ],
)
def test_what_is_no_whole_png_or_jpeg_is_refused(content):
    with pytest.raises(ValidationError):
        designs.keep_picture(making.upload(content), "logo")

    assert not DesignPicture.objects.exists()


def test_pictures_that_no_version_took_go_after_a_day(monkeypatch):
    used = making.picture(colour="red")
    making.version(logos=[designs.Marked(making.in_all("IOM"), used)])
    making.picture(colour="green")

    assert designs.forget_pictures() == 0
    tomorrow = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(designs.timezone, "now", lambda: tomorrow)
    assert designs.forget_pictures() == 1

    assert list(DesignPicture.objects.all()) == [used]
