"""The demo's selection: quotas, an invitation and reviewers' notes at one coming training."""

from datetime import timedelta

from django.utils import timezone

from rtcm.accounts.models import Country, Institution, User
from trainings.models import Invitation, Quota, ReviewNote, Training

SLUG = "training-of-trainers-regional-curriculum"
GUEST = "guest@example.org"
CAPPED = {"AZ": 6, "GE": 4}
KEPT = 3  # seats for civil society
WOMEN = 50
NOTES = [
    "Has trained colleagues before; good references.",
    "Strong motivation, but little time in the post.",
    "Would complete the team of the region.",
]


def load_selection(users: dict[str, User]) -> None:
    """Harmless twice."""
    training = Training.objects.filter(slug=SLUG, is_demo=True).first()
    if training is None or training.quotas.exists():
        return
    Training.objects.filter(pk=training.pk).update(women_target=WOMEN)
    for country in Country.objects.filter(pk__in=CAPPED):
        Quota.objects.create(training=training, country=country, number=CAPPED[country.pk])
    kind = Institution.Kind.CIVIL_SOCIETY
    bound = Quota.Bound.AT_LEAST
    Quota.objects.create(training=training, bound=bound, number=KEPT, institution_kind=kind)
    clara = users.get("clara")
    for application, text in zip(training.applications.order_by("pk"), NOTES, strict=False):
        ReviewNote.objects.create(application=application, by=clara, text=text)
    Invitation.objects.create(
        training=training,
        name="Invited Guest",
        email=GUEST,
        expires_at=timezone.now() + timedelta(days=14),
        invited_by=clara,
    )
