"""Django's settings, made from the environment (`environment.py` says what may stand there)."""

import os
import tempfile
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from halsonav.config import environment

ENV = environment.read()
ROOT = environment.ROOT
MODE: str = ENV["mode"]
DEMO: bool = MODE == "demo"

SECRET_KEY: str = ENV["secret_key"]
SECRET_KEY_FALLBACKS: list[str] = ENV["earlier_secret_keys"]
DEBUG = False
ALLOWED_HOSTS: list[str] = ENV["hosts"]
ORIGIN: str = ENV["origin"]
PROXIES: int = ENV["proxies"]
SECURE_BROWSER = ORIGIN.startswith("https")
DATA_DIR = ENV["data"]
SITE_NAME = "Hälsonav"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "halsonav.design",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "halsonav.jobs",
    "halsonav.people",
    "halsonav.places",
    "halsonav.messages",
    "halsonav.desk",
    "halsonav.programme",
    "halsonav.website",
    "halsonav.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "halsonav.config.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "halsonav.website.middleware.LanguageByAddress",
    "django.middleware.common.CommonMiddleware",
    "halsonav.website.middleware.OnlyRead",
    "halsonav.config.middleware.UsualMethods",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "halsonav.people.middleware.OwnLanguage",
    "halsonav.people.middleware.SignInLimits",
]
PUBLIC_NAMESPACES = {"website"}  # pages that are the same for all, whoever is signed in

ROOT_URLCONF = "halsonav.config.urls"
WSGI_APPLICATION = "halsonav.config.wsgi.application"
DATABASES = {"default": ENV["database"]}
if MODE == "test" and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real use: the engine in memory locks otherwise and has no WAL.
    TEST_FILE = Path(tempfile.gettempdir()) / f"halsonav-test-{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_FILE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "halsonav.design.context.frame",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher"
    if MODE != "test"
    else "django.contrib.auth.hashers.MD5PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "halsonav.people.signing_in.passwords.NotCommon"},
    {"NAME": "halsonav.people.signing_in.passwords.NotLeaked"},
    {"NAME": "halsonav.people.signing_in.passwords.NotGuessable"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can have us write to whom they like
PASSWORD_RESET_TIMEOUT = 2 * 3600  # as the letter says: two hours
ACCOUNT_ADAPTER = "halsonav.people.sign_in.AccountAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/arbete/"
ACCOUNT_LOGOUT_REDIRECT_URL = "website:start"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False  # a sign-in ends with the browser: it may be the library's
# Ours hold over processes (`people/signing_in/throttle.py`); allauth counts in each by itself.
ACCOUNT_RATE_LIMITS = dict.fromkeys(("login", "login_failed", "reset_password"))
ACCOUNT_FORMS = {
    "login": "halsonav.people.forms.LoginForm",
    "reset_password": "halsonav.people.forms.ResetPasswordForm",
    "reset_password_from_key": "halsonav.people.forms.ResetPasswordKeyForm",
    "set_password": "halsonav.people.forms.SetPasswordForm",
    "change_password": "halsonav.people.forms.ChangePasswordForm",
    "reauthenticate": "halsonav.people.forms.ReauthenticateForm",
}
OIDC: dict[str, str] = ENV["oidc"]
SOCIALACCOUNT_ADAPTER = "halsonav.people.views.organisation.OutsideAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # who somebody is, is issuer and subject
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "provider_class": "halsonav.people.signing_in.identity_provider.OrganisationProvider",
        "APPS": [environment.identity_provider_app(OIDC)] if OIDC else [],
    }
}
MFA_ADAPTER = "halsonav.people.signing_in.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a finger, a face or a PIN: two factors in one
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_BROWSER  # the demo's and the tests'
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: the invitation went to the address
MFA_FORMS = {
    "authenticate": "halsonav.people.forms.CodeForm",
    "reauthenticate": "halsonav.people.forms.CodeOnceMoreForm",
    "activate_totp": "halsonav.people.forms.ActivateTOTPForm",
    "add_webauthn": "halsonav.people.forms.AddKeyForm",
    "edit_webauthn": "halsonav.people.forms.KeyNameForm",
}
# Shared by all processes: a code that was used in one is used in all.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
    }
}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [ROOT / "halsonav" / "website" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static"  # `halsonav build` writes it; nothing is collected
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["halsonav.config.uploads.NoFiles"]
MEDIA_ROOT = DATA_DIR / "media"
BACKUP_RECIPIENT: str = ENV["backup_recipient"]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = "halsonav.messages.backend.OutboxBackend"
MAIL: dict[str, Any] = ENV["mail"]
DEFAULT_FROM_EMAIL: str = ENV["sender"]

MESSAGE_STORAGE = "halsonav.config.told_once.HostBound"
SESSION_ENGINE = "halsonav.people.signing_in.session_store"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_BROWSER
# A browser takes such a cookie from this host alone, by https, and for all of the site.
COOKIE_PREFIX = "__Host-" if SECURE_BROWSER else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
# The proxy speaks https with readers and http with us: only ORIGIN tells what they see.
CSRF_TRUSTED_ORIGINS = [ORIGIN]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ORIGIN.partition(":")[0]
CSRF_COOKIE_HTTPONLY = True
HTTPS_SECONDS = 365 * 24 * 3600  # how long a browser shall remember to ask by https alone
CSRF_FAILURE_VIEW = "halsonav.desk.views.form_too_old"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # A browser follows the form that leads to the identity provider only when it stands here.
        "form-action": [SELF, *environment.origins_of(OIDC.get("issuer", ""))],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "no_trace_of_others_faults": {"()": "halsonav.config.logs.NoTraceOfOthersFaults"},
    },
    "formatters": {"lines": {"()": "halsonav.config.logs.JsonLines"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["no_trace_of_others_faults"],
            "formatter": "lines",
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
