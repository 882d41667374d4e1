"""Nothing that people or staff may write reaches a network or a file through the renderer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

import pytest

from tests.making import designs as making
from tests.trainings.papers import read, row, words_of
from trainings import certificate_pdf, designs, look
from trainings.models import DesignVersion
from trainings.wording import LANGUAGES


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """An address of this machine that answers everything, and what it was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_POST = do_GET  # noqa: N815 - names of the standard library

        def log_message(self, *_words: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def test_the_listener_hears_whoever_comes():
    """The control: silence below means something."""
    with listening() as (site, asked):
        urlopen(f"{site}/control").close()  # noqa: S310 - our own listener

        assert asked == ["/control"]


PROBES = {
    "image": "<img src='{site}/a'>",
    "file": "<img src='file:///etc/passwd'><object data='file:///etc/passwd'></object>",
    "attachment": "<link rel=attachment href='file:///etc/passwd'>",
    "attached": "<a rel=attachment href='{site}/b'>x</a>",
    "stylesheet": "<link rel=stylesheet href='{site}/c'>",
    "import": "<style>@import '{site}/d';</style>",
    "url": "</p><p style=\"background: url('{site}/e')\">",
    "declaration": "');background:url({site}/f);x:('",
    "quote": '" style="background: url({site}/g)" x="',
    "font": "<style>@font-face {{font-family: X; src: url({site}/h)}}</style>",
    "drawing": "<svg><image href='{site}/i'/><use href='{site}/j#x'/></svg>",
    "entity": '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
    "frame": "<iframe src='{site}/k'></iframe><embed src='{site}/l'><base href='{site}/'>",
    "template": "{{% include '/etc/passwd' %}}{{{{ settings.SECRET_KEY }}}}",
    "bare": "url({site}/m)",
}


def hostile(text: str) -> look.Look:
    """The probe in every text that staff write."""
    everywhere = dict.fromkeys(LANGUAGES, text)
    tier = dict.fromkeys(("heading", "before", "after", "closing"), text)
    texts = {code: {"issuer": text, "participation": tier} for code in LANGUAGES}
    return look.Look(
        texts=texts,
        signatories=(look.Signatory(everywhere, everywhere),) * 3,
        logos=(look.Logo(everywhere, look.address(None) or PIXEL),) * 3,
        background=PIXEL,
    )


PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize("languages", [["en"], ["az", "ru"]])
@pytest.mark.parametrize("probe", PROBES)
def test_a_probe_in_every_field_at_once_reaches_nothing(probe, languages):
    with listening() as (site, asked):
        text = PROBES[probe].format(site=site)
        texts = {code: {"title": text, "place": text} for code in LANGUAGES}
        made = row(holder=text[:90], texts=texts, languages=languages)

        pdf = read(certificate_pdf.pdf(certificate_pdf.html(made, hostile(text)), made.number))

        assert asked == []
    assert "/EmbeddedFiles" not in pdf.trailer["/Root"].get("/Names", {})
    assert "root:" not in words_of(pdf)
    assert pdf.metadata.title.endswith(text[:90])


@pytest.mark.django_db
@pytest.mark.parametrize("probe", ["image", "url", "quote", "drawing", "bare"])
def test_a_probe_that_staff_save_is_printed_as_it_stands(probe):
    with listening() as (site, asked):
        text = PROBES[probe].format(site=site)
        version = making.version(
            texts=making.texts(issuer=text, closing=text),
            signatories=[designs.Signed(making.in_all(text[:90]), making.in_all(text))],
            logos=[designs.Marked(making.in_all(text), making.picture())],
            background=making.picture("background"),
        )

        words = words_of(read(certificate_pdf.render(row(design_version=version))))

        assert asked == []
    assert words.replace(" ", "").count(text.replace(" ", "")) >= 3
    assert DesignVersion.objects.get().texts["en"]["issuer"] == text


@pytest.mark.parametrize("scheme", ["http://127.0.0.1:9/x.png", "file:///etc/passwd"])
def test_a_picture_that_is_no_data_is_refused_by_the_renderer_itself(scheme):
    """Whatever the code above it would let through."""
    made = look.Look(texts=look.own().texts, logos=(look.Logo(making.in_all("x"), scheme),))

    with pytest.raises(ValueError, match="Error fetching"):
        certificate_pdf.pdf(certificate_pdf.html(row(), made), "RTCM-2026-000001")
