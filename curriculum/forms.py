from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from curriculum.models import Module


class ModuleForm(forms.ModelForm):
    """Primary objectives are required by the field; prerequisites must not go in a circle."""

    class Meta:
        model = Module
        fields = "__all__"  # noqa: DJ007 - the admin narrows the fields by permission

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            self.instance.check_prerequisites(cleaned.get("prerequisites") or [])
        except ValidationError as refusal:
            self.add_error("prerequisites", refusal)
        return cleaned
