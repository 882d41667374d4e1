"""The ledger: what must be true after every fault, whatever the fault was.

One function, `check`, called when the fault is over and its time to heal has passed. Its letters
are those of the promises: (a) applications, (b) seats, (c) jobs, (d) letters, (e) certificates.
What a client saw, (f) and (g), is checked where there is one; (h) holds when nobody intervened.
"""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, F, Q

from rtcm.jobs.models import Job, Message
from tests.smtp_sink import Sink
from trainings.models import Application, Certificate, Quota, Training, place_of


def check(
    *,
    accepted: Collection[UUID] = (),
    refused: Collection[UUID] = (),
    sink: Sink | None = None,
    failed: Collection[str] = (),
) -> None:
    """`accepted`, `refused`: form tokens of applications as the clients saw them answered.

    `sink`: the mail server that took the letters. `failed`: dedupe keys of the jobs that were
    meant to fail; any other failed job is a broken promise.
    """
    applications(accepted, refused)
    seats()
    jobs(failed)
    letters(sink)
    certificates()


def applications(accepted: Collection[UUID], refused: Collection[UUID]) -> None:
    """(a) every application that was seen accepted exists, every one refused does not."""
    existing = set(Application.objects.values_list("token", flat=True))
    assert set(accepted) - existing == set()
    assert set(refused) & existing == set()


def seats() -> None:
    """(b) nobody sits on a seat that is not there, and nobody twice."""
    seated = Count("applications", filter=Q(applications__seat_number__isnull=False))
    oversold = Training.objects.annotate(seated=seated).filter(seated__gt=F("capacity"))
    assert list(oversold) == []
    assert over_quota() == []
    live = Application.objects.exclude(state__in=Application.ENDED)
    per_person = live.values("training", "person").annotate(n=Count("pk"))
    assert list(per_person.filter(n__gt=1)) == []


def over_quota() -> list[str]:
    """“At most” quotas that more people sit on than they say (nobody lowered one)."""
    found = []
    for quota in Quota.objects.filter(bound=Quota.Bound.AT_MOST):
        seated = quota.training.applications.seated().select_related("institution")
        if sum(quota.covers(place_of(it)) for it in seated) > quota.number:
            found.append(f"{quota.training}: {quota}")
    return found


def jobs(failed: Collection[str]) -> None:
    """(c) every owed job is done or visibly failed, and only those failed that had to."""
    unfinished = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
    assert list(unfinished.values_list("dedupe_key", "state", "attempts", "last_error")) == []
    assert set(Job.objects.failed().values_list("dedupe_key", flat=True)) == set(failed)
    assert not Job.objects.failed().filter(last_error="").exists()


def letters(sink: Sink | None) -> None:
    """(d) one letter per dedupe key; a second copy only where the letter says so itself."""
    assert not Message.objects.owed().exists()
    owing = {f"mail:{key}" for key in Message.objects.values_list("dedupe_key", flat=True)}
    assert owing == set(Job.objects.filter(kind="mail").values_list("dedupe_key", flat=True))
    if sink is None:
        return
    copies = Counter(sink.message_ids())
    for letter in Message.objects.all():
        arrived = copies.pop(letter.message_id, 0)
        if letter.state == Message.State.SENT:
            assert arrived == 1 or (arrived >= 1 and letter.possible_duplicate), letter
        elif letter.state == Message.State.FAILED:
            assert arrived == 0 or letter.possible_duplicate, letter
    assert copies == Counter()


def certificates() -> None:
    """(e) one valid certificate per application and tier; a document made has one hash."""
    valid = Certificate.objects.filter(state=Certificate.State.VALID)
    doubled = valid.values("application", "tier").annotate(n=Count("pk")).filter(n__gt=1)
    assert list(doubled) == []
    numbers = Certificate.objects.values("number").annotate(n=Count("pk")).filter(n__gt=1)
    assert list(numbers) == []
    made = Certificate.objects.exclude(path="")
    assert not made.filter(sha256="").exists()
    paths = made.values("path").annotate(hashes=Count("sha256", distinct=True))
    assert list(paths.filter(hashes__gt=1)) == []
