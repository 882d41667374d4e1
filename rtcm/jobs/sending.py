"""Sending letters: what performs a job of the kind "mail"."""

import json
import smtplib
from datetime import timedelta
from email.utils import format_datetime
from functools import partial

from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Now

from rtcm.jobs.letters import as_html
from rtcm.jobs.models import GiveUp, Job, Message
from rtcm.jobs.sealing import Unreadable, unseal
from rtcm.jobs.smtp import ANSWERS, closes_the_line, held_line, say

SECRETS_KEPT = timedelta(days=2)  # a letter with a code is worth nothing later


def send(job: Job) -> None:
    """Perform one mail job: the letter is sent, fails for good, or is tried again later."""
    letter = Message.objects.get(pk=job.payload["message"])
    if letter.state == Message.State.SENT:
        return
    if letter.state != Message.State.OWED:
        reopen(letter, job)
    if letter.handed_over_at:
        settle_unknown_end(letter, job)
    try:
        hand_over(letter, job)
    except (OSError, ValueError) as error:  # every SMTPException is an OSError
        write_down(error, letter, job)
        raise
    letter.note_sent()


def reopen(letter: Message, job: Job) -> None:
    """A settled letter is opened again only by staff, whose retry gives all attempts back."""
    if job.attempts > 1:
        raise GiveUp(letter.error)
    letter.reopen()


def settle_unknown_end(letter: Message, job: Job) -> None:
    """An attempt ended after DATA without an answer: the server may have the letter already."""
    if letter.once:
        text = "The connection broke after DATA; nobody knows whether the letter arrived."
        letter.leave_unknown(job, text)
        raise GiveUp(text)
    letter.note_possible_duplicate(job)


def write_down(error: Exception, letter: Message, job: Job) -> None:
    """What the failure means for the letter. No retry where the answer would be the same."""
    text = describe(error)
    if is_final(error):
        letter.fail(job, text)
        raise GiveUp(text) from error
    if isinstance(error, ANSWERS):
        letter.take_back(job, text)
    if job.on_last_attempt:
        (letter.leave_unknown if letter.handed_over_at else letter.fail)(job, text)
    else:
        letter.note_error(job, text)


def describe(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return said(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return said(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


def is_final(error: Exception) -> bool:
    """5xx to this letter. A refused sign-in or greeting says nothing about it, so that waits."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return not isinstance(error, OSError)


def hand_over(letter: Message, job: Job) -> None:
    """Over the held line; when that proves stale before DATA, once more over a fresh one."""
    email = as_email(letter)
    email.before_data = partial(letter.hand_over, job)  # type: ignore[attr-defined]
    reused = held_line() is not None
    try:
        say(email)
    except OSError as error:
        stale = not isinstance(error, ANSWERS) or closes_the_line(error)
        if not (reused and stale) or letter.handed_over_at:
            raise
        say(email)


def as_email(letter: Message) -> EmailMultiAlternatives:
    """A second copy is the same letter: same Message-ID, same date, same words."""
    subject, text, html = full_text(letter)
    headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.created_at),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": letter.language,
    }
    email = EmailMultiAlternatives(subject, text, to=[letter.to], headers=headers)
    email.attach_alternative(html, "text/html")
    return email


def full_text(letter: Message) -> tuple[str, str, str]:
    if not letter.masked:
        return letter.subject, letter.body_text, letter.body_html
    if not letter.secret:
        raise Unreadable("The secret part was not sent in time and is gone.")
    subject, text = json.loads(unseal(letter.secret))
    return subject, text, as_html(subject, text, letter.language)


def forget_secrets() -> None:
    """A sweep: what could not be sent in time must not lie about, sealed or not."""
    late = Message.objects.exclude(secret="").filter(created_at__lt=Now() - SECRETS_KEPT)
    late.update(secret="")
