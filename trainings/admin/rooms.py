"""Every door of a training, in the order in which a training is lived through."""

from django.utils.translation import gettext_lazy as _

from trainings.admin import desk
from trainings.admin.doors import Door

DOORS = [
    Door(
        "selection",
        _("Selection list"),
        _("Who has applied; offer, reject or put on the waiting list."),
        "trainings.select_applicants",
        desk.selection,
    ),
    Door(
        "attendance",
        _("Attendance and certificates"),
        _("Who was there, session by session; close and issue."),
        "trainings.change_attendance",
        desk.attendance,
    ),
]
