"""What a focal point says of a nominee, typed into a form or read from a row of a table."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from rtcm.accounts.models import FocalPoint, Institution, Person
from rtcm.accounts.models.people import LATIN_NAME, is_latin
from rtcm.languages import NAMES, language_choices, language_name
from trainings.models import Training


class NomineeForm(forms.Form):
    """A country's focal point also says from which institution somebody comes."""

    full_name = forms.CharField(
        label=_("Full name"), help_text=_("As in the passport."), max_length=200
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Leave it empty if there is none; you then fill in the form yourself."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    institution: Any = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.none(), required=False
    )
    post = forms.CharField(label=_("Post"), max_length=200)
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[("", _("Not said")), *Person.Sex.choices],
        required=False,
    )
    understands = forms.MultipleChoiceField(
        label=_("Languages understood"),
        error_messages={"required": _("Choose at least one language.")},
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Why this person; the centre reads it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, focal_point: FocalPoint, training: Training, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        if focal_point.institution_id:
            del self.fields["institution"]
        else:
            places: Any = self.fields["institution"]
            places.queryset = institutions_of(focal_point)
        spoken: Any = self.fields["understands"]
        spoken.choices = [(code, language_name(code)) for code in usual_languages(training)]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class RowForm(NomineeForm):
    """The same said in a row, where any language of the world may stand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken: Any = self.fields["understands"]
        spoken.choices = language_choices()


class ReplacementForm(NomineeForm):
    """Somebody else in the same place: why, and for somebody without an address the consent."""

    WHY = (
        ("illness", _("Illness")),
        ("visa", _("Visa refused")),
        ("duty", _("Duty at the institution")),
        ("other", _("Another reason")),
    )
    why = forms.ChoiceField(label=_("Why is somebody else to come?"), choices=WHY)
    details = forms.CharField(label=_("Details"), max_length=300, required=False)
    certificate_name = forms.CharField(
        label=_("Name on the certificate"),
        help_text=_("In Latin letters, if the full name is written in others."),
        max_length=200,
        required=False,
        validators=[LATIN_NAME],
    )
    attested = forms.BooleanField(
        label=_("Without an e-mail address: the consent is signed on paper and I keep it."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["why", "details"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name = cleaned.get("full_name", "")
        if name and not is_latin(name) and not cleaned.get("certificate_name"):
            self.add_error("certificate_name", LATIN_NAME.message)
        return cleaned

    @property
    def reason(self) -> str:
        said = str(dict(self.WHY)[self.cleaned_data["why"]])
        details = self.cleaned_data["details"].strip()
        return f"{said}: {details}" if details else said


class PaperForm(forms.Form):
    """What the focal point adds for somebody without an address."""

    certificate_name = ReplacementForm.base_fields["certificate_name"]
    attested = forms.BooleanField(
        label=_(
            "This person has read the text below, agrees, and has signed it on paper. I keep the "
            "paper and give it to the centre on request."
        )
    )

    def __init__(self, *args: Any, full_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["certificate_name"].required = not is_latin(full_name)


class LetterForm(forms.Form):
    letter = forms.FileField(
        label=_("Signed letter"),
        help_text=_("PDF, JPEG or PNG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        max_length=255,
    )


class TableForm(forms.Form):
    table = forms.FileField(
        label=_("Table of nominees"),
        help_text=_("XLSX or CSV, one row for each nominee."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=255,
    )


class SuccessorForm(forms.Form):
    name = forms.CharField(label=_("Successor's name"), max_length=200)
    email = forms.EmailField(
        label=_("Successor's e-mail address"),
        help_text=_("They get a letter with a link that works for 30 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def usual_languages(training: Training) -> list[str]:
    """Those of the portal and those of this training, each once."""
    codes = [code for code, _name in settings.LANGUAGES]
    spoken = [*codes, *training.working_languages, *training.interpretation_languages]
    return [code for code in dict.fromkeys(spoken) if code in NAMES]


def institutions_of(focal_point: FocalPoint) -> Any:
    return Institution.objects.standing().filter(country=focal_point.country_id)
