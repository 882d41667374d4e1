from modeltranslation.translator import TranslationOptions, register

from trainings.models import (
    BankChoice,
    BankQuestion,
    Choice,
    ProgrammeItem,
    Question,
    Session,
    SurveyQuestion,
    Training,
)


@register(Training)
class TrainingTranslation(TranslationOptions):
    fields = ("title", "summary", "description", "city", "venue")
    required_languages = ("en",)


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("en",)


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("label", "help")
    required_languages = ("en",)


@register(Choice)
class ChoiceTranslation(TranslationOptions):
    fields = ("label",)
    required_languages = ("en",)


@register(ProgrammeItem)
class ProgrammeItemTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("en",)


@register(BankQuestion)
class BankQuestionTranslation(TranslationOptions):
    fields = ("text", "explanation")
    required_languages = ("en",)


@register(BankChoice)
class BankChoiceTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = ("en",)


@register(SurveyQuestion)
class SurveyQuestionTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = ("en",)
