"""Who performs what is owed (settings.JOBS), and what time itself makes due (settings.SWEEPS)."""

# What performs each kind of owed job; see rtcm/jobs/models/job.py.
JOBS = {
    "mail": "rtcm.jobs.sending.send",
    "certificate": "trainings.documents.make",
    "paper": "trainings.documents.make_paper",
}

# Called by the reconciler on every round: work that time itself makes due.
SWEEPS = [
    "rtcm.jobs.sending.forget_secrets",
    "rtcm.accounts.signups.forget_unproven",
    "trainings.seats.expire_offers",
    "trainings.seats.release_kept_seats",
    "trainings.papers.sweep",
    "trainings.shelf.sweep",
    "trainings.consenting.remind",
    "trainings.drafts.forget",
    "trainings.retention.forget_sensitive",
    "rtcm.portal.figures.refresh",
]
