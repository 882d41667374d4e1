"""The Celery application: it carries ids of jobs to workers and knows nothing else.

Start a worker with: celery -A rtcm worker -Q mail,documents,default
"""

import os

from celery import Celery
from kombu.transport import redis, virtual

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtcm.settings")
# Some checks ask the database, and a worker must be able to start while PostgreSQL is away.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")


class QoS(redis.QoS):
    """Frees a worker's slot even when Redis could not be told that its message is done.

    kombu 5.7 keeps the slot for ever. When Redis restarts while all jobs of a worker end, no slot
    is left, and the worker waits deaf and alive until somebody restarts it. Telling Redis matters
    little to us: at worst the message comes again, for a job that is done.
    """

    def ack(self, delivery_tag: str) -> None:
        try:
            super().ack(delivery_tag)
        finally:
            virtual.QoS.ack(self, delivery_tag)


redis.Channel.QoS = QoS

app = Celery("rtcm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["rtcm.jobs"])
# Celery would close the database connection around every task; ours looks after it (tasks.py).
app.conf["CELERY_DB_REUSE_MAX"] = 1_000_000_000
