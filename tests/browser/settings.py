"""The settings of the live site: the real ones, with cheap passwords and uncollected files."""

from rtcm.settings import *  # noqa: F403
from rtcm.settings import STORAGES as REAL_STORAGES

# The deliberate slowness of the real one is not what these tests are about.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The stylesheets as they are written now, not as they were when they were last collected.
STORAGES = {
    **REAL_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
