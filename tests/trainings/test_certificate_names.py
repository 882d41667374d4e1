"""The name on a certificate: as large as it fits, whatever its length and script."""

import pytest

from rtcm.text import is_right_to_left, script_tag
from tests.making import designs as making
from tests.trainings.papers import TITLES, letters, read, rendered, row, words_of
from tests.trainings.test_certificate_pictures import elements
from tests.trainings.test_certificate_probes import PIXEL
from trainings import certificate_pdf, look
from trainings.composing import NAME_ROOM
from trainings.fitting import FINE, LEGIBLE, ONE_LINE, POINTS_PER_MM, fit_name, width

LETTERS = {
    "latin": "W",
    "thin": "i",
    "cyrillic": "Щ",
    "georgian": "კ",
    "armenian": "Մ",
    "arabic": "ض",
}


@pytest.mark.parametrize("script", LETTERS)
def test_names_of_3_to_90_letters_fit_on_one_or_two_lines(script):
    for count in range(3, 91):
        fitted = fit_name(LETTERS[script] * count, NAME_ROOM)

        assert len(fitted.lines) in {1, 2}
        assert "".join(fitted.lines) == LETTERS[script] * count
        widest = max(width(line, FINE) for line in fitted.lines) * fitted.size
        assert widest <= NAME_ROOM * POINTS_PER_MM
        assert fitted.size >= 14


@pytest.mark.parametrize("name", ["Ali", "Pelé", "ნინო", "عائشة", "Amina Karimova"])
def test_a_short_name_is_as_large_as_names_get(name):
    assert fit_name(name, NAME_ROOM).size == ONE_LINE


def test_two_lines_break_where_words_end_and_both_are_about_as_wide():
    name = "Abdurrahman-Mohammadjon Fayzullozoda Sharofiddinovich Bekmuhammedova-Yo‘ldoshxo‘jayeva"

    fitted = fit_name(name, NAME_ROOM)

    assert " ".join(fitted.lines) == name
    first, second = (width(line, FINE) for line in fitted.lines)
    assert 0.6 < first / second < 1.7


def test_one_line_is_kept_while_it_is_large():
    name = "Gülşən Əliyeva Məmməd qızı"

    fitted = fit_name(name, NAME_ROOM)

    assert fitted.lines == (name,)
    assert fitted.size >= LEGIBLE


@pytest.mark.parametrize(
    "name", ["İsmayıl Iğdırlı", "ŞƏHRİYAR ÖZGÜR İLQAR QIZI", "Iskandar", "ilham"]
)
def test_dotted_and_dotless_letters_stay_as_they_were_written(name):
    assert name in words_of(rendered(holder=name, language="az"))


@pytest.mark.parametrize(
    ("name", "tag", "turned"),
    [
        ("Əliyeva", "und-Latn", False),
        ("Юлия", "und-Cyrl", False),
        ("ნინო", "und-Geor", False),
        ("Միքայել", "und-Armn", False),
        ("عائشة", "und-Arab", True),
        ("1", "und", False),
    ],
)
def test_a_name_says_its_script_and_direction(name, tag, turned):
    assert (script_tag(name), is_right_to_left(name)) == (tag, turned)

    tags = elements(rendered(holder=name).trailer["/Root"]["/StructTreeRoot"])
    said = {str(each.get("/Lang")) for each in tags}
    assert tag in said


def test_an_arabic_name_runs_from_the_right_on_a_page_that_runs_from_the_left():
    text = certificate_pdf.html(row(holder="عائشة عبد الرحمن الهاشمي"))

    assert text.count('dir="rtl"') == 1
    assert '<html lang="en">' in text
    printed = letters(words_of(read(certificate_pdf.pdf(text, "N"))))
    assert set(letters("عائشة عبد الرحمن الهاشمي")) <= set(printed)


@pytest.mark.parametrize("logos", [0, 1, 2])
@pytest.mark.parametrize("languages", [["ru"], ["az", "ru"]])
@pytest.mark.parametrize("name", ["Ali", "W" * 90, "კ" * 90])
def test_the_longest_texts_leave_signatures_and_small_print_free(name, languages, logos):
    long = {code: {"title": "Щирокая " * 25, "place": "Ж" * 60} for code in TITLES}
    wordy = making.texts(before="ж" * 160, after="щ" * 200, closing="ы" * 300, heading="Ж " * 40)
    signed = look.Signatory(making.in_all("Имя " * 22), making.in_all("Должность " * 16))
    mark = look.Logo(making.in_all("x"), PIXEL)
    made = row(holder=name, texts=long, languages=languages)
    drawn = look.Look(wordy, signatories=(signed,) * 3, logos=(mark,) * logos)

    pdf = read(certificate_pdf.pdf(certificate_pdf.html(made, drawn), "N"))

    assert len(pdf.pages) == 1
    assert lowest(pdf, "ыы") > (68 if len(languages) == 1 else 74)
    assert lowest(pdf, "Должность") > 30
    assert highest(pdf, "Ж Ж") < 192


def heights(pdf, words):
    """How far above the foot of the page, in millimetres, each line with these words stands."""
    found = []
    pdf.pages[0].extract_text(
        visitor_text=lambda text, _cm, at, _font, _size: (
            found.append(at[5] * 25.4 / 72) if words in text else None
        )
    )
    return found


def lowest(pdf, words):
    return min(heights(pdf, words))


def highest(pdf, words):
    return max(heights(pdf, words))
