"""The settings of the child processes: the real ones, in a hurry, with the test's own kinds."""

from rtcm.settings import *  # noqa: F403
from rtcm.settings import CELERY_BROKER_TRANSPORT_OPTIONS as REAL_OPTIONS
from rtcm.settings import JOBS as REAL_JOBS

JOBS = {
    **REAL_JOBS,
    "tests/file": "tests.faults.kinds.make_file",
    "tests/nothing": "tests.faults.kinds.nothing",
    "tests/poison": "tests.faults.kinds.poison",
}
SWEEPS = ["rtcm.jobs.sending.forget_secrets"]
JOBS_BACK_OFF_SECONDS = [1, 1, 2]
EMAIL_BACKEND = "rtcm.jobs.smtp.EmailBackend"
EMAIL_TIMEOUT = 3
# A worker waits this long in one BRPOP; a second would often end while a test stops the worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {**REAL_OPTIONS, "polling_interval": 10}
