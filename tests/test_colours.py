"""Every pair of colours that meets on a page, computed from the tokens of the stylesheet."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = (Path(settings.BASE_DIR) / "static/css/site.css").read_text()
LIGHT, DARK = [
    dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root \{(.*?)\n\s*\}", CSS, re.S)[:2]
]
TEXT = [
    (ink, ground)
    for ink in ("--ink", "--muted", "--link", "--danger")
    for ground in ("--paper", "--raised")
] + [
    ("--link-strong", "--paper"),
    ("--link-strong", "--tint"),
    ("--on-link", "--link"),
    ("--on-link", "--link-strong"),
    ("--paper", "--ink"),
    ("--ink", "--tint"),
    ("--ink", "--danger-tint"),
    ("--danger", "--danger-tint"),
    ("--ink", "--saffron-tint"),
    ("--saffron-ink", "--saffron-tint"),
    ("--saffron-ink", "--paper"),
    *[(f"--cluster-text-{n}", ground) for n in (1, 2, 3, 4) for ground in ("--paper", "--raised")],
]
PARTS = [("--edge", "--paper")] + [(f"--cluster-{n}", "--paper") for n in (1, 2, 3, 4)]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one():
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0


def test_the_dark_palette_answers_every_colour_of_the_light_one():
    assert set(DARK) == set(LIGHT)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable(palette, ink, ground):
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_parts_of_the_interface_stand_out(palette, part, ground):
    assert contrast(palette[part], palette[ground]) >= 3


@pytest.mark.parametrize(
    "sheet", sorted(Path(settings.BASE_DIR).glob("static/css/*.css")), ids=lambda path: path.name
)
def test_only_logical_properties_are_used(sheet):
    side = "left|right|top|bottom"
    pattern = rf"[\s{{;](?:margin|padding|border)-(?:{side})\b|[\s{{;](?:{side}|width|height):"

    assert re.findall(pattern, sheet.read_text()) == []
