"""The pages: where they are, and who looks at them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import LocalePrefixPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from library.models import File, Item
from rtcm.importing.models import Import
from tests import make
from tests.browser import nominees as desk
from tests.browser.exams import (
    answered_evaluation,
    begun_exam,
    closed_evaluation,
    closed_exam,
    evaluation,
    exam,
    room_of_exam,
    room_of_exams,
    room_of_surveys,
    supervisors_evaluation,
)
from tests.browser.outreach import (
    COACHES,
    call,
    coached,
    interpreted,
    listed_alumna,
    official_letter,
    roll_out,
)
from tests.making.attendance import seated, session_now
from trainings.models import (
    Application,
    Certificate,
    Question,
    Training,
)


@dataclass(frozen=True)
class Place:
    name: str  # of the address
    who: str = ""
    rows: Sequence[Any] | Callable[[], Sequence[Any]] = ()
    query: str = ""
    status: int = 200
    fresh: bool = False  # asks for the password again when one signed in a while ago

    def __str__(self) -> str:
        return " ".join(filter(None, [self.name, self.query, self.who]))

    @property
    def ours(self) -> bool:
        """allauth calls some pages alike: signing in with a password and with a code."""
        return ":" in self.name

    def path(self, language: str) -> str:
        rows = self.rows() if callable(self.rows) else self.rows
        with translation.override(language):
            return reverse(self.name, args=rows) + (f"?{self.query}" if self.query else "")


def certificate() -> list[str]:
    return [Certificate.objects.get(application__person__user__email="amina@example.org").code]


def seat() -> list[int]:
    """Amina's in the residential training of the demo."""
    own = Application.objects.filter(person__user__email="amina@example.org", state="confirmed")
    return [own.get(training__is_residential=True).pk]


def library_item() -> list[str]:
    return [Item.objects.published().order_by("pk").first().slug]


def refused_item() -> list[str]:
    return [File.objects.get(pk=refused_file()[0]).item.slug]


def refused_file() -> list[int]:
    return [make.file(make.item("RTCM 2026", access="network")).pk]


def historic_event() -> list[str]:
    return [Training.objects.filter(is_historic=True).earliest("pk").slug]


def old_list() -> list[int]:
    return [Import.objects.earliest("pk").pk]


def namesakes() -> list[int]:
    return [make.person(name).pk for name in ("Rəşad Əliyev", "Алиев Рашад Камал оглы")]


def training() -> list[int]:
    return [Training.objects.get(slug="migration-data-from-registers-to-policy").pk]


def own_application() -> list[int]:
    amina = Application.objects.filter(person__user__email="amina@example.org")
    return [amina.order_by("pk").last().pk]


def asking() -> list[int]:
    return [Training.objects.get(slug="identifying-and-referring-victims-of-trafficking").pk]


def one_question() -> list[int]:
    return [*asking(), Question.objects.get(training=asking()[0], key="diet").pk]


def answered() -> list[int]:
    return [*asking(), Application.objects.filter(training=asking()[0]).earliest("pk").pk]


def ruled() -> list[int]:
    return [Training.objects.get(slug="fair-recruitment-and-decent-work").pk]


def sitting() -> list[int]:
    """A session that is held just now, with people in it."""
    session = session_now(**make.in_all(title="RTCM 2026"))
    seated(session, make.person("Zaur"), make.person("Boris"))
    return [session.training_id, session.pk]


OPEN = "humanitarian-border-management"

