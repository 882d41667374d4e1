"""Every column of ours is classified, and nothing is classified that is no column."""

from django.apps import apps
from django.conf import settings

from rtcm.portal.data_map import WHOLE

OURS = {"accounts", "curriculum", "experts", "importing", "jobs", "library", "portal", "trainings"}


def columns(model) -> set[str]:
    """The columns of a model, its translations counted as the field they belong to."""
    names = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}
    endings = [f"_{code}" for code, _name in settings.LANGUAGES]
    return {
        name
        for name in names
        if not any(name.endswith(end) and name.removesuffix(end) in names for end in endings)
    }


def test_every_column_is_classified():
    real = {
        model._meta.label: columns(model)
        for model in apps.get_models()
        if model._meta.app_label in OURS
    }

    assert {label: set(fields) for label, fields in WHOLE.items()} == real
