"""Official letters: written from staff's texts, numbered without gaps, voided but never removed.

A letter's wording is `templates/emails/official/<kind>.txt`, or staff's own in its place, with the
same placeholders. The register keeps the text; a passport number stands there by its last three
signs only, in full on the paper, which is deleted in its time.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rtcm.accounts.models import FocalPoint, Institution, record_read
from rtcm.jobs.letters import known_language, worded
from rtcm.uploads import checked
from trainings import papers
from trainings.dates import date_span, full_date
from trainings.models import (
    Application,
    LetterCounter,
    OfficialLetter,
    Training,
    TravelSheet,
)
from trainings.telling import absolute, language_of, tell

Kind = OfficialLetter.Kind
TO_PEOPLE = (Kind.INVITATION, Kind.VISA_SUPPORT, Kind.ACCEPTANCE, Kind.THANKS)
TO_SEATED = (Kind.VISA_SUPPORT, Kind.ACCEPTANCE)
TO_INSTITUTIONS = (Kind.INVITATION, Kind.NOMINATION_REQUEST, Kind.THANKS)
READS_PASSPORTS = "trainings.view_travelsheet"
MOST = 200  # letters in one go


@dataclass
class Draft:
    """One letter before it has a number. `secrets`: what only the paper says in full."""

    kind: str
    language: str
    addressee: list[str]
    subject: str
    text: str
    application: Application | None = None
    institution: Institution | None = None
    footnotes: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[str]:
        return [part for part in self.text.strip().split("\n\n") if part]


def draft(kind: str, training: Training, to: Application | Institution, *, by: Any) -> Draft:
    """The letter with this addressee's facts, in their language."""
    if kind == Kind.THANKS and training.starts_on > timezone.localdate():
        raise ValidationError(_("Nobody can be thanked yet: the training has not begun."))
    if isinstance(to, Application):
        return _to_person(kind, training, to, by=by)
    if kind not in TO_INSTITUTIONS:
        raise ValidationError(_("This kind of letter is written to people."))
    return _to_institution(kind, training, to)


def _to_person(kind: str, training: Training, to: Application, *, by: Any) -> Draft:
    if kind not in TO_PEOPLE:
        raise ValidationError(_("This kind of letter is written to institutions."))
    if kind in TO_SEATED and to.state not in Application.SEATED:
        raise ValidationError(
            _("%(name)s has no seat in this training, so this letter cannot be written.")
            % {"name": to.person.full_name}
        )
    sheet = _sheet(to, by) if kind == Kind.VISA_SUPPORT else None
    language = known_language(to.language)
    with translation.override(language):
        lines = [to.person.full_name, to.post, to.institution_label]
        about = {"name": lines[0], "post": lines[1], "institution": lines[2]}
        about |= _passport(to, sheet) if sheet else {}
        letter = _worded(kind, language, training, about, lines)
    letter.application = to
    letter.secrets = [sheet.passport_number] if sheet else []
    return letter


def _to_institution(kind: str, training: Training, to: Institution) -> Draft:
    speaker = FocalPoint.objects.current().filter(institution=to).select_related("person").first()
    language = language_of(speaker.person) if speaker else known_language("en")
    with translation.override(language):
        name = speaker.person.full_name if speaker else ""
        about = {"name": name or _("colleagues"), "post": "", "institution": str(to)}
        lines = [str(to), name]
        letter = _worded(kind, language, training, about, lines)
    letter.institution = to
    return letter


def _worded(
    kind: str, language: str, training: Training, about: dict[str, str], lines: list[str]
) -> Draft:
    """`lines`: whom it is addressed to; a post or an institution that is not known is left out."""
    addressee = list(filter(None, lines))
    country = training.country
    place = ", ".join(filter(None, [training.city, country.marked_name if country else ""]))
    closes = training.closes_at
    facts = about | {
        "addressee": ", ".join(addressee),
        "institution": about["institution"] or _("your institution"),
        "training": training.title,
        "dates": date_span(training),
        "place": place or str(training.get_mode_display()),
        "deadline": full_date(timezone.localdate(closes)) if closes else _("the date agreed"),
    }
    subject, text = worded(f"official/{kind}", language, facts)
    footnotes = [country.footnote] if country and country.footnote else []
    return Draft(kind, language, addressee, subject, text, footnotes=footnotes)


