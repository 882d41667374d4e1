from modeltranslation.translator import TranslationOptions, register

from experts.models import Expert


@register(Expert)
class ExpertTranslation(TranslationOptions):
    # Experts write in the languages they have; submit() asks for a headline in at least one.
    fields = ("headline", "biography")
