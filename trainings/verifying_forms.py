"""The form of the public check by upload or paste."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rtcm.uploads import MEGABYTE
from trainings.reading import MOST_TEXT

MOST_BYTES = 5 * MEGABYTE


class VerifyForm(forms.Form):
    """`content` holds what was handed in, as bytes, once the form is valid."""

    file = forms.FileField(
        label=gettext_lazy("The certificate as a file"),
        help_text=gettext_lazy("A PDF or a JSON file, 5 MB at most. Nothing of it is kept."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.json,.jwt,.txt"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or its digital credential as text"),
        help_text=gettext_lazy("The whole text, from its first to its last character."),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.errors:
            return given
        if bool(given["file"]) == bool(given["text"]):
            raise ValidationError(_("Choose a file or paste a text: one of the two."))
        if given["file"] and given["file"].size > MOST_BYTES:
            raise ValidationError({"file": self.too_large()})
        self.content = given["file"].read() if given["file"] else given["text"].encode()
        return given

    @staticmethod
    def too_large() -> str:
        return _("The file is larger than %(size)s MB. Choose a smaller one.") % {
            "size": MOST_BYTES // MEGABYTE
        }
