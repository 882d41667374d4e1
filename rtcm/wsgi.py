"""The door for gunicorn: `gunicorn rtcm.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtcm.settings")

application = get_wsgi_application()