PUBLIC = [
    Place("portal:home"),
    Place("portal:search"),
    Place("portal:search", query="q=migration"),
    Place("portal:search", query="q=nothing-like-it"),
    Place("portal:coverage"),
    Place("portal:objective_page", rows=[11]),
    Place("portal:principle_page", rows=["a"]),
    Place("portal:country_page", rows=["AZ"]),
    Place("trainings:training_list"),
    Place("trainings:training_list", query="q=nothing-like-it"),
    Place("trainings:training_list", query="when=past"),
    Place("trainings:training_list", query="view=month"),
    Place("trainings:training_page", rows=[OPEN]),
    Place("trainings:training_page", rows=["remittances-and-financial-literacy"]),
    Place("trainings:training_page", rows=historic_event),
    Place("trainings:certificate_check"),
    Place("trainings:certificate_check", query="code="),
    Place("trainings:certificate_page", rows=certificate),
    Place("trainings:certificate_page", rows=["ABCDEFGHJKMNPQRSTVWXYZ23456"], status=404),
    Place("trainings:guardian", rows=["UNKNOWN"], status=404),
    Place("trainings:test", rows=exam),
    Place("trainings:test", rows=["no-such-test"], status=404),
    Place("trainings:evaluation", rows=evaluation),
    Place("trainings:evaluation", rows=supervisors_evaluation),
    Place("trainings:evaluation", rows=answered_evaluation),
    Place("trainings:evaluation", rows=closed_evaluation, status=410),
    Place("trainings:training_cascade", rows=[COACHES]),
    Place("trainings:training_cascade", rows=[OPEN]),
    Place("trainings:training_page", rows=[COACHES]),
    Place("curriculum:module_list"),
    Place("curriculum:module_page", rows=["governance-and-the-global-compact"]),
    Place("library:item_list"),
    Place("library:item_page", rows=library_item),
    Place("library:item_page", rows=refused_item),
    Place("experts:expert_list"),
    Place("experts:expert_page", rows=["dilara-aghayeva"]),
    Place("experts:expert_page", rows=["nobody"], status=404),
    Place("trainings:invited", rows=desk.invited_nominee),
    Place("trainings:invited", rows=["wrong"], status=404),
    Place("trainings:successor", rows=["wrong"], status=404),
    Place("account_login"),
    Place("account_signup"),
    Place("account_reset_password"),
    Place("account_request_login_code"),
    Place("account_inactive"),
]
SIGNED_IN = [
    *[Place(name, "emil", rows=rows) for name, rows in desk.PLACES],
    Place("trainings:nomination_desk", "amina"),
    Place("portal:me", "amina"),
    Place("trainings:apply", "amina", rows=[OPEN]),
    Place("trainings:my_applications", "amina"),
    Place("trainings:my_calendar", "amina"),
    Place("trainings:my_calendar", "gunel"),
    Place("trainings:joining", "amina", rows=seat),
    Place("trainings:travel", "amina", rows=seat),
    Place("trainings:my_answers", "amina", rows=own_application),
    Place("trainings:my_applications", "gunel"),
    Place("trainings:check_in", "amina"),
    Place("trainings:my_certificates", "amina"),
    Place("trainings:my_certificates", "gunel"),
    Place("trainings:test_questions", "amina", rows=begun_exam),
    Place("trainings:test_result", "amina", rows=closed_exam),
    Place("trainings:my_roll_outs", "amina"),
    Place("trainings:my_roll_outs", "gunel"),
    Place("trainings:correct_roll_out", "amina", rows=roll_out),
    Place("trainings:trainers_pack", "amina"),
    Place("trainings:trainers_pack", "gunel"),
    Place("trainings:my_listing", "amina"),
    Place("trainings:alumni_list", "amina"),
    Place("trainings:alumni_list", "gunel", status=403),
    Place("trainings:write_to", "amina", rows=listed_alumna),
    Place("trainings:call_page", "amina", rows=call),
    Place("library:file", "amina", rows=refused_file, status=403),
    Place("accounts:profile", "amina"),
    Place("accounts:privacy", "amina"),
    Place("account_logout", "amina"),
    Place("account_email", "amina", fresh=True),
    Place("account_change_password", "amina", fresh=True),
    Place("account_reauthenticate", "amina"),
    Place("mfa_index", "amina"),
    Place("mfa_activate_totp", "amina", fresh=True),
    Place("mfa_list_webauthn", "amina", fresh=True),
    Place("mfa_add_webauthn", "amina", fresh=True),
    Place("mfa_index", "hasan", fresh=True),
    Place("mfa_generate_recovery_codes", "hasan", fresh=True),
    Place("mfa_deactivate_totp", "hasan", fresh=True),
    Place("portal:me", "dilara"),
    Place("experts:my_expert", "dilara"),
    Place("experts:preview", "dilara"),
    Place("experts:my_expert", "boris"),
]
# Addresses that show no page of their own to anybody who simply comes there.
NO_PAGES = {
    **desk.NO_PAGES,
    "trainings:test_begin": "acts, then leads to the questions",
    "trainings:test_leave": "acts, then leads to the test",
    "trainings:calendar": "a calendar file",
    "trainings:feed_calendar": "a calendar file",
    "trainings:feed_atom": "a feed",
    "trainings:my_feed": "a calendar file",
    "trainings:give_feed": "acts, then leads to the calendar",
    "trainings:stop_feed": "acts, then leads to the calendar",
    "trainings:certificate_file": "a PDF",
    "trainings:paper": "a PDF",
    "library:citation": "a file for reference managers",
    "experts:photo": "a picture",
    "portal:my_data": "a file",
    "mfa_download_recovery_codes": "a file",
    "trainings:confirm": "acts, then leads to the applications",
    "trainings:decline": "acts, then leads to the applications",
    "trainings:withdraw": "acts, then leads to the applications",
    "trainings:drop_draft": "acts, then leads to the applications",
    "trainings:answer_file": "a file",
    "experts:submit": "acts, then leads to the profile",
    "accounts:consent": "acts, then leads to the privacy page",
    "accounts:ask_erasure": "acts, then leads to the privacy page",
    "account_set_password": "leads to the change of password",
    "account_email_verification_sent": "on a way of test_codes.py",
    "account_confirm_login_code": "on a way of test_codes.py",
    "account_confirm_password_reset_code": "on a way of test_codes.py",
    "account_complete_password_reset": "on a way of test_codes.py",
    "account_password_reset_completed": "on a way of test_codes.py",
    "mfa_view_recovery_codes": "on a way of test_codes.py",
    "mfa_authenticate": "on a way of test_codes.py",
    "mfa_reauthenticate": "as account_reauthenticate, with a code",
    "mfa_reauthenticate_webauthn": "needs a key in the hand",
    "mfa_login_webauthn": "answers a script",
    "mfa_remove_webauthn": "needs a key in the hand",
    "mfa_edit_webauthn": "needs a key in the hand",
}
DESK = [
    Place("admin:trainings_training_nominations", "clara", rows=desk.nomination_room),
    Place("admin:trainings_training_nominee", "clara", rows=desk.nominee_room),
    Place("admin:trainings_training_cascade", "clara", rows=coached),
    Place("admin:trainings_training_call", "clara", rows=coached),
    Place("admin:trainings_training_interpretation", "clara", rows=interpreted),
    Place("admin:trainings_training_letters", "clara", rows=interpreted),
    Place("admin:trainings_officialletter_deeds", "clara", rows=official_letter),
    Place("admin:trainings_training_planning", "clara", rows=training),
    Place("admin:trainings_training_programme", "clara", rows=training),
    Place("admin:trainings_training_travel", "clara", rows=training),
    Place("admin:trainings_training_travel_sheets", "clara", rows=training),
    Place("admin:importing_import_add", "clara"),
    Place("admin:importing_import_change", "clara", rows=old_list),
    Place("admin:accounts_person_same", "clara"),
    Place("admin:accounts_person_compare", "clara", rows=namesakes),
    Place("admin:trainings_training_selection", "clara", rows=training),
    Place("admin:trainings_training_questions", "clara", rows=asking),
    Place("admin:trainings_training_question", "clara", rows=one_question),
    Place("admin:trainings_training_preview", "clara", rows=asking),
    Place("admin:trainings_training_answers", "clara", rows=answered),
    Place("admin:trainings_training_quotas", "clara", rows=training),
    Place("admin:trainings_training_invitations", "clara", rows=training),
    Place("admin:trainings_training_attendance", "clara", rows=training),
    Place("admin:trainings_training_door", "clara", rows=sitting),
    Place("admin:trainings_training_screen", "clara", rows=sitting),
    Place("admin:trainings_training_papers", "clara", rows=ruled),
    Place("admin:trainings_training_completion", "clara", rows=ruled),
    Place("admin:trainings_training_report", "clara", rows=ruled),
    Place("admin:trainings_training_tests", "clara", rows=room_of_exams),
    Place("admin:trainings_training_test", "clara", rows=room_of_exam),
    Place("admin:trainings_training_test_poster", "clara", rows=room_of_exam),
    Place("admin:trainings_training_test_papers", "clara", rows=room_of_exam),
    Place("admin:trainings_training_evaluation", "clara", rows=room_of_surveys),
]


def names_of_addresses() -> set[str]:
    """All that stand below a language."""
    within = [door for door in get_resolver().url_patterns if carries_language(door)]
    return {name for door in within for name in names(door, "")}


def carries_language(door: Any) -> bool:
    return isinstance(getattr(door, "pattern", None), LocalePrefixPattern)


def names(door: Any, prefix: str) -> set[str]:
    if not isinstance(door, URLResolver):
        return {f"{prefix}{door.name}"}
    inner = f"{prefix}{door.namespace}:" if door.namespace else prefix
    return {name for child in door.url_patterns for name in names(child, inner)}
