"""What a certificate looks like, compared with pictures that somebody has looked at."""

import shutil
import subprocess

import pypdf
import pytest
from PIL import Image

from tests.trainings import certificate_pictures as pictures
from tests.trainings.papers import read, row
from trainings import certificate_pdf
from trainings import pdf as engine

VARIANTS = [(tier, languages) for tier in pictures.TIERS for languages in pictures.DOCUMENTS]
EVERY = [(*variant, name) for variant in VARIANTS for name in pictures.NAMES]


@pytest.fixture(autouse=True)
def _one_origin(settings):
    """The QR code and the small print hold the address of the site."""
    settings.SITE_ORIGIN = pictures.SITE


@pytest.mark.parametrize(("tier", "languages"), VARIANTS)
def test_every_tier_language_and_extreme_name_looks_as_reviewed(tier, languages):
    wanted = Image.open(pictures.reference(tier, languages)).convert("L")

    seen = pictures.drawn(tier, languages)

    assert pictures.differences(seen, wanted) == []


def test_designs_with_pictures_look_as_reviewed():
    wanted = Image.open(pictures.design_reference()).convert("L")

    assert pictures.differences(pictures.designs_drawn(), wanted) == []


@pytest.mark.parametrize("case", pictures.DESIGNS)
def test_pictures_of_a_design_say_what_they_are_and_come_out_the_same_every_time(case):
    first = pictures.designed(case)
    kept = dict(engine.pictures())
    engine.pictures().clear()

    again = pictures.designed(case)

    assert kept
    assert again == first
    rasters = rasters_of(read(first).pages[0]["/Resources"])
    assert rasters
    assert [each for each in rasters if each["/Interpolate"].value] == []  # PDF/A wants none
    tags = elements(read(first).trailer["/Root"]["/StructTreeRoot"])
    assert [tag for tag in tags if tag["/S"] == "/Figure" and not tag.get("/Alt")] == []


def rasters_of(resources) -> list:
    """The pictures in pixels, also those inside drawings and repeated grounds."""
    found = []
    for kind in ("/XObject", "/Pattern"):
        for reference in resources.get(kind, {}).values():
            each = reference.get_object()
            if each.get("/Subtype") == "/Image":
                found.append(each)
            found += rasters_of(each.get("/Resources", {}))
    return found


ELEMENTS = [
    ("<footer>", "<footer >", False),
    ('<div class="qr">', '<div class="qr" style="visibility: hidden">', True),
    ('<p class="facts"', '<p class="facts" hidden', True),
    ('<div class="rows"', '<div class="none"', True),
    ('<div class="columns"', '<div class="none"', True),
    ('<div class="corners"', '<div class="none"', True),
    ('<div class="watermark"', '<div class="none"', True),
    ('between" style="', 'between" style="top: 143mm; ', True),
    ("<footer>", '<footer style="bottom: 15.5mm">', True),
    ('<div class="signatures', '<div style="top: 161.5mm" class="signatures', True),
    ('<span class="code">', '<span class="code" style="display: none">', True),
    ('<p class="lead"', '<p class="lead" style="visibility: hidden"', True),
]


@pytest.mark.parametrize(("from_html", "to_html", "seen"), ELEMENTS)
def test_a_picture_with_a_moved_or_missing_element_is_told_from_the_reviewed_one(
    from_html, to_html, seen
):
    """The control: the comparison above must be able to fail."""
    plain = certificate_pdf.html(row(holder=pictures.NAMES["shortest"]))
    assert from_html in plain
    before = pictures.page(certificate_pdf.pdf(plain, "RTCM-2026-000123"))

    changed = plain.replace(from_html, to_html, 1)
    after = pictures.page(certificate_pdf.pdf(changed, "RTCM-2026-000123"))

    assert bool(pictures.differences(after, before)) is seen


# --- Structure, for every one of them ---------------------------------------------------------


def fonts_of(pdf: pypdf.PdfReader) -> dict[str, bool]:
    """Every font of the document and whether a subset of its file is inside it."""
    found = {}
    for reference in pdf.pages[0]["/Resources"]["/Font"].values():
        font = reference.get_object()
        font = font.get("/DescendantFonts", [font])[0].get_object()
        prefix, _plus, name = str(font["/BaseFont"]).lstrip("/").partition("+")
        embedded = {"/FontFile", "/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"])
        found[name] = bool(embedded) and len(prefix) == 6
    return found


def elements(node) -> list:
    """Every structure element below, in reading order."""
    kids = node.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(inner, dict) and "/S" in inner:
            found += [inner, *elements(inner)]
    return found


@pytest.mark.parametrize("languages", pictures.DOCUMENTS)
def test_the_engine_understands_every_word_of_the_styles(languages, caplog):
    """A decimal comma in a size, say, would be ignored with no more than a warning."""
    codes = languages.split("+")

    certificate_pdf.render(
        row(language=codes[0], languages=codes, holder=pictures.NAMES["longest"])
    )

    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize(("tier", "languages", "name"), EVERY)
def test_every_document_is_tagged_titled_and_carries_its_own_fonts(tier, languages, name):
    pdf = read(pictures.document(tier, languages, name))

    root = pdf.trailer["/Root"]
    tags = elements(root["/StructTreeRoot"])
    codes = languages.split("+")
    assert len(pdf.pages) == 1
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == codes[0]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert pdf.metadata.title.endswith(f"RTCM-2026-000123 — {pictures.NAMES[name]}")
    said = {str(tag["/Lang"]) for tag in tags if tag["/S"] in {"/P", "/H1"}}
    assert {code for code in said if not code.startswith("und-")} == set(codes)
    assert all("/Lang" in tag for tag in tags if tag["/S"] in {"/P", "/H1"})
    assert [tag for tag in tags if tag["/S"] == "/Figure" and not tag.get("/Alt")] == []
    assert len([tag for tag in tags if tag["/S"] == "/H1"]) == 1
    fonts = fonts_of(pdf)
    assert [font for font in fonts if not font.startswith("Noto")] == []
    assert [font for font, whole in fonts.items() if not whole] == []


@pytest.mark.skipif(not shutil.which("qpdf"), reason="no qpdf on this machine")
@pytest.mark.parametrize(("tier", "languages"), VARIANTS)
def test_another_program_finds_nothing_wrong_with_the_file(tier, languages, tmp_path):
    (tmp_path / "it.pdf").write_bytes(pictures.document(tier, languages, "longest"))

    told = subprocess.run(["qpdf", "--check", "it.pdf"], cwd=tmp_path, capture_output=True)

    assert told.returncode == 0, told.stderr


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="no poppler-utils on this machine")
@pytest.mark.parametrize(("tier", "languages"), VARIANTS)
def test_a_reader_of_documents_sees_one_tagged_a4_page(tier, languages, tmp_path):
    (tmp_path / "it.pdf").write_bytes(pictures.document(tier, languages, "arabic"))

    told = subprocess.run(
        ["pdfinfo", "it.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout

    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    assert {
        name: facts[name].strip() for name in ("Tagged", "Pages", "Encrypted", "JavaScript")
    } == {
        "Tagged": "yes",
        "Pages": "1",
        "Encrypted": "no",
        "JavaScript": "no",
    }
    assert facts["Page size"].strip().endswith("(A4)")
