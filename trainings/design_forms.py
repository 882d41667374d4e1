"""The form of a design: its words per language, its pictures by place."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trainings import designs, wording
from trainings.look import address
from trainings.models import Certificate, DesignPicture
from trainings.wording import LANGUAGES, PARTS, TIERS

LABELS = {
    "heading": _("Heading"),
    "before": _("Above the name"),
    "after": _("Between the name and the title"),
    "closing": _("Below the dates"),
}
SIGNATORIES = [f"signatory{n}" for n in range(1, designs.MOST_SIGNATORIES + 1)]
LOGOS = [f"logo{n}" for n in range(1, designs.MOST_LOGOS + 1)]
# Where a picture can stand, and what it is used for (designs.SIDES).
PLACES = {
    **dict.fromkeys(SIGNATORIES, "signature"),
    **dict.fromkeys(LOGOS, "logo"),
    "background": "background",
}


def language_choices(first: Any) -> list[tuple[str, Any]]:
    """`az`, `az+en` …: one language, or a pair whose first leads; "" is said by `first`."""
    names = dict(settings.LANGUAGES)
    alone = [(code, names[code]) for code in names]
    pairs = [
        (f"{one}+{two}", f"{names[one]} + {names[two]}")
        for one in names
        for two in names
        if one != two
    ]
    return [("", first), *alone, *pairs]


def line(label: Any, longest: int, required: bool = False, filled: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        validators=[wording.check] if filled else [],
    )


class DesignForm(forms.Form):
    """Plain fields by a name that says where they belong, `az-completion-after`.

    `draft()` is what was typed in as a designs.Draft; pictures are kept before (`with_pictures`).
    """

    name = forms.CharField(label=_("Name of the design"), max_length=80)
    tiers = forms.MultipleChoiceField(
        label=_("Tiers it serves"),
        choices=Certificate.Tier.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    default_for = forms.MultipleChoiceField(
        label=_("Usual design, unless a training chooses another, for"),
        choices=Certificate.Tier.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    has_frame = forms.BooleanField(label=_("With frame and watermark"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self._add_words(code)
        for place in PLACES:
            self.fields[f"{place}-picture"] = forms.FileField(
                label=_("PNG or JPEG"), required=False
            )
            self.fields[f"{place}-kept"] = forms.IntegerField(
                required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput
            )
            self.fields[f"{place}-remove"] = forms.BooleanField(
                label=_("Without this picture"), required=False
            )

    def _add_words(self, code: str) -> None:
        self.fields[f"{code}-issuer"] = line(_("Issuer"), wording.ISSUER, True, True)
        for tier in TIERS:
            for part, longest in PARTS.items():
                name = f"{code}-{tier}-{part}"
                self.fields[name] = line(LABELS[part], longest, part == "heading", True)
        for place in SIGNATORIES:
            self.fields[f"{place}-{code}-name"] = line(_("Name"), designs.NAME)
            self.fields[f"{place}-{code}-post"] = line(_("Post"), designs.POST)
        for place in LOGOS:
            self.fields[f"{place}-{code}-name"] = line(_("Whose logo"), designs.LOGO_NAME)

    def tabs(self) -> Iterator[dict[str, Any]]:
        """What is written in each language, ready for the page."""
        for code, name in settings.LANGUAGES:
            yield {
                "code": code,
                "name": name,
                "wrong": any(code in field.split("-")[:2] for field in self.errors),
                "issuer": self[f"{code}-issuer"],
                "tiers": [
                    (label, [self[f"{code}-{tier}-{part}"] for part in PARTS])
                    for tier, label in Certificate.Tier.choices
                ],
                "signatories": [
                    (self[f"{place}-{code}-name"], self[f"{place}-{code}-post"])
                    for place in SIGNATORIES
                ],
                "logos": [self[f"{place}-{code}-name"] for place in LOGOS],
            }

    def choices(self) -> list[forms.BoundField]:
        return [self["tiers"], self["default_for"]]

    def pictures(self) -> Iterator[dict[str, Any]]:
        """Every place for a picture, with the one that stands there."""
        numbers = {place: str(self[f"{place}-kept"].value()) for place in PLACES}
        kept = DesignPicture.objects.in_bulk(
            {int(n[:9]) for n in numbers.values() if n.isdecimal()}
        )
        for place, number in numbers.items():
            picture = kept.get(int(number[:9])) if number.isdecimal() else None
            yield {
                "title": _title(place),
                "picture": self[f"{place}-picture"],
                "kept": self[f"{place}-kept"],
                "address": address(picture),
                "remove": self[f"{place}-remove"] if picture else None,
            }

    def clean(self) -> dict[str, Any]:
        """A design as a whole is judged where its parts are right."""
        super().clean()
        if not self.errors:
            try:
                designs.check(self.draft())
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return self.cleaned_data

    def draft(self) -> designs.Draft:
        return designs.Draft(
            texts={code: self._texts(code) for code in LANGUAGES},
            signatories=[each for place in SIGNATORIES for each in self._signed(place)],
            logos=[each for place in LOGOS for each in self._marked(place)],
            background=self._picture("background"),
            has_frame=self.cleaned_data["has_frame"],
        )

    def _texts(self, code: str) -> dict[str, Any]:
        said = self.cleaned_data
        tiers = {tier: {part: said[f"{code}-{tier}-{part}"] for part in PARTS} for tier in TIERS}
        return {"issuer": said[f"{code}-issuer"], **tiers}

    def _signed(self, place: str) -> list[designs.Signed]:
        names, posts = self._words(place, "name"), self._words(place, "post")
        signature = self._picture(place)
        if not any([*names.values(), *posts.values(), signature]):
            return []
        return [designs.Signed(names, posts, signature)]

    def _marked(self, place: str) -> list[designs.Marked]:
        names, picture = self._words(place, "name"), self._picture(place)
        if picture is None and any(names.values()):
            raise ValidationError(_("A logo needs its picture."), code="no_picture")
        return [designs.Marked(names, picture)] if picture else []

    def _words(self, place: str, part: str) -> dict[str, str]:
        return {code: self.cleaned_data[f"{place}-{code}-{part}"] for code in LANGUAGES}

    def _picture(self, place: str) -> DesignPicture | None:
        number = self.cleaned_data[f"{place}-kept"]
        return DesignPicture.objects.filter(pk=number).first() if number else None


def _title(place: str) -> str:
    if place == "background":
        return gettext("Background")
    said = gettext("Logo %(number)s") if place in LOGOS else gettext("Signature %(number)s")
    return said % {"number": place[-1]}


def with_pictures(data: Any, files: Any) -> DesignForm:
    """The form as sent; its pictures are kept first, so that looking at it loses none of them."""
    typed, wrong = data.copy(), {}
    for place, use in PLACES.items():
        if typed.get(f"{place}-remove"):
            typed[f"{place}-kept"] = ""
            typed.pop(f"{place}-remove")
        if upload := files.get(f"{place}-picture"):
            try:
                typed[f"{place}-kept"] = designs.keep_picture(upload, use).pk
            except ValidationError as refusal:
                wrong[f"{place}-picture"] = refusal
    form = DesignForm(typed)
    for field, why in wrong.items():
        form.add_error(field, why)
    return form
