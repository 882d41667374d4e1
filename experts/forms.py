"""The profile as its expert edits it: one form and three lists."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.forms import inlineformset_factory
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from experts.models import (
    DEFAULT_VISIBILITY,
    Availability,
    Expert,
    ExpertArea,
    ExpertLanguage,
    Visibility,
)
from experts.models.visibility import FIELD_LABELS
from experts.photos import clean_photo
from rtcm.languages import language_choices

HEADLINES = [build_localized_fieldname("headline", code) for code in AVAILABLE_LANGUAGES]
BIOGRAPHIES = [build_localized_fieldname("biography", code) for code in AVAILABLE_LANGUAGES]
PREFIX = "visibility_"


class ExpertForm(forms.ModelForm):
    """Words in each language, photo, ways of training, and who sees what."""

    modes = forms.MultipleChoiceField(
        label=_("Ways of training"),
        required=False,
        choices=Expert.Mode.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    new_photo = forms.FileField(
        label=_("New photo"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 5 MB. We make it small and remove hidden data."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_photo = forms.BooleanField(label=_("Remove my photo"), required=False)

    class Meta:
        model = Expert
        fields = [*HEADLINES, *BIOGRAPHIES, "orcid", "modes", "countries"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries: Any = self.fields["countries"]
        places = countries.queryset.alphabetical()
        countries.choices = [(place.pk, place.name) for place in places]
        chosen = {**DEFAULT_VISIBILITY, **self.instance.visibility}
        for name, label in FIELD_LABELS.items():
            self.fields[PREFIX + name] = forms.ChoiceField(
                label=label, choices=Visibility.choices, initial=chosen[name]
            )
        if not self.instance.photo:
            del self.fields["remove_photo"]

    @property
    def visibility_fields(self) -> list[forms.BoundField]:
        return [self[PREFIX + name] for name in FIELD_LABELS]

    @property
    def content_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith(PREFIX)]

    def clean_new_photo(self) -> ContentFile | None:
        upload = self.cleaned_data.get("new_photo")
        return clean_photo(upload) if upload else None

    def save(self, commit: bool = True) -> Expert:
        self.instance.visibility = {name: self.cleaned_data[PREFIX + name] for name in FIELD_LABELS}
        if photo := self.cleaned_data.get("new_photo"):
            self.instance.photo = photo
        elif self.cleaned_data.get("remove_photo"):
            self.instance.photo = ""
        return super().save(commit)


class LanguageForm(forms.ModelForm):
    code = forms.ChoiceField(label=_("Language"))

    class Meta:
        model = ExpertLanguage
        fields = ["code", "level", "can_train"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a language")),
            *language_choices(),
        ]


class PeriodForm(forms.ModelForm):
    class Meta:
        model = Availability
        fields = ["starts_on", "ends_on", "kind"]
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


AreaFormSet = inlineformset_factory(
    Expert, ExpertArea, fields=["objective", "level", "years"], extra=2, max_num=24
)
LanguageFormSet = inlineformset_factory(
    Expert, ExpertLanguage, form=LanguageForm, extra=2, max_num=15
)
PeriodFormSet = inlineformset_factory(Expert, Availability, form=PeriodForm, extra=1, max_num=20)


class ProfileForms:
    """The form and its lists, checked and saved together."""

    def __init__(self, request: HttpRequest, expert: Expert) -> None:
        sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
        given: dict[str, Any] = {"instance": expert, **sent}
        self.main = ExpertForm(**given)
        self.areas = AreaFormSet(prefix="areas", **given)
        self.languages = LanguageFormSet(prefix="languages", **given)
        self.periods = PeriodFormSet(prefix="periods", **given)

    @property
    def lists(self) -> list[Any]:
        return [self.areas, self.languages, self.periods]

    def are_valid(self) -> bool:
        answers = [form.is_valid() for form in [self.main, *self.lists]]  # all asked, then judged
        return all(answers)

    @property
    def wrong_fields(self) -> list[forms.BoundField]:
        """Every field with an error, wherever it stands, for one summary."""
        rows = [row for formset in self.lists for row in formset.forms]
        return [field for form in [self.main, *rows] for field in form if field.errors]

    @property
    def wrong_lists(self) -> list[str]:
        """What is wrong with a whole list or row, such as the same language twice."""
        rows = [row for formset in self.lists for row in formset.forms]
        said = [form.non_field_errors() for form in [self.main, *rows]]
        whole = [formset.non_form_errors() for formset in self.lists]
        return [str(error) for errors in [*said, *whole] for error in errors]

    def save(self) -> Expert:
        expert = self.main.save()
        for rows in self.lists:
            rows.instance = expert
            rows.save()
        return expert
