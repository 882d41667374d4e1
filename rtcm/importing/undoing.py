"""Taking back what one row created: exactly that, and nothing that has since been used."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from rtcm.importing.models import ImportRow

# Rows that speak of somebody without using them.
SILENT = {"accounts.PersonalDataRead", "importing.ImportRow"}


def take_back(row: ImportRow) -> list[str]:
    """Deletes what the row created, the newest first; returns a sentence for each thing kept."""
    kept = []
    for label, pk in reversed(row.created):
        made = apps.get_model(label)._default_manager.filter(pk=pk).first()
        if made and (why := _why_kept(made, row.made_at) or _delete(made)):
            kept.append(
                _("%(what)s “%(name)s” stays: %(why)s")
                % {"what": made._meta.verbose_name, "name": made, "why": why}
            )
    return kept


def _why_kept(made: models.Model, made_at: datetime | None) -> str:
    changed_at = getattr(made, "updated_at", None)
    if changed_at and made_at and changed_at > made_at:
        return _("it was changed since")
    if users := _users(made):
        return _("it is used since: %(users)s") % {"users": ", ".join(sorted(users))}
    return ""


def _users(made: models.Model) -> set[str]:
    """Names of the kinds of rows that point to this one."""
    relations: list[Any] = list(made._meta.get_fields(include_hidden=True))
    return {
        str(relation.related_model._meta.verbose_name_plural)
        for relation in relations
        if _may_use(relation)
        and relation.related_model._base_manager.filter(**{relation.field.name: made.pk}).exists()
    }


def _may_use(relation: Any) -> bool:
    if not (relation.auto_created and relation.is_relation and not relation.concrete):
        return False
    model = relation.related_model
    return not model._meta.auto_created and model._meta.label not in SILENT


def _delete(made: models.Model) -> str:
    try:
        with transaction.atomic():
            made.delete()
    except (ProtectedError, RestrictedError, IntegrityError):
        return _("something else needs it")
    return ""
