"""A mail server for tests: keeps every letter it takes, and fails in any way asked for.

Modes: `accept`; `busy` (451 to the recipient); `closing` (421 to the sender); `permanent` (550 to
the recipient); `hang` (never answers the recipient); `cut` (keeps the letter, then breaks the
connection instead of saying 250).
"""

# ruff: noqa: N802 - the names of the handlers are aiosmtpd's

import asyncio
import email
import email.policy
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Letter:
    to: str
    content: bytes

    @property
    def parsed(self) -> EmailMessage:
        return email.message_from_bytes(self.content, policy=email.policy.default)

    @property
    def message_id(self) -> str:
        return self.parsed["Message-ID"]

    def text(self, kind: str = "plain") -> str:
        return self.parsed.get_body((kind,)).get_content()


class Sink:
    """`with Sink() as sink:`; point EMAIL_HOST and EMAIL_PORT at `sink.host`, `sink.port`."""

    host = "127.0.0.1"

    def __init__(self, mode: str = "accept", port: int = 0, seconds: float = 0) -> None:
        self.mode, self.seconds = mode, seconds
        self.letters: list[Letter] = []
        self.connections = 0
        self.port = port or free_port()
        self.over = threading.Event()

    def __enter__(self) -> Self:
        self.controller = Quiet(self, hostname=self.host, port=self.port)
        self.controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.controller.stop()

    def message_ids(self) -> list[str]:
        return [letter.message_id for letter in self.letters]

    def wait_for(self, count: int, seconds: float = 20) -> None:
        wait_until(lambda: len(self.letters) >= count, seconds)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = name
        return answers

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, sender: str, options: list[str]
    ) -> str:
        if self.mode == "closing":
            return "421 Closing down"
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        while self.mode == "hang" and not self.over.is_set():
            await asyncio.sleep(0.05)
        if self.mode in {"busy", "permanent"}:
            return {"busy": "451 Try later", "permanent": "550 No such person"}[self.mode]
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content: Any = envelope.original_content
        await asyncio.sleep(self.seconds)
        self.letters.append(Letter(envelope.rcpt_tos[0], content))
        if self.mode == "cut":
            server.transport.abort()
        return "250 Kept"

    async def handle_exception(self, error: Exception) -> str:
        return "451 Broken off"


class Quiet(Controller):
    """A client killed in the middle of a word is what we test, so it is no news."""

    def factory(self) -> SMTP:
        self.loop.set_exception_handler(lambda _loop, _context: None)
        return SMTP(self.handler, enable_SMTPUTF8=True, loop=self.loop)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true: Callable[[], Any], seconds: float = 20, every: float = 0.05) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"Not within {seconds} s.")
        time.sleep(every)


if __name__ == "__main__":
    with Sink(port=int(sys.argv[1])) as alone:
        sys.stdin.read()
        print(len(alone.letters), len(set(alone.message_ids())))  # noqa: T201 - for the benchmark
