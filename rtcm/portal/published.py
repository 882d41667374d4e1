"""What the centre has said of itself in public, kept as said."""

from rtcm.portal.models import PublishedFigure

YEAR = 2023
STATED = [
    (
        {"en": "more than 16", "az": "16-dan çox", "ru": "более 16"},
        {"en": "trainings", "az": "təlim", "ru": "тренингов"},
    ),
    (
        {"en": "about 250", "az": "təxminən 250", "ru": "около 250"},
        {"en": "representatives", "az": "nümayəndə", "ru": "представителей"},
    ),
    (
        {"en": "13", "az": "13", "ru": "13"},
        {"en": "countries", "az": "ölkə", "ru": "стран"},
    ),
]


def load_published() -> None:
    """The three figures stated in 2023; existing rows stay as staff left them."""
    if PublishedFigure.objects.exists():
        return
    for order, (values, labels) in enumerate(STATED):
        texts = {f"value_{code}": text for code, text in values.items()}
        texts |= {f"label_{code}": text for code, text in labels.items()}
        PublishedFigure.objects.create(as_of=YEAR, order=order, **texts)
