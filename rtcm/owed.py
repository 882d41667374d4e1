"""Settings of the rooms: who performs what is owed, what time makes due, what can be imported."""

# What performs each kind of owed job; see rtcm/jobs/models/job.py.
JOBS = {
    "mail": "rtcm.jobs.sending.send",
    "certificate": "trainings.documents.make",
    "archive": "trainings.archiving.make",
    "import": "rtcm.importing.bringing.perform",
    "paper": "trainings.documents.make_paper",
}

# Called by the reconciler on every round: work that time itself makes due.
SWEEPS = [
    "trainings.travelling.forget",
    "rtcm.jobs.sending.forget_secrets",
    "rtcm.accounts.signups.forget_unproven",
    "trainings.seats.expire_offers",
    "trainings.seats.release_kept_seats",
    "trainings.papers.sweep",
    "trainings.shelf.sweep",
    "trainings.consenting.remind",
    "trainings.drafts.forget",
    "trainings.retention.forget_sensitive",
    "trainings.designs.forget_pictures",
    "rtcm.importing.keeping.forget",
    "trainings.testing.hand_in_overdue",
    "trainings.surveys.open_due",
    "trainings.surveys.remind_due",
    "rtcm.portal.figures.refresh",
]

# The kinds of tables that staff bring in; see rtcm/importing/kinds.py.
IMPORTS = {
    "trainings": "trainings.past_trainings.KIND",
    "participants": "trainings.past_participants.KIND",
}
