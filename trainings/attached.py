"""What is attached to a PDF that nobody vouches for: run as a program of its own, by reading.py.

Reads the PDF from its input, writes a JSON list of the attachments, in base64, to its output.
Before it looks at the first byte it gives away what a hostile document could misuse: after this
it can open no file and no connection, start nothing, and use little time and memory.
"""

import base64
import codecs
import io
import itertools
import json
import resource
import sys
from typing import Any

import pypdf
import pypdf.filters
import pypdf.xmp

SECONDS = 4
MEMORY = 400 * 1024 * 1024
MOST_ATTACHMENTS = 10
MOST_BYTES = 200_000  # of one attachment: a credential has a few thousand
# What pypdf asks for only when it meets it, which would be too late.
TEXTS = ["utf-8", "utf-16", "utf-16-be", "utf-16-le", "latin-1", "ascii", "charmap"]
LIMITS: dict[str, Any] = {
    "root_object_recovery_limit": 1000,
    "xref_stream_maximum_entries": 200_000,
}


def give_away() -> None:
    for text in TEXTS:
        codecs.lookup(text)
    for what, most in [
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 3),  # input, output and errors are open already
    ]:
        resource.setrlimit(what, (most, most))


def attachments(pdf: bytes) -> list[bytes]:
    reader = pypdf.PdfReader(io.BytesIO(pdf), **LIMITS)
    first = itertools.islice(reader.attachment_list, MOST_ATTACHMENTS)
    contents = [attachment.content for attachment in first]
    return [content for content in contents if len(content) <= MOST_BYTES]


if __name__ == "__main__":
    give_away()
    found = attachments(sys.stdin.buffer.read())
    json.dump([base64.b64encode(content).decode() for content in found], sys.stdout)
