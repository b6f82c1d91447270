"""The portal's settings: one file, fed by the environment through env.py alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from jbn_oversight.embedded import embedded_database_url
from jbn_oversight.env import BASE_DIR, database_settings, environment

# Lets generic classes of Django be subscripted at run time, as the type checker asks.
django_stubs_ext.monkeypatch()

ENV = environment()

DATA_DIR: Path = ENV.data_dir()
FILES_DIR = DATA_DIR / "files"
SPOOL_DIR = DATA_DIR / "spool"
BROKER_DIR = DATA_DIR / "broker"
# The group is that of the server in front, which sends stored files and nothing else.
for directory, mode in ((FILES_DIR, 0o750), (SPOOL_DIR, 0o700), (BROKER_DIR, 0o700)):
    directory.mkdir(parents=True, exist_ok=True, mode=mode)

SECRET_KEY = ENV.secret_key()
DEBUG = False
DEMO = ENV.flag("DEMO")
DEMO_DAY = ENV.day("DEMO_DAY", "2025-09-30") if DEMO else None
HTTPS = ENV.flag("HTTPS")
ALLOWED_HOSTS = ENV.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
PUBLIC_ADDRESS = ENV.text("PUBLIC_ADDRESS", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
TRUSTED_PROXIES = ENV.number("TRUSTED_PROXIES", 0)
FILES_INTERNAL_PATH = ENV.text("FILES_INTERNAL_PATH")
BRIEFING_MISSES_ALARM = ENV.number("BRIEFING_MISSES_ALARM", 10)
BRIEFING_READERS_ALONE = ENV.number("BRIEFING_READERS_ALONE", 10)

# Each process compares its clock with the database's; whether the machine's clock is kept right is
# the kernel's word, unless something that the kernel does not know of keeps it. The hours of a
# demonstration are made up, so it asks no kernel.
CLOCKS_COMPARED_EVERY: timedelta | None = timedelta(seconds=50)
CLOCK_KEPT_BY = "host" if DEMO else ENV.choice("CLOCK_KEPT_BY", ("kernel", "host"))

# The choices that the law leaves open about its clocks; kept with each run.
PLAN_CLOCK_START = ENV.text("PLAN_CLOCK_START", "notified_on")
EQUATED_DAYS_ARE_WORKING_DAYS = ENV.flag("EQUATED_DAYS_ARE_WORKING_DAYS", "1")

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "axes",
    "guardian",
    "simple_history",
    "jbn_oversight.base.BaseConfig",
    "jbn_oversight.organisations",
    "jbn_oversight.accounts",
    "jbn_oversight.acts",
    "jbn_oversight.statutory_days",
    "jbn_oversight.clock_check",
    "jbn_oversight.files",
    "jbn_oversight.mail",
    "jbn_oversight.notices",
    "cases",
    "certification",
    "audits",
    "reports",
]

MIDDLEWARE = [
    # Before the redirect to https and the check of the host, which a question from within fails.
    "jbn_oversight.health.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jbn_oversight.signed_out.SlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jbn_oversight.middleware.PortalMiddleware",
    "reports.briefings.guessing.middleware.MissesMiddleware",
    "reports.briefings.releasing.middleware.OverdueMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    # Last, so that its answer passes through the same as every other.
    "jbn_oversight.signed_out.SignedOutMiddleware",
]

ROOT_URLCONF = "jbn_oversight.urls"
WSGI_APPLICATION = "jbn_oversight.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jbn_oversight.context.portal",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": {
        **database_settings(
            ENV.text("DATABASE_URL") or embedded_database_url(DATA_DIR),
            ENV.secret("DATABASE_PASSWORD"),
        ),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = ENV.redis_url()
# Rates of attempts are counted in PostgreSQL: a web process asks Redis for nothing, so that
# nobody is kept out (or in) where Redis is away, and all processes count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "base_counters",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# Celery: a message only nudges a row in the database, so the broker may lose anything. No
# message carries an hour (eta, countdown): a worker that holds one ends when Redis is lost.
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # as long as it takes
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # Who sends a message is held up a second at most; workers come back by the lines above.
    {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0}
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
    }
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_STORE_ERRORS_EVEN_IF_IGNORED = False
CELERY_TASK_PUBLISH_RETRY = False  # the next look at the rows is the retry
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100  # long-lived renderers grow
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# What speaks to a mail server, and the announcement that it has to carry, waits in a queue of
# its own with workers of its own: a silent mail server stops no import, run or PDF. A worker
# that is told of no queue listens to both.
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {"celery": {}, "mail": {}}
CELERY_TASK_ROUTES = {
    name: {"queue": "mail"}
    for name in (
        "jbn_oversight.mail.send",
        "jbn_oversight.notices.send",
        "jbn_oversight.notices.gather",
        "reports.announce_release",
        "reports.announce_releases",
    )
}
# Seconds after which a task is told to end, and is ended with its process. What it held is
# taken over as from a worker that died. A worker with "--pool solo" knows no limits.
CELERY_TASK_SOFT_TIME_LIMIT = 25 * 60
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TASK_ANNOTATIONS = {
    # Less than a claim on a mail lasts (CLAIMED_FOR in mail/sending.py).
    name: {"soft_time_limit": 2 * 60, "time_limit": 3 * 60}
    for name in CELERY_TASK_ROUTES
}
CELERY_BEAT_SCHEDULER = "reports.briefings.releasing.scheduler:NoticingScheduler"
# Celery's sweepers by name: the ground knows no floor above it. Every one is safe to run
# twice, late or not at all.
CELERY_BEAT_SCHEDULE = {
    name: {"task": task, "schedule": every}
    for name, task, every in (
        ("send-mail", "jbn_oversight.mail.send", timedelta(minutes=1)),
        ("send-notices", "jbn_oversight.notices.send", timedelta(minutes=1)),
        ("gather-notices", "jbn_oversight.notices.gather", timedelta(minutes=1)),
        ("remind-owners", "reports.remind_owners", timedelta(minutes=10)),
        # With the 30 seconds of LEASE (jbn_oversight/jobs/rules.py): within 90 seconds.
        ("sweep-deliveries", "certification.deliveries.sweep", timedelta(seconds=20)),
        ("sweep-compliance-runs", "certification.sweep_runs", timedelta(seconds=20)),
        ("sweep-briefings", "reports.sweep_briefings", timedelta(seconds=20)),
        ("sweep-readers", "reports.sweep_readers", timedelta(minutes=1)),
        ("protect-figures", "reports.protect_figures", timedelta(minutes=1)),
    )
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "jbn_oversight.accounts.sign_in.backends.PortalBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds; who is late asks for another link
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_FORMS = {"reset_password": "jbn_oversight.accounts.forms.ForgottenPasswordForm"}
ACCOUNT_ADAPTER = "jbn_oversight.accounts.sign_in.backends.PortalAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = [
    "email*",
    "password1*",
    "password2*",
]  # nobody signs up, but it makes allauth ask passwords
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "jbn_oversight.accounts.sign_in.backends.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# allauth's own counters live in the cache, per process without Redis: axes counts, in
# PostgreSQL.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}

AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "jbn_oversight.accounts.sign_in.backends.attempted_email"
AXES_CLIENT_IP_CALLABLE = "jbn_oversight.http.client_address"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

ANONYMOUS_USER_NAME = None  # guardian makes no person for nobody
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_RAISE_403 = False
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = False

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "jbn_oversight" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # No media: nothing that a person uploads ever lies under an address of its own.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(SPOOL_DIR), "base_url": None},
    },
    # Not compressed beforehand, which takes a start twenty seconds: nginx does it as it serves.
    # Anyone who gathers them need not be the one who serves them: they are public, and the
    # modes of uploads are not for them.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
FILE_UPLOAD_TEMP_DIR = str(SPOOL_DIR)
FILE_UPLOAD_PERMISSIONS = 0o640
SCAN_IN_A_CHILD = True  # a stranger's file is opened in a process that may die of it
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

EMAIL_HOST = ENV.text("EMAIL_HOST")
EMAIL_PORT = ENV.port("EMAIL_PORT", 587)
EMAIL_HOST_USER = ENV.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = ENV.secret("EMAIL_HOST_PASSWORD")
EMAIL_SECURITY = ENV.choice("EMAIL_SECURITY", ("starttls", "tls", "none"))
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls"
EMAIL_USE_SSL = EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = ENV.number("EMAIL_TIMEOUT", 10) or 10  # none would be for ever
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = ENV.text("DEFAULT_FROM_EMAIL", "portaal@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "jbn_oversight.error_pages.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "jbn_oversight.log_lines.WordlessFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "celery": {"level": "WARNING"},
        # An error report would repeat a request's addresses and form fields: one line is all.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # Who asks for the head of a page gets no body: Django leaves that to the server.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "kombu.connection": {"level": "ERROR"},  # a broker of files has no host to name
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
