"""The document itself: the same bytes every time, tagged, embedded, complete, on one page."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from itertools import cycle

import pypdf
import pytest
import segno
from django.conf import settings

from tests.trainings.papers import COLUMNS, TITLES, letters, rendered, row, words_of
from trainings import certificate_pdf, qr
from trainings.rosette import seal

NAMES = [
    "Ali",
    "Gülşən Əliyeva Məmməd qızı",
    "İsmayıl Çağrı Öztürk",
    "Аминат Каримова-Саидова",
    "Ғайрат Ҳайдарӣ Ўткирзода",
    "ნინო ბერიძე",
    "عائشة عبد الرحمن الهاشمي",
    "Միքայել Հովհաննիսյան",
    "Mohammadjon Sharofiddinov-Bekmuhammedov",
    "Abdurrahman-Mohammadjon Fayzullozoda Sharofiddinovich Bekmuhammedova-Yo‘ldoshxo‘jayeva Q.",
    "W" * 90,
    "Ж" * 90,
    "კ" * 90,
]


def test_rendered_twice_it_is_the_same_bytes():
    first, second = (certificate_pdf.render(row()) for _ in range(2))

    assert hashlib.sha256(second).hexdigest() == hashlib.sha256(first).hexdigest()


def test_another_process_renders_the_same_bytes():
    here = hashlib.sha256(certificate_pdf.render(row())).hexdigest()

    there = subprocess.run(
        [sys.executable, "-m", "tests.trainings.certificate_child"],
        input=json.dumps(COLUMNS),
        env={**os.environ, "SITE_ORIGIN": settings.SITE_ORIGIN, "PYTHONHASHSEED": "1"},
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
        check=True,
    )

    assert there.stdout.strip() == here


@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_it_says_who_what_when_and_how_to_check(language):
    pdf = rendered(language=language)

    text = words_of(pdf)
    said = ["Amina Karimova", TITLES[language], "RTCM-2026-000123"]
    said += ["ABCDEFGHJ-KMNPQRSTV-WXYZ23456", f"{settings.SITE_ORIGIN}/{language}/certificates/"]
    said += [
        "2, 11, 23",
        {"az": "25–27 may 2026", "en": "25–27 May 2026", "ru": "25–27 мая 2026"}[language],
    ]
    assert [part for part in said if part not in text] == []
    assert "None" not in text


@pytest.mark.parametrize(
    ("tier", "said"),
    [
        ("participation", "took part in"),
        ("completion", "has completed"),
        ("trainer", "is recognised as a trainer on the subject of"),
    ],
)
def test_each_tier_says_what_was_done(tier, said):
    text = words_of(rendered(tier=tier))

    assert said in text


@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_it_is_tagged_and_has_its_title_and_language(language):
    pdf = rendered(language=language)

    root = pdf.trailer["/Root"]
    assert (
        root["/MarkInfo"]["/Marked"] is pypdf.generic.BooleanObject(True)
        or root["/MarkInfo"]["/Marked"]
    )
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title.endswith("RTCM-2026-000123 — Amina Karimova")
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def fonts_of(pdf: pypdf.PdfReader) -> dict[str, bool]:
    """Every font of the page and whether its file is inside the document."""
    found = {}
    for reference in pdf.pages[0]["/Resources"]["/Font"].values():
        font = reference.get_object()
        font = font.get("/DescendantFonts", [font])[0].get_object()
        described = font["/FontDescriptor"]
        name = str(font["/BaseFont"]).partition("+")[2]
        found[name] = bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(described))
    return found


@pytest.mark.parametrize(
    ("name", "language"),
    list(zip(NAMES, cycle(TITLES), strict=False)),
    ids=lambda it: f"{it[:9]}{len(it)}",
)
def test_every_name_fits_on_one_page_in_our_own_fonts(name, language):
    pdf = rendered(holder=name, language=language)

    assert len(pdf.pages) == 1
    fonts = fonts_of(pdf)
    assert [font for font in fonts if not font.startswith("Noto")] == []
    assert all(fonts.values())
    extracted = letters(words_of(pdf))
    assert [letter for letter in letters(name) if letter not in extracted] == []
    assert pdf.metadata.title.endswith(name)


@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_sizes_are_written_for_machines_in_every_language(language):
    """A style sheet knows no decimal comma."""
    sizes = re.findall(r"font-size: ([^;\"]+)pt", certificate_pdf.html(row(language=language)))

    assert len(sizes) > 3
    assert [size for size in sizes if not re.fullmatch(r"[0-9.]+", size)] == []


def lowest_of_the_middle(pdf: pypdf.PdfReader) -> float:
    """How far above the foot of the page, in millimetres, the line with the dates stands."""
    heights = []

    def note(text, _cm, matrix, _font, _size):
        if "academic" in text:
            heights.append(matrix[5] * 25.4 / 72)

    pdf.pages[0].extract_text(visitor_text=note)
    return min(heights)


@pytest.mark.parametrize("name", ["Ali", "W" * 90, "Щ" * 90, "ა" * 90, NAMES[9]])
def test_the_longest_name_and_title_leave_the_seal_free(name):
    long = {code: {"title": "Щирокая " * 25, "place": "B" * 60} for code in TITLES}

    pdf = rendered(holder=name, texts=long)

    assert lowest_of_the_middle(pdf) > 70


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="no QR reader (zbar-tools) on this machine")
def test_the_qr_code_leads_to_the_check_page(tmp_path):
    (tmp_path / "it.pdf").write_bytes(certificate_pdf.render(row()))
    subprocess.run(["pdftoppm", "-png", "-r", "200", "it.pdf", "it"], cwd=tmp_path, check=True)
    picture = next(tmp_path.glob("it*.png"))

    read_back = subprocess.run(
        ["zbarimg", "--raw", "-q", str(picture)], capture_output=True, text=True, check=True
    )

    assert read_back.stdout.strip() == certificate_pdf.check_address(row())


def test_the_qr_code_is_that_of_the_check_address():
    address = certificate_pdf.check_address(row(language="ru"))

    assert address == f"{settings.SITE_ORIGIN}/ru/certificates/{COLUMNS['code']}/"
    assert segno.make(address, error="m").version <= 6  # 41 modules: still read from 17 mm
    modules = qr.svg(address).partition("<path")[2]
    assert modules in certificate_pdf.html(row(language="ru"))


def test_the_seal_differs_by_what_was_covered_and_general_covers_all():
    assert len({seal([2]), seal([3]), seal([])}) == 3
    assert len(seal([0])) > len(seal(range(1, 20)))
