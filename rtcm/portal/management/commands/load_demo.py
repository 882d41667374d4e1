import random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from curriculum.demo import load_demo_modules
from experts.demo import load_demo_experts
from rtcm.portal.demo import (
    forms,
    imports,
    nominations,
    outreach,
    people,
    planning,
    selection,
    testing,
    trainings,
)
from rtcm.portal.figures import recount


class Command(BaseCommand):
    help = "Load the invented people and trainings of the demo, all flagged (harmless twice)."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PUBLIC:
            raise CommandError("This site is public: the demo's known passwords stay out of it.")
        chance = random.Random(2026)  # noqa: S311 - invented data, the same every time
        load_demo_modules()
        institutions = people.load_institutions()
        users = people.load_sign_in(institutions)
        named = {name: user.person for name, user in users.items() if user.person}
        load_demo_experts(named["dilara"])
        participants = people.load_participants(institutions, chance)
        added = trainings.load_trainings(participants, named, chance)
        planning.load_planning(users, participants)
        outreach.load_outreach(users)
        selection.load_selection(users)
        forms.load_forms(named, chance)
        testing.load_testing()
        imports.load_imports(participants, users)
        nominations.load_nominations(named["emil"])
        recount()
        self.stdout.write(f"{added} demo trainings added, {len(participants)} participants.")
