"""Settings, read from the environment; every variable stands in docs/operations/settings.md."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from bosett_server.database.connection import database_settings
from bosett_server.database.embedded import state_folder
from bosett_server.database.passwords import kept_password

HERE = Path(__file__).parent


def _flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "")
    return default if not value else value not in {"0", "false", "no"}


BOSETT_DEMO = _flag("BOSETT_DEMO")
BOSETT_TODAY = date.fromisoformat(os.environ["BOSETT_TODAY"]) if os.environ.get("BOSETT_TODAY") else None
BOSETT_APP_ROLE = os.environ.get("BOSETT_APP_ROLE", "bosett_app")
BOSETT_MFA_REQUIRED = _flag("BOSETT_MFA_REQUIRED", default=not BOSETT_DEMO)
BOSETT_ADDRESS = os.environ.get("BOSETT_ADDRESS", "http://127.0.0.1:8000")
BOSETT_STATE = state_folder()


def _secret(name: str) -> str:
    """From the environment, or made once and kept in a private file beside the embedded database."""
    if os.environ.get(name):
        return os.environ[name]
    secrets = BOSETT_STATE / "secrets"
    secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    return kept_password(secrets, name.lower())


SECRET_KEY = _secret("BOSETT_SECRET_KEY")
BOSETT_CODE_KEY = _secret("BOSETT_CODE_KEY")
DEBUG = _flag("BOSETT_DEBUG")
SECURE = BOSETT_ADDRESS.startswith("https://")
ALLOWED_HOSTS = os.environ.get("BOSETT_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [BOSETT_ADDRESS]

DATABASES = database_settings()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "records.User"

WEB_ROOMS = [
    "look", "start", "accounts", "inbox", "search", "registry", "scenario", "forecast", "distribution", "decisions",
    "planner", "capacity", "followup", "placement", "grants", "statistics", "agreement", "audit", "own_page",
    "imports", "expenditure", "pressure", "consultation", "handover",
]  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "bosett_server.records.apps.RecordsConfig",
    "bosett_server.web.look",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bosett_server.web.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bosett_server.web.imports.size.SizeMiddleware",
    "bosett_server.web.middleware.ActorMiddleware",
    "bosett_server.web.accounts.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "bosett_server.urls"
WSGI_APPLICATION = "bosett_server.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "web" / "templates", *(HERE / "web" / room / "templates" for room in WEB_ROOMS)],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bosett_server.web.frame.frame",
            ],
        },
    }
]

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "bosett_server.access.second_factor.SecretKeeper"
MFA_TOTP_ISSUER = "Bosett"
MFA_TOTP_TOLERANCE = 1

LANG_INFO["se"] = {
    "bidi": False,
    "code": "se",
    "name": "Northern Sami",
    "name_local": "davvisámegiella",
    "fallback": ["nb"],
}
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "bokmål"), ("nn", "nynorsk"), ("en", "English"), ("se", "davvisámegiella")]
LANGUAGES_BIDI = ["ar", "prs"]
LOCALE_PATHS = [HERE / "web" / room / "locale" for room in [*WEB_ROOMS, "followup/steps"]] + [
    HERE / "web" / "locale"
]
FORMAT_MODULE_PATH = ["bosett_server.web.look.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "web" / "static"]
STATIC_ROOT = Path(os.environ.get("BOSETT_STATIC_ROOT", BOSETT_STATE / "static"))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0

EMAIL_BACKEND = os.environ.get("BOSETT_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = os.environ.get("BOSETT_MAIL_FROM", "ikke-svar@bosett.invalid")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("BOSETT_LOG_LEVEL", "WARNING")},
}

_DEMO_KEYS = str(BOSETT_STATE / "demo-issuer" / "keys.json")
BOSETT_TOKEN_ISSUER = os.environ.get("BOSETT_TOKEN_ISSUER", "bosett demo" if BOSETT_DEMO else "")
BOSETT_TOKEN_KEYS = os.environ.get("BOSETT_TOKEN_KEYS", _DEMO_KEYS if BOSETT_DEMO else "")
BOSETT_TOKEN_AUDIENCE = os.environ.get("BOSETT_TOKEN_AUDIENCE", BOSETT_ADDRESS)

# A worker says that it is alive every ten seconds; one that is only busy must not be taken for dead.
BOSETT_WORKER_SILENT_SECONDS = 120
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
PROCRASTINATE_IMPORT_PATHS = [
    "bosett_server.jobs.tasks",
    "bosett_server.jobs.imports",
    "bosett_server.jobs.placement",
    "bosett_server.jobs.letters",
    "bosett_server.jobs.forecast",
    "bosett_server.jobs.left_behind",
]

BOSETT_PROXIES = int(os.environ.get("BOSETT_PROXIES", "0"))
BOSETT_LETTERS = Path(os.environ.get("BOSETT_LETTERS_FOLDER") or BOSETT_STATE / "letters")
BOSETT_AUDIT_KEY = Path(os.environ.get("BOSETT_AUDIT_KEY") or BOSETT_STATE / "audit" / "key.pem")
BOSETT_AUDIT_HEADS = Path(os.environ.get("BOSETT_AUDIT_HEADS") or BOSETT_STATE / "audit" / "heads.jsonl")

BOSETT_OIDC_ISSUER = os.environ.get("BOSETT_OIDC_ISSUER", "")
BOSETT_OIDC_NAME = os.environ.get("BOSETT_OIDC_NAME", "")
BOSETT_OIDC_CLIENT_ID = os.environ.get("BOSETT_OIDC_CLIENT_ID", "")
BOSETT_OIDC_CLIENT_SECRET = os.environ.get("BOSETT_OIDC_CLIENT_SECRET", "")
BOSETT_OIDC_PRIVATE_KEY = os.environ.get("BOSETT_OIDC_PRIVATE_KEY", "")
BOSETT_OIDC_SCOPES = os.environ.get("BOSETT_OIDC_SCOPES", "openid profile")
BOSETT_OIDC_SUBJECT_CLAIM = os.environ.get("BOSETT_OIDC_SUBJECT_CLAIM", "sub")
BOSETT_OIDC_ACR_LEVELS = os.environ.get("BOSETT_OIDC_ACR_LEVELS", "").split()
