from modeltranslation.translator import TranslationOptions, register

from rtcm.accounts.models import Country, Institution


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ("name", "footnote")
    required_languages = ("en", "az", "ru")


@register(Institution)
class InstitutionTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("en",)
