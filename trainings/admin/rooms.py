"""Every door of a training, in the order in which a training is lived through."""

from django.utils.translation import gettext_lazy as _

from trainings.admin import board, completion_desk, desk, door_desk, lists, planning, ways_in
from trainings.admin.calls import call_room
from trainings.admin.cascade import cascade_room
from trainings.admin.doors import Door
from trainings.admin.form_doors import FORM_DOORS
from trainings.admin.interpretation import interpretation_room
from trainings.admin.letters import letters_room

DOORS = [
    Door(
        "planning",
        _("Planning"),
        _("What is missing; publish, move, postpone, copy or cancel; who did what and why."),
        "trainings.view_training",
        planning.plan,
    ),
    Door(
        "programme",
        _("Programme and materials"),
        _("Session by session: what happens, who speaks, what there is to read."),
        "trainings.view_session",
        planning.programme,
    ),
    *FORM_DOORS,
    Door(
        "selection",
        _("Selection board"),
        _("Who has applied, side by side; offer, reject or put on the waiting list."),
        "trainings.select_applicants",
        board.selection,
    ),
    Door(
        "quotas",
        _("Quotas"),
        _("How many seats a country, an institution or a kind of institution may or must have."),
        "trainings.change_training",
        ways_in.quotas,
    ),
    Door(
        "invitations",
        _("Personal invitations"),
        _("Invite people by a link of their own, and take invitations back."),
        "trainings.select_applicants",
        ways_in.invitations,
    ),
    Door(
        "attendance",
        _("Attendance and certificates"),
        _("Who was there, session by session; close and issue."),
        "trainings.change_attendance",
        desk.attendance,
    ),
    Door(
        "papers",
        _("Sign-in sheets and badges"),
        _("To print before a day begins."),
        "trainings.change_attendance",
        completion_desk.papers_room,
    ),
    Door(
        "completion",
        _("Completion"),
        _("The rule for certificates, who meets it, what is missing, and exceptions."),
        "trainings.issue_certificate",
        completion_desk.completion_room,
    ),
    Door(
        "report",
        _("End-of-training report"),
        _("What was done, reached and learnt; filed when it is complete."),
        "trainings.change_training",
        completion_desk.report_room,
    ),
    Door(
        "door",
        _("At the door"),
        _("The list of one session, to tap on a phone."),
        "trainings.change_attendance",
        door_desk.door,
        path="sessions/<int:session_id>/door/",
        listed=False,
    ),
    Door(
        "screen",
        _("Screen for self check-in"),
        _("The code for the projector."),
        "trainings.change_attendance",
        door_desk.screen,
        path="sessions/<int:session_id>/screen/",
        listed=False,
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
    Door(
        "interpretation",
        _("Interpretation"),
        _("Who would not understand, which languages are needed, who interprets."),
        "trainings.add_booking",
        interpretation_room,
    ),
    Door(
        "letters",
        _("Official letters"),
        _("Invitations, visa support, acceptance, requests for nominations, thanks."),
        "trainings.issue_letter",
        letters_room,
    ),
    Door(
        "participants_xlsx",
        _("List of participants (XLSX)"),
        _("Everybody who applied, with what became of it, as a table for Excel."),
        "trainings.select_applicants",
        lists.as_xlsx,
        path="participants.xlsx",
    ),
    Door(
        "participants_csv",
        _("List of participants (CSV)"),
        _("The same list for other programs."),
        "trainings.select_applicants",
        lists.as_csv,
        path="participants.csv",
    ),
    Door(
        "bring_in",
        _("Bring in an old list"),
        _("Participants of a training that is over, from a table."),
        "importing.add_import",
        lists.bring_in,
        path="participants/bring-in/",
    ),
]
