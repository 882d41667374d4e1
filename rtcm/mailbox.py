"""A mail server for the demo: every letter ends up in a folder, none leaves this machine."""

import email.policy
import itertools
import logging
import re
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from rtcm.children import free_port


class Mailbox:
    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder, self.say = folder, say
        folder.mkdir(exist_ok=True)
        logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd tells of every visitor
        self.numbers = itertools.count(len(list(folder.iterdir())) + 1)
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the name is aiosmtpd's
        content: Any = envelope.original_content or b""
        letter = email.message_from_bytes(content, policy=email.policy.default)
        to = ", ".join(envelope.rcpt_tos)
        plain = re.sub(r"[^\w.@-]", "_", envelope.rcpt_tos[0])[:80]
        path = self.folder / f"{next(self.numbers):05d}-{plain}.eml"
        path.write_bytes(content)
        self.say(f"Letter to {to}: {str(letter['Subject']).strip()} ({path.name})")
        return "250 Kept"
