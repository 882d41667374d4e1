"""How the desk looks and what stands where in it (settings.UNFOLD)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


def mark(request: HttpRequest) -> str:
    return static("img/mark.svg")


def _may(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.user.has_perm(permission)


def _link(title: Any, icon: str, model: str) -> dict[str, Any]:
    """A list of records, shown to those who may read it; model as "app.model"."""
    app, name = model.split(".")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{app}_{name}_changelist"),
        "permission": _may(f"{app}.view_{name}"),
    }


def _group(title: Any, *links: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "separator": True, "items": list(links)}


# Caspian from faint to deep, as red, green and blue.
PRIMARY = {
    "50": "240 249 248",
    "100": "214 239 237",
    "200": "170 222 218",
    "300": "122 203 197",
    "400": "84 178 172",
    "500": "22 124 128",
    "600": "11 100 105",
    "700": "9 82 87",
    "800": "8 66 70",
    "900": "7 54 58",
    "950": "4 35 38",
}

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("RTCM desk"),
    "SITE_HEADER": _("RTCM desk"),
    "SITE_URL": "/",
    "SITE_ICON": mark,
    "SHOW_HISTORY": True,
    "COLORS": {"primary": PRIMARY},
    "SIDEBAR": {
        "navigation": [
            _group(
                _("Trainings"),
                _link(_("Trainings"), "event", "trainings.training"),
                _link(_("Applications"), "inbox", "trainings.application"),
                _link(_("Certificates"), "workspace_premium", "trainings.certificate"),
                _link(_("Designs of certificates"), "palette", "trainings.certificatedesign"),
                _link(_("Roll-outs"), "account_tree", "trainings.rollout"),
                _link(_("Outgoing register"), "outgoing_mail", "trainings.officialletter"),
                _link(_("Interpreters"), "interpreter_mode", "trainings.interpreter"),
                _link(_("Imports"), "upload_file", "importing.import"),
            ),
            _group(
                _("People and institutions"),
                _link(_("People"), "person", "accounts.person"),
                {
                    "title": _("Same person?"),
                    "icon": "join_inner",
                    "link": reverse_lazy("admin:accounts_person_same"),
                    "permission": _may("accounts.merge_person"),
                },
                _link(_("Institutions"), "account_balance", "accounts.institution"),
                _link(_("Focal points"), "hub", "accounts.focalpoint"),
                _link(_("Countries"), "public", "accounts.country"),
                _link(_("Requests about personal data"), "shield_person", "accounts.datarequest"),
                _link(_("Consents"), "handshake", "accounts.consent"),
                _link(_("Who read personal data"), "visibility", "accounts.personaldataread"),
                _link(_("Accounts"), "key", "accounts.user"),
            ),
            _group(
                _("Knowledge"),
                _link(_("Experts"), "school", "experts.expert"),
                _link(_("E-library"), "local_library", "library.item"),
                _link(_("Collections"), "collections_bookmark", "library.collection"),
                _link(_("Modules"), "menu_book", "curriculum.module"),
                _link(_("Question bank"), "quiz", "trainings.bankquestion"),
                _link(_("Editions"), "history_edu", "curriculum.edition"),
                _link(_("Target groups"), "groups", "curriculum.targetgroup"),
                _link(_("Objectives"), "track_changes", "curriculum.objective"),
                _link(_("Guiding principles"), "explore", "curriculum.principle"),
            ),
            _group(
                _("Letters and jobs"),
                _link(_("Letters"), "mail", "jobs.message"),
                _link(_("Wordings of letters"), "edit_note", "jobs.lettertemplate"),
                _link(_("Jobs"), "pending_actions", "jobs.job"),
            ),
            _group(
                _("Figures"),
                _link(_("Published figures"), "campaign", "portal.publishedfigure"),
                _link(_("Computed figures"), "monitoring", "portal.figures"),
            ),
        ]
    },
}
