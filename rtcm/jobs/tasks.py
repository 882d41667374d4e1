"""The door for Celery: an id comes in, the row decides."""

import logging

from django.db import DatabaseError, InterfaceError, close_old_connections

from rtcm.celery import app
from rtcm.jobs.performing import perform
from rtcm.jobs.ring import TASK

logger = logging.getLogger(__name__)


@app.task(name=TASK, ignore_result=True)
def ring_answered(job_id: object) -> None:
    """A connection that broke or grew old since the last job is replaced first."""
    close_old_connections()
    answer(job_id)


def answer(job_id: object) -> None:
    """Anybody who reaches Redis could have written this message: believe nothing but an id."""
    if type(job_id) is not int or not 0 < job_id < 2**63:
        logger.error("A message without a job id was dropped.")
        return
    try:
        perform(job_id)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("Job %s waits for the database: %s", job_id, error)