def _sheet(to: Application, by: Any) -> TravelSheet:
    """The one with passport data, for colleagues who may read it; each look is written down."""
    if not by.has_perm(READS_PASSPORTS):
        raise ValidationError(_("You may not read passport data; ask a colleague who may."))
    sheet = getattr(to, "travel_sheet", None)
    if sheet is None or not sheet.passport_number:
        raise ValidationError(
            _("%(name)s has not filled in the passport data of the travel sheet yet.")
            % {"name": to.person.full_name}
        )
    record_read(by, to.person, "passport data for a visa letter")
    return sheet


def _passport(to: Application, sheet: TravelSheet) -> dict[str, str]:
    until = sheet.passport_until
    holder = [sheet.passport_name or to.person.full_name, to.post, to.institution_label]
    return {
        "passport_name": holder[0],
        "holder": ", ".join(filter(None, holder)),
        "passport_number": sheet.passport_number,
        "passport_country": sheet.passport_country,
        "passport_until": full_date(until) if until else "—",
    }


def masked(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, "•••" + secret[-3:])
    return text


@transaction.atomic
def issue(
    kind: str,
    training: Training,
    recipients: Iterable[Application | Institution],
    *,
    by: Any,
    batch: uuid.UUID,
) -> list[OfficialLetter]:
    """Writes all of them into the register or none; the same form again gives the same letters."""
    known = list(OfficialLetter.objects.filter(batch=batch))
    if known:
        return known
    wanted = list(recipients)
    if not wanted:
        raise ValidationError(_("Tick at least one addressee."))
    if len(wanted) > MOST:
        raise ValidationError(_("Write at most %(n)s letters in one go.") % {"n": MOST})
    drafts = [draft(kind, training, to, by=by) for to in wanted]
    return [_register(letter, training, by=by, batch=batch) for letter in drafts]


def next_serial(year: int) -> int:
    """Must be called inside the transaction that stores the letter: so no number is lost."""
    LetterCounter.objects.get_or_create(year=year)
    LetterCounter.objects.filter(year=year).update(last=F("last") + 1)
    return LetterCounter.objects.values_list("last", flat=True).get(year=year)


def _register(letter: Draft, training: Training, *, by: Any, batch: uuid.UUID) -> OfficialLetter:
    today = timezone.localdate()
    row = OfficialLetter.objects.create(
        year=today.year,
        serial=next_serial(today.year),
        dated=today,
        kind=letter.kind,
        language=letter.language,
        training=training,
        person=letter.application.person if letter.application else None,
        institution=letter.institution,
        addressee="\n".join(letter.addressee)[:500],
        subject=masked(letter.subject, letter.secrets),
        text=masked(letter.text, letter.secrets),
        batch=batch,
        issued_by=by,
        is_demo=training.is_demo,
    )
    paper = _order(row, letter, training, by)
    if letter.application:
        tell(
            "official_letter",
            letter.application.person,
            lambda: {
                "subject": row.subject,
                "number": row.number,
                "url": absolute(paper.get_absolute_url()),
            },
            key=f"official-letter:{row.number}",
        )
    return row


def _order(row: OfficialLetter, letter: Draft, training: Training, by: Any) -> Any:
    with translation.override(letter.language):
        day = full_date(row.dated)
    return papers.order(
        "visa_letter" if letter.secrets else "letter",
        key=row.number,
        by=by,
        training=training,
        application=letter.application,
        language=letter.language,
        facts={
            "title": letter.subject,
            "number": row.number,
            "date": day,
            "addressee": letter.addressee,
            "paragraphs": letter.paragraphs,
            "footnotes": letter.footnotes,
        },
    )


@transaction.atomic
def void(letter: OfficialLetter, *, by: Any, reason: str) -> None:
    """The number stays in the register, with why the letter does not count."""
    if not reason.strip():
        raise ValidationError(_("Please give a reason for voiding."), code="reason")
    changed = OfficialLetter.objects.filter(pk=letter.pk, voided_at=None).update(
        voided_at=timezone.now(), voided_by=by, void_reason=reason.strip()
    )
    if not changed:
        raise ValidationError(_("This letter is void already."), code="void")


def keep_scan(letter: OfficialLetter, upload: Any) -> None:
    """The signed letter, as a PDF or a picture of it."""
    if upload is None:
        raise ValidationError(_("Choose the file with the signed letter first."))
    content = checked(upload)
    letter.scan.save(content.name or "scan", content, save=False)
    OfficialLetter.objects.filter(pk=letter.pk).update(scan=letter.scan.name)
