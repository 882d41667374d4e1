from modeltranslation.translator import TranslationOptions, register

from curriculum.models import (
    Edition,
    LearningOutcome,
    Module,
    Objective,
    Principle,
    TargetGroup,
    Topic,
)


@register(Objective)
class ObjectiveTranslation(TranslationOptions):
    fields = ("title", "label")
    required_languages = ("en",)


@register(Principle)
class PrincipleTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("en",)


@register(Edition)
class EditionTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("en",)


@register(Module)
class ModuleTranslation(TranslationOptions):
    fields = ("title", "summary")
    required_languages = ("en",)


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("en",)


@register(LearningOutcome)
class LearningOutcomeTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = ("en",)


@register(TargetGroup)
class TargetGroupTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("en", "az", "ru")
