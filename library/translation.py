from modeltranslation.translator import TranslationOptions, register

from library.models import Collection, Item


@register(Item)
class ItemTranslation(TranslationOptions):
    # No language is required of a work: a constraint asks for a title in at least one.
    fields = ("title", "abstract", "title_sort")


@register(Collection)
class CollectionTranslation(TranslationOptions):
    fields = ("title", "summary")
    required_languages = ("en",)
