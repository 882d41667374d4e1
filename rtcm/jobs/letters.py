"""Writing letters. What is written here is owed: sending.py performs it.

`templates/emails/<app>/<letter>.txt` holds a letter: first line `Subject: …`, a blank line, the
text. Its context is flat (names to short texts), because every `{{ name }}` in the file is also
a placeholder for staff who word the letter themselves.
"""

import json
import logging
import re
from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from rtcm.jobs.models import LetterTemplate, Message, owe, written_once
from rtcm.jobs.models.template import letter_file
from rtcm.jobs.sealing import mask, seal

logger = logging.getLogger(__name__)

ATTEMPTS = 250  # with the last back-off step of nine minutes: a mail server may be away for a day
SUBJECT_LENGTH = 250
LABEL_LENGTH = 40


def write_letter(
    kind: str,
    *,
    to: str,
    language: str,
    context: dict[str, Any],
    dedupe_key: str,
    user: Any = None,
    secrets: Iterable[str] = (),
    once: bool = False,
) -> Message:
    """Write one letter, once per dedupe key, and owe its sending in the same transaction.

    `secrets` are masked in the stored text; the full text is sealed until sent.
    `once`: when the end of an attempt is unknown, ask staff instead of risking a second copy.
    """
    validate_email(to)
    language = known_language(language)
    subject, text = worded(kind, language, context)
    about = {"kind": kind, "dedupe_key": dedupe_key, "user": user, "to": to, "language": language}
    shown = without_secrets(subject, text, [str(secret) for secret in secrets if str(secret)])
    letter = Message(**about, **shown, once=once, message_id=new_message_id())
    letter.body_html = as_html(letter.subject, letter.body_text, language)
    return owed_once(letter)


def without_secrets(subject: str, text: str, secrets: list[str]) -> dict[str, Any]:
    """What is stored in readable form, and the rest of it sealed."""
    return {
        "subject": mask(subject, secrets)[:SUBJECT_LENGTH],
        "body_text": mask(text, secrets),
        "masked": bool(secrets),
        "secret": seal(json.dumps([subject, text])) if secrets else "",
    }


def owed_once(letter: Message) -> Message:
    with transaction.atomic(savepoint=False):
        letter = written_once(letter)
        key = f"mail:{letter.dedupe_key}"
        owe("mail", key, payload={"message": letter.pk}, queue="mail", max_attempts=ATTEMPTS)
    return letter


def known_language(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def worded(kind: str, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text, in staff's wording where there is one."""
    with translation.override(language):
        own = LetterTemplate.objects.filter(kind=kind, language=language).first()
        if own is not None:
            try:
                return parted(own.filled(context))
            except KeyError as missing:
                logger.error("The wording of %s asks for %s; ours was sent.", own, missing)
        return parted(letter_file(kind).render(Context(context, autoescape=False)))


def parted(letter: str) -> tuple[str, str]:
    """One line of subject, whatever a name or a title smuggles in; then the text."""
    head, _blank, text = plain(letter).strip().partition("\n\n")
    if not head.startswith("Subject:"):
        raise ValueError("A letter begins with a line “Subject: …” and a blank line.")
    subject = " ".join(head.removeprefix("Subject:").split())
    return subject[:SUBJECT_LENGTH], re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def plain(text: str) -> str:
    """Without control characters, which no letter needs and some servers refuse."""
    text = text.replace("\r\n", "\n")
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029]", " ", text)


def as_html(subject: str, text: str, language: str) -> str:
    """The same text as paragraphs; our own address on a line of its own becomes the button."""
    with translation.override(language):
        paragraphs = with_button(text.strip().split("\n\n"))
        context = {"subject": subject, "paragraphs": paragraphs, "language": language}
        return render_to_string("emails/letter.html", {**context, "site": settings.SITE_ORIGIN})


def with_button(texts: list[str]) -> list[dict[str, str]]:
    """Only the first address becomes a button, and only within our site.

    A name or a reason could hold a foreign address; we do not make that look like our advice.
    """
    paragraphs = [{"text": text, "url": "", "label": ""} for text in texts]
    ours = (n for n, text in enumerate(texts) if is_ours(text))
    place = next(ours, None)
    if place is not None:
        before = texts[place - 1] if place else ""
        asked = before.endswith(":") and len(before) <= LABEL_LENGTH
        label = before.removesuffix(":") if asked else _("Open the page")
        paragraphs[place] = {"text": "", "url": texts[place].strip(), "label": label}
    return paragraphs


def is_ours(text: str) -> bool:
    return bool(re.fullmatch(rf"{re.escape(settings.SITE_ORIGIN)}/\S*", text.strip()))


def new_message_id() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid4().hex}@{domain}>"
