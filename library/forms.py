from typing import Any

from django import forms

from library.models import Item
from rtcm.languages import language_choices


class ItemForm(forms.ModelForm):
    """The languages of a work are chosen by name."""

    languages = forms.MultipleChoiceField(label=Item._meta.get_field("languages").verbose_name)

    class Meta:
        model = Item
        fields = "__all__"  # noqa: DJ007 - the admin narrows the fields by permission

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "languages" in self.fields:
            self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]
