"""Every letter we owe, with its exact text.

A letter is sent once. The only thing that can make a second copy is a connection that breaks
after DATA: nobody knows then whether the server took the letter. So the moment before DATA is
written down (`handed_over_at`), the copy carries the same Message-ID, and `possible_duplicate`
says so. A letter that must never come twice (`once`) is left `unknown` for staff instead.
"""

from typing import Any, Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Concat, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rtcm.jobs.models.job import ERROR_LENGTH, Job, LeaseLost

HAND_OVER = """
    UPDATE jobs_message SET handed_over_at = statement_timestamp()
    WHERE id = %(letter)s AND state = 'owed' AND handed_over_at IS NULL AND EXISTS (
        SELECT FROM jobs_job
        WHERE id = %(job)s AND state = 'running' AND lease_owner = %(owner)s
    )
"""


class MessageQuerySet(models.QuerySet["Message"]):
    def owed(self) -> Self:
        return self.filter(state=Message.State.OWED)

    def failed(self) -> Self:
        return self.filter(state__in=[Message.State.FAILED, Message.State.UNKNOWN])

    def settle(self) -> int:
        """A letter whose job failed without a word (its worker died each time) has failed too."""
        key = Concat(Value("mail:"), OuterRef("dedupe_key"))
        lost = self.owed().filter(Exists(Job.objects.failed().filter(dedupe_key=key)))
        return lost.update(
            state=Case(
                When(handed_over_at=None, then=Value(Message.State.FAILED)),
                default=Value(Message.State.UNKNOWN),
            ),
            error="The worker stopped each time.",
        )


class Message(models.Model):
    class State(models.TextChoices):
        OWED = "owed", _("owed")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        UNKNOWN = "unknown", _("unknown")

    kind = models.CharField(_("letter"), max_length=60)
    dedupe_key = models.CharField(_("dedupe key"), max_length=190, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters",
    )
    to = models.EmailField(pgettext_lazy("of a letter", "to"))
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=250)
    body_text = models.TextField(_("text"))
    body_html = models.TextField(_("HTML"), blank=True)
    masked = models.BooleanField(_("secrets masked"), default=False)
    secret = models.TextField(_("full text, encrypted until sent"), blank=True, editable=False)
    once = models.BooleanField(_("never twice"), default=False)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.OWED, editable=False
    )
    possible_duplicate = models.BooleanField(_("possible duplicate"), default=False)
    error = models.TextField(_("error"), blank=True, editable=False)
    created_at = models.DateTimeField(_("written"), db_default=Now(), editable=False)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("retry_message", _("Can send failed letters again"))]
        constraints = [
            models.CheckConstraint(
                name="message_state_known",
                condition=Q(state__in=["owed", "sent", "failed", "unknown"]),
            ),
            models.CheckConstraint(
                name="message_sent_at_when_sent",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_secret_gone_once_sent", condition=~Q(state="sent") | Q(secret="")
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], name="message_unsent", condition=~Q(state="sent")),
            models.Index(fields=["created_at"], name="message_secrets", condition=~Q(secret="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.to}"

    @property
    def job(self) -> Job | None:
        return Job.objects.filter(dedupe_key=f"mail:{self.dedupe_key}").first()

    def retry(self) -> bool:
        """Staff ask for another attempt at a letter that failed."""
        job = self.job
        return job is not None and job.retry()

    def hand_over(self, job: Job) -> None:
        """From here on a copy may exist. Refused when the lease or the letter is in other hands."""
        with connection.cursor() as cursor:
            cursor.execute(HAND_OVER, {"letter": self.pk, "job": job.pk, "owner": job.lease_owner})
            if not cursor.rowcount:
                raise LeaseLost(f"Letter {self.pk} is in other hands.")
        self.handed_over_at = timezone.now()

    def take_back(self, job: Job, error: str) -> None:
        """The server said no: no copy exists, and the next attempt is as good as the first."""
        self._note(job, handed_over_at=None, error=error)
        self.handed_over_at = None

    def note_error(self, job: Job, error: str) -> None:
        self._note(job, error=error)

    def note_possible_duplicate(self, job: Job) -> None:
        """The attempt before this one may have delivered; this one starts afresh, and marked."""
        self._note(job, possible_duplicate=True, handed_over_at=None)
        self.handed_over_at = None

    def fail(self, job: Job, error: str) -> None:
        self._note(job, state=Message.State.FAILED, error=error)

    def leave_unknown(self, job: Job, error: str) -> None:
        self._note(job, state=Message.State.UNKNOWN, error=error)

    def note_sent(self) -> None:
        """Written even when the lease is gone by now: the server has said that it took it."""
        sent = {"state": Message.State.SENT, "sent_at": Now(), "secret": "", "error": ""}
        Message.objects.filter(pk=self.pk).exclude(state=Message.State.SENT).update(**sent)

    def reopen(self) -> None:
        """Staff asked for another attempt. After an unknown end that may be a second copy."""
        again = Message.objects.failed().filter(pk=self.pk)
        again.filter(state=Message.State.UNKNOWN).update(possible_duplicate=True)
        again.update(state=Message.State.OWED, handed_over_at=None, error="")
        self.refresh_from_db()

    def _note(self, job: Job, *, error: str | None = None, **changes: Any) -> None:
        if error is not None:
            changes["error"] = error[:ERROR_LENGTH]
        self._as_holder(job).update(**changes)

    def _as_holder(self, job: Job) -> MessageQuerySet:
        """This letter, as long as it is owed and the job is still ours."""
        held = Job.objects.filter(pk=job.pk, lease_owner=job.lease_owner, state=Job.State.RUNNING)
        return Message.objects.owed().filter(Exists(held), pk=self.pk)
