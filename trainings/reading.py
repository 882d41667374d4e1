"""Finds credentials in what anybody hands in: a PDF, a JSON document or a bare token.

Nothing is kept. A PDF is opened in a child process (attached.py), few of them at a time.
"""

import base64
import json
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rtcm.uploads import UNUSABLE
from trainings import attached

SECONDS = 5  # of the child at most, by the clock
PATIENCE = 2  # of a visitor while others' documents are read: an answer takes eight at most
TURNS = threading.BoundedSemaphore(2)
MOST_TEXT = 200_000
TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)
ENVELOPE = re.compile(r"data:application/[\w+]*jwt,", re.ASCII)
PDF = b"%PDF-"


@dataclass(frozen=True)
class Found:
    """A signed token, and what stood around it in readable form: that must say the same."""

    token: str
    shown: dict[str, Any] | None = None


def is_pdf(content: bytes) -> bool:
    return content.startswith(PDF)


def credentials_in(content: bytes) -> list[Found]:
    """Every credential in a PDF, a JSON or a text; refuses with a sentence what is none of them."""
    if is_pdf(content):
        parts = [_in_text(_decoded(part)) for part in attachments(content)]
        return [found for part in parts for found in part]
    text = _decoded(content)
    if not text:
        raise ValidationError(_("This file is of another kind. Choose a PDF or a JSON file."))
    return _in_text(text)


def attachments(pdf: bytes) -> list[bytes]:
    """What is attached to a PDF, the first few small ones; refuses what cannot be read."""
    if not TURNS.acquire(timeout=PATIENCE):
        raise ValidationError(
            _("Many documents are being checked right now. Please try again in a minute.")
        )
    try:
        child = subprocess.run(  # noqa: S603 - our own program, no shell
            [sys.executable, "-I", str(Path(attached.__file__))],
            input=pdf,
            capture_output=True,
            timeout=SECONDS,
            env={},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as hostile:
        raise ValidationError(UNUSABLE) from hostile
    finally:
        TURNS.release()
    return [base64.b64decode(content) for content in json.loads(child.stdout)]


def _decoded(content: bytes) -> str:
    """Empty when it is no text, or too long for a credential."""
    if len(content) > MOST_TEXT:
        return ""
    try:
        return content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return ""


def _in_text(text: str) -> list[Found]:
    if text.startswith("{"):
        return _in_json(text)
    joined = "".join(text.split())  # pasted out of a letter it may be broken into lines
    return [Found(joined)] if TOKEN.fullmatch(joined) else []


def _in_json(text: str) -> list[Found]:
    """A credential that carries its token as proof, or an envelope around a token."""
    try:
        shown = json.loads(text)
    except (ValueError, RecursionError):
        return []
    address = shown.get("id")
    if isinstance(address, str) and (envelope := ENVELOPE.match(address)):
        return _in_text(address[envelope.end() :])
    proofs = shown.pop("proof", None)
    for proof in proofs if isinstance(proofs, list) else [proofs]:
        token = proof.get("jwt") if isinstance(proof, dict) else None
        if isinstance(token, str) and TOKEN.fullmatch(token):
            return [Found(token, shown)]
    return []
