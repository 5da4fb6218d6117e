"""Every setting a site may change is read here from the environment; docs/reference/settings.md lists them."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from . import company_login, secrets

PROJECT = Path(__file__).resolve().parents[3]
SOURCE = PROJECT / "src" / "wuli"


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


DATA_DIR = Path(os.environ.get("WULI_DATA_DIR", PROJECT / "var"))
DEBUG = flag("WULI_DEBUG")
_keys = secrets.load(DATA_DIR)
SECRET_KEY = _keys["SECRET_KEY"]
DATA_KEYS = _keys["DATA_KEYS"].split(",")
HASH_KEY = _keys["HASH_KEY"]
ALLOWED_HOSTS = words("WULI_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("WULI_ORIGINS")
SITE_NAME = os.environ.get("WULI_SITE_NAME", "五力")

INSTALLED_APPS = [
    "wuli.web",
    "wuli.kernel.journal",
    "wuli.kernel.orgs",
    "wuli.kernel.notices",
    "wuli.kernel.ledger",
    "wuli.kernel.cascade",
    "wuli.kernel.metrics",
    "wuli.leadership.command",
    "wuli.leadership.grid",
    "wuli.leadership.meetings",
    "wuli.leadership.reports",
    "wuli.organisation.directives",
    "wuli.organisation.mobilisation",
    "wuli.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.dingtalk",
    "allauth.socialaccount.providers.feishu",
    "wuli.kernel.orgs.accounts.wecom",
    "django_tasks_db",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wuli.config.logs.request_log",
    "wuli.web.again.again",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wuli.kernel.journal.origin.origin_middleware",
    "wuli.kernel.orgs.accounts.gate.Gate",
    "wuli.kernel.notices.shell.read_by_opening",
]

ROOT_URLCONF = "wuli.config.urls"
WSGI_APPLICATION = "wuli.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wuli.kernel.orgs.shell.who",
                "wuli.kernel.notices.shell.bell",
                "wuli.web.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# SQLite in one file, or PostgreSQL by DATABASE_URL. Immediate transactions and persistent connections
# decide the speed and keep "database is locked" away (docs/adr/0004).
DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'wuli.sqlite3'}", conn_max_age=None, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "wuli.base.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA journal_size_limit=67108864",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A folder all workers on this machine share: a session ended in one is ended in all.
CACHES = {
    "default": {
        "BACKEND": "wuli.base.caching.Files",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}
if redis := os.environ.get("WULI_REDIS_URL"):
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis}

SITE_URL = os.environ.get("WULI_SITE_URL", "").rstrip("/")  # where messages sent outside lead to
NOTICE_DAYS = int(os.environ.get("WULI_NOTICE_DAYS", "90"))
NOTICE_PRIVATE_HOSTS = words("WULI_NOTICE_PRIVATE_HOSTS")

FIGURES_KEPT = int(os.environ.get("WULI_FIGURES_KEPT", "5"))  # seconds that sums over a large subtree may be old

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
EVIDENCE_DIR = DATA_DIR / "evidence"  # private: served only to those who may see the item
EVIDENCE_MAX_BYTES = int(os.environ.get("WULI_EVIDENCE_MAX_MB", "20")) * 1024 * 1024
IMPORT_DIR = DATA_DIR / "imports"
IMPORT_MAX_BYTES = int(os.environ.get("WULI_IMPORT_MAX_MB", "60")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LOG_DAYS = int(os.environ.get("WULI_LOG_DAYS", "365"))  # how long events are kept; never under 184
API_CALLS_A_MINUTE = int(os.environ.get("WULI_API_CALLS_A_MINUTE", "600"))  # of each token or signed-in person
REGIONS_FILE = PROJECT / "build" / "data" / "regions.json"

# Who gets in.
AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = ["wuli.kernel.orgs.accounts.backend.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "wuli.kernel.orgs.accounts.passwords.QuickHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "wuli.kernel.orgs.accounts.passwords.ThreeKindsOfSigns"},
    {"NAME": "wuli.kernel.orgs.accounts.passwords.NotOneself"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_NAME = "wuli"
SESSION_COOKIE_AGE = int(os.environ.get("WULI_SESSION_HOURS", "12")) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
IDLE_MINUTES = int(os.environ.get("WULI_IDLE_MINUTES", "30"))
TEMPORARY_PASSWORD_DAYS = int(os.environ.get("WULI_TEMPORARY_PASSWORD_DAYS", "7"))  # 0: they do not expire
PASSWORD_DAYS = int(os.environ.get("WULI_PASSWORD_DAYS", "0"))  # 0: chosen ones need never be changed

ADMIN_SECOND_FACTOR = flag("WULI_ADMIN_SECOND_FACTOR", True)  # the three administrators must use one

_forms = "wuli.kernel.orgs.forms.accounts"
ACCOUNT_ADAPTER = "wuli.kernel.orgs.accounts.entrance.AccountAdapter"
ACCOUNT_FORMS = {
    "login": f"{_forms}.LogInForm",
    "change_password": f"{_forms}.ChangePasswordForm",
    "reauthenticate": f"{_forms}.SamePersonForm",
}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Names are locked by our own count (rules.accounts). Whole offices stand behind one address, so an address is
# slowed down only where it could keep the server busy with nothing but checking passwords,.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": None}
MFA_ADAPTER = "wuli.kernel.orgs.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": f"{_forms}.CodeForm",
    "reauthenticate": f"{_forms}.SamePersonCodeForm",
    "activate_totp": f"{_forms}.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ADAPTER = "wuli.kernel.orgs.accounts.company.CompanyLoginAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_PROVIDERS = company_login.providers(os.environ)

# Safety in transit and in the browser.
BEHIND_TLS = flag("WULI_TLS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
PROXIES = words("WULI_PROXIES")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BEHIND_TLS else "http"
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # hosts below ours and preload lists are the site's affair
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "style-src-attr": [CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
CSRF_FAILURE_VIEW = "wuli.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Words and files.
LANGUAGE_CODE = os.environ.get("WULI_LANGUAGE", "zh-hans")
LANGUAGES = [("zh-hans", _("简体中文")), ("zh-hant", _("繁體中文")), ("en", _("English"))]
LOCALE_PATHS = [SOURCE / "locale"]
TIME_ZONE = os.environ.get("WULI_TIME_ZONE", "Asia/Shanghai")
USE_I18N = USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = PROJECT / "build" / "collected"
STATICFILES_DIRS = [folder for folder in [PROJECT / "build" / "static"] if folder.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# One JSON object a line, on standard error; wuli.config.logs keeps personal data out of it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "wuli.config.logs.JsonLine"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": os.environ.get("WULI_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR"},  # every request has its own line already
        "django.security.DisallowedHost": {"level": "ERROR"},
        # What these say may hold the secret addresses of chat robots; notices tell their outcomes themselves.
        "apprise": {"handlers": ["nowhere"], "propagate": False, "level": "CRITICAL"},
        "urllib3": {"level": "ERROR"},
        "weasyprint.progress": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
