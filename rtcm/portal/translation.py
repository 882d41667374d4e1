from modeltranslation.translator import TranslationOptions, register

from rtcm.portal.models import PublishedFigure


@register(PublishedFigure)
class PublishedFigureTranslation(TranslationOptions):
    fields = ("label", "value")
    required_languages = ("az", "en", "ru")
