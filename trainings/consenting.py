"""Asking the guardian of a minor: the letter with the link, reminders, the answer."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from rtcm.jobs.letters import write_letter
from trainings import seats
from trainings.dates import date_span
from trainings.emails import absolute
from trainings.models import Application, GuardianConsent

State = GuardianConsent.State
SIGNER = signing.Signer(salt="trainings.guardian")
REMIND_AFTER = timedelta(days=4)


class Text(NamedTuple):
    version: str
    words: Any


TEXT = Text(
    "2026-11",
    gettext_lazy(
        "I am this person's parent or legal guardian. I agree that they take part in the training "
        "named above and that the centre keeps their name, date of birth, institution and e-mail "
        "address to organise it and to issue a certificate. Their name is not shown on any public "
        "page. I can withdraw this consent until the training starts."
    ),
)


def link_of(consent: GuardianConsent) -> str:
    """The whole address, in the guardian's language; it works until people may no longer join."""
    with translation.override(consent.language):
        return absolute(reverse("trainings:guardian", args=[SIGNER.sign(consent.secret)]))


def find(link: str) -> GuardianConsent | None:
    try:
        secret = SIGNER.unsign(link)
    except signing.BadSignature:
        return None
    everything = GuardianConsent.objects.select_related(
        "application__training__country", "application__person__user"
    )
    return everything.filter(secret=secret).first()


@transaction.atomic
def ask(application: Application, *, given: dict[str, Any], language: str) -> GuardianConsent:
    """Asks once per application, in the language chosen for the guardian."""
    consent, is_new = GuardianConsent.objects.get_or_create(
        application=application,
        defaults={
            "born_on": given["born_on"],
            "name": given["guardian_name"],
            "email": given["guardian_email"],
            "language": given["guardian_language"] or language,
        },
    )
    if is_new:
        _write(consent, "trainings/guardian_asked", key="asked")
    return consent


def _write(consent: GuardianConsent, kind: str, *, key: str) -> None:
    link = link_of(consent)
    with translation.override(consent.language):
        write_letter(
            kind,
            to=consent.email,
            language=consent.language,
            context=_facts(consent) | {"guardian": consent.name, "link": link},
            dedupe_key=f"guardian:{consent.pk}:{key}",
            secrets=[link],
        )


def _facts(consent: GuardianConsent) -> dict[str, str]:
    training = consent.application.training
    return {
        "name": consent.application.person.full_name,
        "training": training.title,
        "dates": date_span(training),
        "place": training.city or str(training.get_mode_display()),
    }


def remind() -> int:
    """Asks again, every few days, whoever has not answered while it still matters."""
    before = timezone.now() - REMIND_AFTER
    silent = Q(reminded_at__isnull=True, asked_at__lte=before) | Q(reminded_at__lte=before)
    due = GuardianConsent.objects.filter(silent, state=State.ASKED)
    waiting = due.exclude(application__state__in=[*Application.ENDED, Application.State.REJECTED])
    return sum(_remind(pk) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int) -> bool:
    rows = GuardianConsent.objects.select_for_update(of=("self",), skip_locked=True)
    related = rows.select_related("application__training", "application__person")
    consent = related.filter(pk=pk, state=State.ASKED).first()
    if consent is None or not consent.is_open:
        return False
    consent.reminded_at = timezone.now()
    consent.save(update_fields=["reminded_at"])
    _write(consent, "trainings/guardian_reminder", key=f"reminder:{timezone.localdate()}")
    return True


@transaction.atomic
def answer(consent: GuardianConsent, *, given: bool) -> GuardianConsent:
    """What the guardian says. Refusing withdraws the application and frees the seat."""
    application = consent.application
    seats.lock(application.training_id)
    application.refresh_from_db()
    fresh = GuardianConsent.objects.select_for_update().get(pk=consent.pk)
    if application.state in Application.ENDED or not consent.is_open:
        raise ValidationError(_("This application is no longer open, so nothing is needed."))
    fresh.state = State.GIVEN if given else State.REFUSED
    fresh.answered_at = timezone.now()
    fresh.text_version = TEXT.version
    fresh.language = get_language() or fresh.language
    fresh.save()
    if given:
        _tell_the_minor(fresh, application)
    else:
        with translation.override(application.language):
            reason = _("Your parent or guardian did not agree.")
        seats.withdraw(application, by=None, reason=reason)
    return fresh


def _tell_the_minor(consent: GuardianConsent, application: Application) -> None:
    address = application.person.address
    if not address:
        return
    with translation.override(application.language):
        write_letter(
            "trainings/guardian_agreed",
            to=address,
            language=application.language,
            context=_facts(consent) | {"url": absolute(reverse("trainings:my_applications"))},
            dedupe_key=f"guardian:{consent.pk}:agreed:{consent.answered_at:%Y%m%d%H%M%S}",
            user=getattr(application.person, "user", None),
        )
