"""The trail of a nomination: rows are only ever added."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainings.models.nomination import Nomination


class NominationStep(models.Model):
    """What was done with a nomination, by whom and why; a trigger refuses changes."""

    class Verb(models.TextChoices):
        ADD = "add", pgettext_lazy("nomination", "put on the list")
        CHANGE = "change", pgettext_lazy("nomination", "corrected")
        RANK = "rank", pgettext_lazy("nomination", "moved in the order")
        SEND = "send", pgettext_lazy("nomination", "sent to the centre")
        REMIND = "remind", pgettext_lazy("nomination", "letter sent again")
        CLAIM = "claim", pgettext_lazy("nomination", "the nominee followed the link")
        PAPER = "consent_on_paper", pgettext_lazy("nomination", "consent on paper attested")
        COMPLETE = "complete", pgettext_lazy("nomination", "application form filled in")
        ACCEPT = "accept", pgettext_lazy("nomination", "accepted")
        WAITLIST = "waitlist", pgettext_lazy("nomination", "put on the waiting list")
        RETURN = "return", pgettext_lazy("nomination", "returned by the centre")
        SAME = "same_person", pgettext_lazy("nomination", "recognised as a known person")
        CONFIRM = "confirm", pgettext_lazy("nomination", "seat confirmed by the focal point")
        DECLINE = "decline", pgettext_lazy("nomination", "seat declined by the focal point")
        REPLACE = "replace", pgettext_lazy("nomination", "replaced by another")
        STAND_IN = "stand_in", pgettext_lazy("nomination", "named in place of another")
        WITHDRAW = "withdraw", pgettext_lazy("nomination", "withdrawn")
        HAND_OVER = "hand_over", pgettext_lazy("nomination", "handed over to a successor")

    nomination = models.ForeignKey(
        Nomination, models.PROTECT, verbose_name=_("nomination"), related_name="steps"
    )
    verb = models.CharField(_("what was done"), max_length=20, choices=Verb)
    from_state = models.CharField(
        pgettext_lazy("state before", "from"),
        max_length=10,
        choices=Nomination.State,
        blank=True,
    )
    to_state = models.CharField(
        pgettext_lazy("state after", "to"), max_length=10, choices=Nomination.State
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("done by"),
        null=True,
        related_name="+",
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of a nomination")
        verbose_name_plural = _("steps of nominations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.from_state} → {self.to_state}"
