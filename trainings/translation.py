from modeltranslation.translator import TranslationOptions, register

from trainings.models import Session, Training


@register(Training)
class TrainingTranslation(TranslationOptions):
    fields = ("title", "summary", "description", "city", "venue")
    required_languages = ("en",)


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("en",)
