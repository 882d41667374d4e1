"""What is filled in: people, experts, the library, trainings, applications, certificates."""

import io
import time
from datetime import date

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.utils import timezone

from curriculum.demo import load_demo_modules
from curriculum.models import Module
from experts.models import Expert, ExpertArea, ExpertLanguage
from library.models import Contributor, Item
from rtcm.accounts.models import Country, Institution, Person, PersonEmail, User
from rtcm.portal.figures import recount
from tests.benchmarks.events import applications, steps, trainings
from tests.benchmarks.filling import (
    OWN,
    in_each,
    multiply,
    prepare,
    relate,
    run,
    settle,
    some_country,
    some_name,
    some_text,
    table,
    without_indexes,
)
from tests.benchmarks.ground import say
from tests.benchmarks.scales import Scale
from tests.benchmarks.words import names, texts
from tests.benchmarks.works import library
from trainings.models import Application, Certificate, Session, Training, Transition

COMMANDS = ["load_countries", "load_gcm", "sync_roles", "load_library", "load_history"]
INSTITUTIONS = 300
APPLICANTS = 800  # people who can sign in; they come after the experts


def fill(scale: Scale) -> dict[str, float]:
    """Everything at this scale; returns how many seconds each step took."""
    rows = [start, people, applicants, experts, library, trainings, applications, steps]
    took = {}
    for step in [*rows, certificates, settled, figures]:
        began = time.monotonic()
        step(scale)
        took[step.__name__] = round(time.monotonic() - began, 1)
        say(f"  {step.__name__}: {took[step.__name__]} s")
    return took


def start(scale: Scale) -> None:
    """What every installation loads, and the texts that the rest is made of."""
    call_command("migrate", verbosity=0, interactive=False)
    for command in COMMANDS:
        call_command(command, stdout=io.StringIO())
    load_demo_modules()
    prepare()
    columns = (
        "title_en text, title_az text, title_ru text, en text, az text, ru text,"
        " folded_title text, folded text, sort_en text, sort_az text, sort_ru text"
    )
    table("bench_text", columns, texts(scale.texts))
    table("bench_name", "name text, key text, sort text", names(scale.names))
    table("bench_country", "value text", Country.objects.partners().values_list("iso2"))
    table("bench_module", "value bigint", Module.objects.order_by("pk").values_list("pk"))


def people(scale: Scale) -> None:
    office = Institution(kind=Institution.Kind.MIGRATION_AGENCY)
    names = in_each(name="'Migration Office No. ' || i")
    multiply(office, INSTITUTIONS, country_id=some_country(), **names)
    with without_indexes(Person, PersonEmail):
        multiply(
            Person(language="az", post="Adviser"),
            scale.people,
            some_name(scale.names),
            full_name="n.name",
            name_search="n.key",
            name_sort="n.sort",
            country_id=some_country(),
            institution_id=f"{OWN} + 1 + i % {INSTITUTIONS}",
        )
        address = {"email": "'person' || i || '@example.org'", "person_id": f"i + {OWN}"}
        multiply(PersonEmail(verified_at=timezone.now()), scale.people, **address)


def applicants(scale: Scale) -> None:
    multiply(
        User(password=make_password(None), language="az"),
        APPLICANTS,
        email=f"'person' || {scale.experts} + i || '@example.org'",
        person_id=f"{OWN} + {scale.experts} + i",
    )


def experts(scale: Scale) -> None:
    modes = ["online", "in_person"]
    with without_indexes(Expert, ExpertArea, ExpertLanguage):
        multiply(
            Expert(state=Expert.State.PUBLISHED, published_at=timezone.now(), modes=modes),
            scale.experts,
            some_text(scale.texts),
            slug="'expert-' || i",
            person_id=f"i + {OWN}",
            headline="t.title_en",
            headline_en="t.title_en",
            headline_az="t.title_az",
            biography="t.en",
            biography_en="t.en",
            biography_az="t.az",
            folded_headline="t.folded_title",
        )
        knowledge(scale.experts)
    relate(Expert.countries.through, scale.experts, f"i + {OWN}", some_country())


def knowledge(experts: int) -> None:
    """Two objectives and two languages each."""
    for place, objective in enumerate(["i % 24", "(i + 1 + i % 10) % 24"]):
        own = {"id": f"{OWN} + 2 * i + {place}", "expert_id": f"i + {OWN}"}
        multiply(ExpertArea(years=9), experts, **own, objective_id=objective)
        code = ["'az'", "'en'"][place]
        multiply(ExpertLanguage(level="C1", can_train=True), experts, **own, code=code)


def certificates(scale: Scale) -> None:
    """For the first who attended; the others get theirs while the pipeline is measured."""
    texts_ = {code: {"title": "A training of old", "place": "Baku"} for code in ("en", "az", "ru")}
    certificate = Certificate(
        language="az",
        texts=texts_,
        starts_on=date(2020, 3, 2),
        ends_on=date(2020, 3, 4),
        issued_on=date(2020, 3, 9),
        hours=16,
        objectives=[8, 11],
    )
    attended = "SELECT id, row_number() OVER (ORDER BY id) AS place FROM trainings_application"
    multiply(
        certificate,
        scale.certificates,
        f"JOIN ({attended} WHERE state = 'attended') a ON a.place = i",
        application_id="a.id",
        number="'RTCM-2020-' || lpad(i::text, 7, '0')",
        # Without the letters and digits that people mix up.
        code="translate(upper(left(md5(i::text), 27)), '01', 'XY')",
        holder="'Participant No. ' || i",
    )


def settled(scale: Scale) -> None:
    run("SET session_replication_role = DEFAULT")
    run("RESET synchronous_commit")
    settle(
        [
            *(Institution, Person, PersonEmail, User, Expert, ExpertArea, ExpertLanguage, Item),
            *(Contributor, Training, Session, Application, Transition, Certificate),
        ]
    )


def figures(scale: Scale) -> None:
    """As the reconciler does every ten minutes."""
    recount()
