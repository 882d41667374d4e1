"""Staff may word a letter themselves.

Their text is never a Django template: only the placeholders of the letter's own file are filled
in, in one pass, so that nothing written by staff or by a participant reaches any further.
"""

import re
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.template import Template, TemplateDoesNotExist, engines
from django.utils.translation import gettext_lazy as _

KIND = re.compile(r"[a-z_]+/[a-z_]+")
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class LetterTemplate(models.Model):
    kind = models.CharField(_("letter"), max_length=60)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("wording of a letter")
        verbose_name_plural = _("wordings of letters")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"],
                name="letter_template_one_wording",
                violation_error_message=_("This letter already has a wording in this language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"

    def clean(self) -> None:
        if not source(self.kind):
            raise ValidationError({"kind": _("There is no such letter.")})
        for field in ("subject", "body"):
            self._check_placeholders(field)

    def _check_placeholders(self, field: str) -> None:
        known = placeholders(self.kind)
        unknown = sorted(set(PLACEHOLDER.findall(getattr(self, field))) - set(known))
        if unknown:
            text = _("This letter has no placeholder %(unknown)s. It has: %(known)s.")
            names = {"unknown": braced(unknown), "known": braced(known)}
            raise ValidationError({field: ValidationError(text, "unknown_placeholder", names)})

    def filled(self, context: dict[str, Any]) -> str:
        """The letter as its file would give it. KeyError when the context lacks a placeholder."""

        def value(found: re.Match[str]) -> str:
            return str(context[found[1]])

        return f"Subject: {PLACEHOLDER.sub(value, self.subject)}\n\n" + PLACEHOLDER.sub(
            value, self.body
        )


def braced(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names) or "–"


def placeholders(kind: str) -> list[str]:
    """Every plain `{{ name }}` of the letter's file; dotted and filtered ones stay ours."""
    return sorted(set(VARIABLE.findall(source(kind))))


def source(kind: str) -> str:
    """The text of the letter's file, or nothing when there is no such letter."""
    if not KIND.fullmatch(kind):
        return ""
    try:
        return letter_file(kind).source
    except TemplateDoesNotExist:
        return ""


def letter_file(kind: str) -> Template:
    return cast(Template, engines["django"].get_template(f"emails/{kind}.txt").template)  # type: ignore[attr-defined]


def letter_kinds() -> list[str]:
    """All letters there are: templates/emails/<app>/<letter>.txt."""
    folder = settings.BASE_DIR / "templates" / "emails"
    return sorted(
        path.relative_to(folder).with_suffix("").as_posix() for path in folder.glob("*/*.txt")
    )
