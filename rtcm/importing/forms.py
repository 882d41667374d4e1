from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rtcm.importing.kinds import Kind


class UploadForm(forms.Form):
    """A table of one kind, and what it belongs to where that kind asks it."""

    subject = forms.TypedChoiceField(coerce=int, empty_value=None)
    table = forms.FileField(
        label=_("Table (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        kwargs["prefix"] = kind.name
        super().__init__(*args, **kwargs)
        if not kind.has_subject:
            del self.fields["subject"]
            return
        subject: Any = self.fields["subject"]
        subject.label = kind.subject_title
        subject.choices = [
            ("", _("Choose")),
            *((each.pk, _named(each)) for each in kind.subjects()),
        ]


def _named(subject: Any) -> str:
    start = getattr(subject, "starts_on", None)
    return f"{start:%Y-%m} · {subject}" if start else str(subject)
