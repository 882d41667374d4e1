"""Every door of a training, in the order in which a training is lived through."""

from django.utils.translation import gettext_lazy as _

from trainings.admin import desk
from trainings.admin.calls import call_room
from trainings.admin.cascade import cascade_room
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
    Door(
        "cascade",
        _("Cascade"),
        _("Roll-outs to check, mentors of graduates, and how many people were reached."),
        "trainings.check_roll_outs",
        cascade_room,
    ),
    Door(
        "call",
        _("Alumni as trainers"),
        _("Ask alumni to train here, and choose among those who offer."),
        "trainings.manage_calls",
        call_room,
    ),
]
