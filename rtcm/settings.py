"""One settings file: the environment decides, the defaults run a laptop.

Every variable read here is described in docs/operator-guide.md.
"""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from rtcm.desk import UNFOLD as UNFOLD
from rtcm.embedded import addresses
from rtcm.environment import database, flag, number, words
from rtcm.logs import LOGGING as LOGGING
from rtcm.owed import IMPORTS as IMPORTS
from rtcm.owed import JOBS as JOBS
from rtcm.owed import SWEEPS as SWEEPS
from rtcm.roles import ROLES as ROLES
from rtcm.text import AZERBAIJANI

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

# In another terminal, commands without a DATABASE_URL speak to the demo that runs, as it is.
for name, value in addresses(BASE_DIR).items():
    os.environ.setdefault(name, value)

# --- Who we are -------------------------------------------------------------------------------
DEMO = flag("RTCM_DEMO")
DEBUG = flag("RTCM_DEBUG")
PORT = number("PORT", 8000)
SITE_ORIGIN = os.environ.get("SITE_ORIGIN", f"http://localhost:{PORT}").rstrip("/")
HTTPS = SITE_ORIGIN.startswith("https://")
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = LOOPBACK if DEMO else words("ALLOWED_HOSTS", ",".join(LOOPBACK))
PLAIN_COOKIES = flag("RTCM_PLAIN_COOKIES")

LAPTOP_SECRET = "laptop-only-secret-never-used-on-a-public-host-0123456789"  # noqa: S105 - refused below
SECRET_KEY = os.environ.get("SECRET_KEY", LAPTOP_SECRET)
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
PUBLIC = not set(ALLOWED_HOSTS) <= set(LOOPBACK)
if PUBLIC and SECRET_KEY == LAPTOP_SECRET:
    raise ImproperlyConfigured("Set SECRET_KEY before this site answers for a public host name.")
if PUBLIC and (DEMO or PLAIN_COOKIES):
    raise ImproperlyConfigured("RTCM_DEMO and RTCM_PLAIN_COOKIES are for this machine only.")

# --- Apps -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rtcm.jobs",
    "rtcm.accounts",
    "rtcm.importing",
    "curriculum",
    "library",
    "experts",
    "trainings",
    "rtcm.portal",
]

MIDDLEWARE = [
    "rtcm.headers.SecurityHeaders",  # first, so that every answer below carries the headers
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rtcm.accounts.second_factor.StaffSecondFactor",
]

ROOT_URLCONF = "rtcm.urls"
WSGI_APPLICATION = "rtcm.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# --- PostgreSQL: the truth --------------------------------------------------------------------
DATABASE_URL = os.environ.get("DATABASE_URL")
DATABASES = {
    "default": {
        **database(DATABASE_URL or "postgres://rtcm@127.0.0.1:5432/rtcm"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "application_name": os.environ.get("RTCM_PROCESS", "rtcm"),
            "options": (
                f"-c statement_timeout={number('RTCM_STATEMENT_TIMEOUT_MS', 0)} "
                f"-c lock_timeout={number('RTCM_LOCK_TIMEOUT_MS', 0)}"
            ),
        },
        "TEST": {"NAME": os.environ.get("RTCM_TEST_DB", "rtcm_test")},
    }
}

# --- Valkey or Redis: the doorbell and the cache ----------------------------------------------
REDIS_URL = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0"
CACHE_URL = os.environ.get("CACHE_URL") or REDIS_URL
LOCAL = "dummy.DummyCache" if TESTING else "locmem.LocMemCache"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "rtcm",
        "OPTIONS": {"socket_timeout": 0.4, "socket_connect_timeout": 0.4},
    },
    # In each process, for a minute at most: what every page asks and nobody owns.
    "local": {"BACKEND": f"django.core.cache.backends.{LOCAL}", "TIMEOUT": 60},
}

CELERY_TIMEZONE = "UTC"
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for Redis as long as it takes
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 5, "visibility_timeout": 3600}
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ACKS_LATE = True  # with prefetch 1, so that no job waits behind a long one
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False  # the lease decides, not Redis
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # nobody who reaches Redis commands the workers
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 8
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A child that has grown, or has lived long, is replaced between two jobs; see trainings/bounds.py
# for what one rendering may take.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
CELERY_WORKER_MAX_TASKS_PER_CHILD = 10_000
CELERY_TASK_SOFT_TIME_LIMIT = 300
CELERY_TASK_TIME_LIMIT = 330

# Who the Expert Network's members are; the library asks without knowing that room.
NETWORK_MEMBERSHIP = "experts.models.is_network_member"

JOBS_LEASE_SECONDS = number("RTCM_LEASE_SECONDS", 30)  # renewed while a job is performed
JOBS_BACK_OFF_SECONDS = [10, 30, 120, 540]  # the last one repeats
RECONCILE_SECONDS = number("RTCM_RECONCILE_SECONDS", 30)

# --- Mail -------------------------------------------------------------------------------------
EMAIL_BACKEND = "rtcm.jobs.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = number("EMAIL_PORT", 1025)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 10  # twice this at most, then the worker is free for others
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "RTCM <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "security@example.org")

# --- Languages --------------------------------------------------------------------------------
LANGUAGE_CODE = "az"
LANGUAGES = [("az", "Azərbaycanca"), ("en", "English"), ("ru", "Русский")]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "az", "ru")
MODELTRANSLATION_LANGUAGES = ("en", "az", "ru")
JQUERY_UI_URL = "js/desk-tabs.js"  # modeltranslation would load jQuery UI from a foreign host
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "rtcm.formats"
# The order of letters, where a language has one of its own beside the Latin alphabet.
ALPHABETS = {"az": AZERBAIJANI}
TIME_ZONE = "Asia/Baku"
USE_TZ = True

# --- Signing in -------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    # The deliberate slowness of the real one is not what tests are about.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:me"
LOGOUT_REDIRECT_URL = "portal:home"

ACCOUNT_ADAPTER = "rtcm.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "rtcm.accounts.forms.SignupForm"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True  # one address at a time, replaced when the new one is proven
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Counted in the shared cache, so that every process sees the same attempts.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "request_login_code": "20/m/ip,3/m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "check_certificate": "30/m/ip",
    "verify_certificate": "10/m/ip",
    "check_in": "10/m/user",
    "personal_code": "60/m/ip",  # a room of people behind one address
}
# How many reverse proxies of ours stand in front; without it all visitors share one limit.
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXY_COUNT", 0)

MFA_ADAPTER = "rtcm.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "rtcm.accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "rtcm.accounts.passkeys.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow it on localhost only
MFA_TOTP_ISSUER = "RTCM"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are up to half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Staff without a second factor reach nothing but its set-up, except in the demo.
STAFF_SECOND_FACTOR = not DEMO

# --- Cookies and transport --------------------------------------------------------------------
COOKIE_PREFIX = "" if PLAIN_COOKIES else "__Host-"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not PLAIN_COOKIES
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
SILENCED_SYSTEM_CHECKS = ["security.W002"]  # rtcm.headers sends X-Frame-Options
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "var" / "media"))
CREDENTIAL_KEYS = os.environ.get("CREDENTIAL_KEYS", "")  # a folder; without one nothing is signed
MEDIA_URL = "/media/"  # no address serves it: every file is asked for through a view
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
PACKED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_STATIC if TESTING or DEBUG else PACKED_STATIC},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG  # nothing is collected there
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
