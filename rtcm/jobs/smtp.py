"""The line to the mail server: held open for many letters, and exact about how a letter ended.

Our backend is Django's, which also tells when DATA is about to be said. Until then a broken
connection means that nothing was sent; from then on nobody can tell.
"""

import os
import smtplib
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend

IDLE = 20  # seconds; after that a fresh connection is surer than a held one
ANSWERS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)

held = threading.local()


def nothing() -> None:
    """What happens before DATA for a message that did not ask for anything."""


class Announcing(smtplib.SMTP):
    before_data: Callable[[], None] = staticmethod(nothing)

    def data(self, msg: Any) -> Any:
        self.before_data()
        return super().data(msg)


class AnnouncingOverTLS(Announcing, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    connection: Announcing | AnnouncingOverTLS | None
    _partial_connection: smtplib.SMTP | None

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return AnnouncingOverTLS if self.use_ssl else Announcing

    def _send(self, email_message: EmailMessage) -> bool:
        assert self.connection is not None  # noqa: S101 - Django opened it before it came here
        self.connection.before_data = getattr(email_message, "before_data", nothing)
        return super()._send(email_message)  # type: ignore[misc]

    def drop(self) -> None:
        """Close without another word: the other side may be the one that does not answer."""
        lines = [self.connection, self._partial_connection]
        self.connection = self._partial_connection = None
        for line in filter(None, lines):
            line.close()


def say(email: EmailMessage) -> None:
    try:
        line = held_line() or dial()
        if not isinstance(line, EmailBackend):
            email.before_data()  # type: ignore[attr-defined]
        line.send_messages([email])
    except BaseException as error:
        if not isinstance(error, ANSWERS) or closes_the_line(error):
            hang_up()
        raise
    held.used_at = time.monotonic()


def closes_the_line(answer: Exception) -> bool:
    if isinstance(answer, smtplib.SMTPRecipientsRefused):
        return any(code == 421 for code, _words in answer.recipients.values())
    return getattr(answer, "smtp_code", 0) == 421


def held_line() -> EmailBackend | None:
    """This thread's open line, unless it is idle, from before a fork, or to another server."""
    line: EmailBackend | None = getattr(held, "line", None)
    if line is None or line.connection is None or held.server != server():
        return None
    if time.monotonic() - held.used_at > IDLE:
        hang_up()
        return None
    return line


def server() -> tuple[object, ...]:
    return os.getpid(), settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT


def dial() -> BaseEmailBackend:
    """One line serves many letters; other backends (tests, console) have no line to keep."""
    hang_up()
    line = get_connection()
    if isinstance(line, EmailBackend):
        held.line, held.server, held.used_at = line, server(), time.monotonic()
    line.open()
    return line


def hang_up() -> None:
    line = getattr(held, "line", None)
    held.line = None
    if line is not None:
        line.drop()
