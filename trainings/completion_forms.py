"""Forms of the desk about completion and the end-of-training report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.models import CompletionRule, TrainingReport


class RuleForm(forms.ModelForm):
    class Meta:
        model = CompletionRule
        fields = [
            "tier",
            "percent",
            "minutes",
            "needs_post_test",
            "needs_evaluation",
            "needs_report",
            "or_participation",
            "trainer_months",
        ]


class ReportForm(forms.ModelForm):
    class Meta:
        model = TrainingReport
        fields = list(TrainingReport.SECTIONS)
        widgets = {name: forms.Textarea(attrs={"rows": 7}) for name in TrainingReport.SECTIONS}
        help_texts = {
            "course": _("Programme, trainers, methods, and what was changed on the way."),
            "results": _("What participants know and can do now; tests and evaluation in words."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TrainingReport.SECTIONS:
            self.fields[name].required = False
