"""The demo's nominations: a quota, and a short list of one focal point in several states.

Rows are written directly; no letter is owed for them. They hang on a demo training.
"""

from rtcm.accounts.models import FocalPoint, Person
from trainings.models import Nomination, NominationLetter, NominationStep, Quota, Training

SLUG = "consular-protection-of-citizens-abroad"
PEOPLE = [
    ("Nərgiz Bağırlı", "nargiz@example.org", "Konsulluq idarəsinin baş mütəxəssisi", "sent", ""),
    ("Tural Səmədzadə", "tural@example.org", "Şöbə müdiri", "sent", ""),
    (
        "Lalə Mirzəyeva",
        "",
        "Aparıcı məsləhətçi",
        "returned",
        "Məktubda vəzifə başqa cür yazılıb.",
    ),
    ("Kamran İsgəndərli", "kamran@example.org", "Mütəxəssis", "draft", ""),
]


def load_nominations(focal: Person) -> None:
    """A second call adds nothing."""
    training = Training.objects.filter(slug=SLUG, is_demo=True).first()
    mandate = FocalPoint.objects.filter(person=focal).first()
    if training is None or mandate is None or training.nominations.exists():
        return
    Quota.objects.get_or_create(training=training, country_id="AZ", bound="at_most", number=4)
    for rank, (name, email, post, state, reason) in enumerate(PEOPLE, start=1):
        nomination = Nomination.objects.create(
            training=training,
            focal_point=mandate,
            country_id=mandate.country_id,
            institution_id=mandate.institution_id,
            full_name=name,
            email=email,
            post=post,
            understands=["az", "en"],
            rank=rank,
            state=state,
            reason=reason,
        )
        NominationStep.objects.create(nomination=nomination, verb="add", to_state="draft")


def wipe_nominations() -> None:
    """What hangs on the demo's trainings, with the letters uploaded while trying it out."""
    rows = Nomination.objects.filter(training__is_demo=True)
    NominationStep.objects.filter(nomination__in=rows).delete()
    rows.update(replaced_by=None)
    rows.delete()
    letters = NominationLetter.objects.filter(training__is_demo=True)
    for letter in letters:
        letter.file.delete(save=False)
    letters.delete()
