"""One settings file; what differs between instances comes from the environment (see docs/how-to)."""

import json
from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env
from psycopg.conninfo import conninfo_to_dict

env = Env(prefix="ONEDOOR_")
DATA = Path(env.str("DATA", "data"))
PERSONAL_KEY_FILE = DATA / "keys" / "personal.key"
JOURNAL_KEY_FILE = DATA / "keys" / "journal.pem"
CHECKPOINTS_FILE = DATA / "checkpoints.jsonl"  # outside the database: finds a tail cut off with its checkpoints

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "unset: the instance writes one")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "onedoor.journal",
    "onedoor.vault",
    "onedoor.notices",
    "onedoor.documents",
    "onedoor.areas",
    "onedoor.orgs",
    "onedoor.registries",
    "onedoor.access",
    "onedoor.items",
    "onedoor.licences",
    "onedoor.cases",
    "onedoor.ui",
    "onedoor.api",
    "onedoor.portal",
    "onedoor.desk",
    "onedoor.demo",
    "onedoor.bench",
    "onedoor.simulators",
    "onedoor.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "onedoor.ui.errors.ErrorPages",
]

ROOT_URLCONF = "onedoor.config.urls"
WSGI_APPLICATION = "onedoor.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "onedoor.ui.context.page",
            ],
        },
    }
]

# Two roles, two addresses: the application may only add to the journal; the owner migrates.
DATABASE_URL = Env().str("DATABASE_URL", "")
OWNER_DATABASE_URL = Env().str("OWNER_DATABASE_URL", "")
AS_OWNER = env.bool("AS_OWNER", False)
_address = conninfo_to_dict((OWNER_DATABASE_URL or DATABASE_URL) if AS_OWNER else DATABASE_URL)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _address.get("dbname", "onedoor"),
        "USER": _address.get("user", ""),
        "PASSWORD": _address.get("password", ""),
        "HOST": _address.get("host", ""),
        "PORT": _address.get("port", ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": env.int("POOL", 8), "timeout": 10}},
    }
}

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# Rate limits and used one-time codes hold across all web processes; the table is unlogged.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Whose site this is: a county brings its own file. DEMO marks every page 〔示例〕.
SITE = json.loads(Path(env.str("SITE", str(Path(__file__).parent / "data" / "site.json"))).read_text("utf-8"))
DEMO = env.bool("DEMO", False)
CSRF_FAILURE_VIEW = "onedoor.ui.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
