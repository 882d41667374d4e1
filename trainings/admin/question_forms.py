"""The forms in which the desk words one question and the answers it offers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trainings.models import Choice, Question
from trainings.questions import free_key, refuse_unless_free

NEW_ROWS, MOST_CHOICES = 3, 40
# What people answered must keep its meaning, and its time of deletion.
FIXED_ONCE_ANSWERED = ("kind", "key", "asks_sensitive", "keep_days")
IN_ENGLISH, IN_EVERY = "label_en", ("label_en", "label_az", "label_ru")


class QuestionForm(forms.ModelForm):
    class Meta:
        model = Question
        fields = [
            *IN_EVERY,
            *("help_en", "help_az", "help_ru"),
            *("kind", "required", "shown_if", "asks_sensitive", "keep_days", "key"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.instance
        earlier = Choice.objects.filter(
            question__training=question.training, question__position__lt=question.position
        )
        rows = earlier.select_related("question").order_by("question__position", "position")
        conditions: Any = self.fields["shown_if"]
        conditions.queryset = rows
        conditions.label_from_instance = lambda choice: f"{choice.question.label} → {choice.label}"
        conditions.empty_label = _("Always")
        if question.answers.exists():
            for name in FIXED_ONCE_ANSWERED:
                self.fields[name].disabled = True

    def clean_key(self) -> str:
        key = self.cleaned_data["key"]
        others = self.instance.training.questions.exclude(pk=self.instance.pk)
        if others.filter(key=key).exists():
            raise ValidationError(_("This training has a question with this key already."))
        return str(key)


class ChoiceForm(forms.ModelForm):
    class Meta:
        model = Choice
        fields = list(IN_EVERY)


class BaseChoices(forms.BaseInlineFormSet):
    """New answers get a key made of their English words; those in use stay."""

    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk:
                refuse_unless_free(form.instance)
        question: Any = self.instance
        named = [form for form in self.forms if form.instance.pk or form.has_changed()]
        left = [form for form in named if form not in self.deleted_forms]
        if question.has_choices and len(left) < 2:
            raise ValidationError(_("Offer at least two answers."))

    def save(self, commit: bool = True) -> list[Any]:
        taken = {form.instance.key for form in self.initial_forms}
        position = max([form.instance.position for form in self.initial_forms], default=0)
        for form in self.extra_forms:
            if form.has_changed():
                position += 1
                form.instance.position = position
                form.instance.key = free_key(form.cleaned_data[IN_ENGLISH], taken)
                taken.add(form.instance.key)
        return super().save(commit)


ChoiceForms = forms.inlineformset_factory(
    Question,
    Choice,
    form=ChoiceForm,
    formset=BaseChoices,
    extra=NEW_ROWS,
    can_delete=True,
    max_num=MOST_CHOICES,
    validate_max=True,
)
