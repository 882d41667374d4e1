"""The Celery application: it carries ids of jobs to workers and knows nothing else.

Start a worker with: celery -A rtcm.celery worker -Q mail,documents,default
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtcm.settings")
# Some checks ask the database, and a worker must be able to start while PostgreSQL is away.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("rtcm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["rtcm.jobs"])
# Celery would close the database connection around every task; ours looks after it (tasks.py).
app.conf["CELERY_DB_REUSE_MAX"] = 1_000_000_000
