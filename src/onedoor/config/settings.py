"""One settings file; what differs between instances comes from the environment (see docs/how-to)."""

import json
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from environs import Env
from psycopg.conninfo import conninfo_to_dict

env = Env(prefix="ONEDOOR_")
DATA = Path(env.str("DATA", "data"))
PERSONAL_KEY_FILE = DATA / "keys" / "personal.key"
JOURNAL_KEY_FILE = DATA / "keys" / "journal.pem"
CHECKPOINTS_FILE = DATA / "checkpoints.jsonl"  # outside the database: finds a tail cut off with its checkpoints

DEBUG = False
DJANGO_KEY_FILE = DATA / "keys" / "django.key"
# Without the instance's key every process has its own, and nobody stays signed in: safe, and seen on the health page.
SECRET_KEY = DJANGO_KEY_FILE.read_text() if DJANGO_KEY_FILE.is_file() else token_urlsafe(48)
PROCESS = env.str("PROCESS", "")  # the name the process tree gave: "web-1", "worker", "prepare"; "" on the command line

# ── Who may come in, and how ──────────────────────────────────────────────────────────────────────────────────────
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [])
HTTPS = env.bool("HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if HTTPS else ("session", "csrf")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.int("SESSION_SECONDS", 12 * 3600)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # hall screens and shared computers
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000 if HTTPS else 0)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # larger files wait on disk, not in memory
FILE_UPLOAD_PERMISSIONS = 0o600
LARGEST_FORM = 3_000_000  # bytes of a whole request where no file belongs, and of whoever did not come in
LARGEST_BODY = 120_000_000  # bytes of a whole request: the largest files of one form
LARGEST_BODIES = dict.fromkeys(["/apply/draft/", "/track/", "/desk/", "/api/v1/"], LARGEST_BODY)
LARGEST_BODIES["/verify/"] = 10_000_000  # compares a file and keeps none
LEAST_FREE_BYTES = env.int("LEAST_FREE_BYTES", 256 * 1024 * 1024)  # below this, nothing new is written

# The rooms of the house that Django must know, from below.
ROOMS = [
    *("journal", "vault", "notices", "documents", "areas", "orgs", "registries", "access", "items", "licences"),
    *("cases", "hall", "hotline", "agency", "relay", "supervision"),
    *("ui", "api", "portal", "desk", "demo", "bench", "simulators", "config"),
]
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
    *(f"onedoor.{name}" for name in ROOMS),
]

MIDDLEWARE = [
    "onedoor.config.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onedoor.config.middleware.SmallPages",
    "onedoor.config.middleware.DiskGuard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "onedoor.config.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "onedoor.config.middleware.SessionGuardMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "onedoor.ui.errors.ErrorPages",
]

ROOT_URLCONF = "onedoor.config.urls"
WSGI_APPLICATION = "onedoor.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent.parent / "ui" / "templates"],
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


def database_login(address: str) -> dict[str, Any]:
    """Django's words for a libpq address."""
    found = conninfo_to_dict(address)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {ours: found.get(theirs, "") for ours, theirs in names.items()}


# A web process has as many threads as connections. Nobody waits for ever, and nobody holds a transaction open: that
# would stall the sealer and every follower of the journal. The owner migrates, which may take long.
POOL = env.int("POOL", 8)
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}  # what is asked often is planned once a connection
_limits = {"lock_timeout": "10s", "idle_in_transaction_session_timeout": "60s"}
_limits |= {} if AS_OWNER else {"statement_timeout": "30s"}
DATABASES = {
    "default": {
        "ENGINE": "onedoor.config.database",  # after a restart of the database nobody meets a dead connection
        **database_login((OWNER_DATABASE_URL or DATABASE_URL) if AS_OWNER else DATABASE_URL),
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": POOL, "timeout": 10},
            **PREPARED,
            "options": " ".join(f"-c {name}={value}" for name, value in _limits.items()),
        },
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
# Sign-in (access). Tries, minutes and password rules are data: access/data/signin.toml or DIR/signin.toml.
ACCOUNT_ADAPTER = "onedoor.config.adapters.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {"login": "onedoor.config.adapters.forms.SignInForm"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
# Per address generously, as a whole hall may share one; per name the policy above is strict.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip"}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # behind trusted proxies REMOTE_ADDR is the client already: config.wsgi
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "onedoor.config.adapters.accounts.PasswordPolicy"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600  # an enrolment link dies after a day
MFA_ADAPTER = "onedoor.config.adapters.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "onedoor.config.adapters.second_factor.CodeForm",
    "reauthenticate": "onedoor.config.adapters.second_factor.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey alone counts as two factors only so
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "onedoor.config.adapters.identity.IdentityAdapter"
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"
IDENTITY_CLAIMS = env.dict("IDENTITY_CLAIMS", {"id_number": "id_number", "name": "name", "level": "real_name_level"})
IDENTITY_URL = env.str("IDENTITY_URL", "")
IDENTITY_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(IDENTITY_URL))] if IDENTITY_URL else []
IDENTITY_APPS = [
    {
        "provider_id": "identity",
        "name": env.str("IDENTITY_NAME", "国家网络身份认证"),
        "client_id": env.str("IDENTITY_CLIENT_ID", ""),
        "secret": env.str("IDENTITY_SECRET", ""),
        "settings": {"server_url": IDENTITY_URL, "oauth_pkce_enabled": True},
    }
]
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": IDENTITY_APPS if IDENTITY_URL else []}}
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# Names of rare Han characters are drawn on pages as on paper.
STATICFILES_DIRS = [("fonts", Path(__file__).parents[1] / "documents" / "data" / "fonts")]
# Served files are hashed and compressed at the first start; tests and commands name them plainly.
_storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _storage if PROCESS else "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
LOGGING_CONFIG = "onedoor.config.logging.configure"
LOGGING = {"folder": DATA / "logs" if PROCESS else None, "process": PROCESS}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Whose site this is: a county brings its own file. DEMO marks every page 〔示例〕.
SITE = json.loads(Path(env.str("SITE", str(Path(__file__).parent / "data" / "site.json"))).read_text("utf-8"))
DEMO = env.bool("DEMO", False)
SITE_URL = env.str("SITE_URL", "http://localhost:8000")  # what QR codes on paper lead to
CSRF_FAILURE_VIEW = "onedoor.ui.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *IDENTITY_ORIGINS],
        "frame-ancestors": [NONE],
    }
}

# Uploads (limits in data/vault.json) go to a folder, or to a bucket. CLAMD: unix:PATH or tcp:HOST:PORT.
VAULT: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "vault.json").read_text("utf-8")) | {
    "clamd": env.str("CLAMD", ""),
    "s3": {"bucket": env.str("S3_BUCKET", ""), "endpoint": env.str("S3_ENDPOINT", "")},
}
# The service of the hall that drives the card readers of its windows; empty: clerks type numbers.
CARD_READER = {"url": env.str("CARD_READER_URL", ""), "token": env.str("CARD_READER_TOKEN", "")}
# Outgoing messages (tries in data/notices.json): an SMS provider and a mail server, both optional.
NOTICES: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "notices.json").read_text("utf-8")) | {
    "sms": {"url": env.str("SMS_URL", ""), "token": env.str("SMS_TOKEN", "")},
    "mail": {"url": env.str("MAIL_URL", ""), "sender": env.str("MAIL_FROM", "")},
}
