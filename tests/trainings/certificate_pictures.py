"""The reviewed pictures of certificates: `python -m tests.trainings.certificate_pictures` renews.

One picture holds a tier in one language or pair, a page a name below each other. Look at what
changed before it is committed: the test compares with these files and nothing else.
"""

import io
import os
import sys
from base64 import b64encode
from dataclasses import replace
from functools import cache
from pathlib import Path

import django
import pypdfium2
from PIL import Image, ImageChops

SITE = "https://portal.example.org"
if __name__ == "__main__":  # whoever only imports this keeps their own address
    os.environ |= {"DJANGO_SETTINGS_MODULE": "rtcm.settings", "SITE_ORIGIN": SITE}
    django.setup()

FOLDER = Path(__file__).with_name("certificates")
SCALE = 0.4  # pixels a point: a page is 337 wide
CELL = 4  # pixels: what is compared is the mean of such squares
TOLERANCE = 9  # of 255; another rasteriser changes less, a line of small print more
SHADES = [min(255, round(value / 8) * 8) for value in range(256)]  # as many as matter

TIERS = ("participation", "completion", "trainer")
DOCUMENTS = ("az", "en", "ru", "az+en", "az+ru", "en+ru")
NAMES = {
    "shortest": "Ali",
    "longest": "Abdurrahman-Mohammadjon Fayzullozoda Sharofiddinovich "
    "Bekmuhammedova-Yo‘ldoshxo‘jayeva Qi",
    "georgian": "ნინო ბერიძე-მაჩაბელი",
    "arabic": "عائشة عبد الرحمن الهاشمي",
    "cyrillic": "Юлия Щербакова-Железнова",
}
# Languages, logos, signatories, whether with a background and with the frame.
DESIGNS = {
    "one of each": ("en", 1, 1, False, True),
    "two of each": ("az", 2, 2, True, True),
    "three of each": ("az+ru", 3, 3, False, True),
    "none, on a ground of its own": ("en+ru", 0, 0, True, False),
}


@cache
def document(tier: str, languages: str, name: str) -> bytes:
    """Rendered once a process; needs settings.SITE_ORIGIN to be SITE."""
    from tests.trainings.papers import row
    from trainings import certificate_pdf

    codes = languages.split("+")
    made = row(tier=tier, language=codes[0], languages=codes, holder=NAMES[name])
    return certificate_pdf.render(made)


def designed(case: str) -> bytes:
    """A document of a design with pictures; the cases are those of DESIGNS."""
    from tests.making import designs as making
    from tests.trainings.papers import row
    from trainings import certificate_pdf, look

    languages, logos, signing, background, framed = DESIGNS[case]
    drawn = {
        shape: f"data:image/png;base64,{b64encode(making.drawing(size)).decode()}"
        for shape, size in {"wide": (400, 120), "square": (200, 200), "page": (891, 630)}.items()
    }
    signed = look.Signatory(making.in_all("Vüsal Hüseynov"), look.own().signatories[0].posts)
    mine = look.Look(
        texts=making.texts(closing="{hours}; {number}"),
        signatories=(replace(signed, signature=drawn["wide"]), signed, signed)[:signing],
        logos=tuple(look.Logo(making.in_all("RTCM"), drawn["square"]) for _logo in range(logos)),
        background=drawn["page"] if background else "",
        has_frame=framed,
    )
    made = row(languages=languages.split("+"), holder=NAMES["cyrillic"])
    return certificate_pdf.pdf(certificate_pdf.html(made, mine), made.number)


def page(content: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(content) as opened:
        return opened[0].render(scale=SCALE, grayscale=True).to_pil().convert("L")


def below_each_other(pages: list[Image.Image]) -> Image.Image:
    width, height = pages[0].size
    whole = Image.new("L", (width, height * len(pages)))
    for place, each in enumerate(pages):
        whole.paste(each, (0, height * place))
    return whole


def differences(seen: Image.Image, wanted: Image.Image) -> list[tuple[int, int]]:
    """The squares, by column and row, that differ more than rasterisers do."""
    if seen.size != wanted.size:
        return [(-1, -1)]
    size = (seen.width // CELL, seen.height // CELL)
    coarse = [each.resize(size, Image.Resampling.BOX) for each in (seen, wanted)]
    apart = ImageChops.difference(*coarse)
    return [
        (place % size[0], place // size[0])
        for place, value in enumerate(apart.tobytes())
        if value > TOLERANCE
    ]


def reference(tier: str, languages: str) -> Path:
    return FOLDER / f"{tier}-{languages}.png"


def design_reference() -> Path:
    return FOLDER / "designs.png"


def designs_drawn() -> Image.Image:
    return below_each_other([page(designed(case)) for case in DESIGNS])


def drawn(tier: str, languages: str) -> Image.Image:
    return below_each_other([page(document(tier, languages, name)) for name in NAMES])


def renew() -> None:
    FOLDER.mkdir(exist_ok=True)
    _keep(designs_drawn(), design_reference())
    for tier in TIERS:
        for languages in DOCUMENTS:
            _keep(drawn(tier, languages), reference(tier, languages))


def _keep(picture: Image.Image, path: Path) -> None:
    target = io.BytesIO()
    picture.point(SHADES).save(target, "PNG", optimize=True)
    path.write_bytes(target.getvalue())
    sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    renew()
