import os
from pathlib import Path
from typing import Any

from neuromancers.settings.database import database
from neuromancers.settings.policies import PUBLIC_POLICY

BASE_DIR = Path(__file__).resolve().parents[3]
PACKAGE_DIR = Path(__file__).resolve().parents[1]
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

ROOT_URLCONF = "neuromancers.urls"
WSGI_APPLICATION = "neuromancers.wsgi.application"

INSTALLED_APPS = [
    "neuromancers",
    "neuro_sessions.contrib.wagtail",
    "neuro_sessions.contrib.payments",
    "neuro_sessions.contrib.video",
    "guardian",
    "neuro_sessions",
    "neuro_accounts.contrib.signin",
    "neuro_accounts",
    "neuro_payments",
    "neuro_video",
    "neuro_cms",
    "neuro_cms.ui",
    "django_components",
    "allauth",
    "allauth.account",
    "wagtail.contrib.routable_page",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.snippets",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Wagtail's search uses its fields on PostgreSQL.
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "neuro_cms.ui.middleware.MaintenanceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "neuro_accounts.middleware.PreferencesMiddleware",
]

# Named loaders are not cached by themselves. `runserver` notices a changed template all the same.
LOADERS: list[Any] = [
    (
        "django.template.loaders.cached.Loader",
        [
            "django.template.loaders.filesystem.Loader",
            "django.template.loaders.app_directories.Loader",
            "django_components.template_loader.Loader",
        ],
    )
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "templates"],
        "OPTIONS": {
            "loaders": LOADERS,
            "builtins": [
                "neuro_accounts.templatetags.neuro_accounts",
                "neuro_payments.templatetags.neuro_payments",
                "neuro_video.templatetags.neuro_video",
                "neuro_sessions.templatetags.neuro_sessions",
                "neuro_cms.ui.templatetags.neuro_cms_ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "neuro_accounts.context_processors.accounts",
                "neuro_cms.ui.context_processors.ui",
                "neuromancers.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
COMPONENTS = {"dirs": [], "app_dirs": ["components"], "extensions": ["neuro_cms.ui.djc.NoManagerScript"]}

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), else_file=VAR_DIR / "db.sqlite3")}
# Named, so that Wagtail's small tasks run on the same backend as ours.
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "assets"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

SECURE_CSP = PUBLIC_POLICY
CSRF_COOKIE_HTTPONLY = True

AUTH_USER_MODEL = "neuro_accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # nobody is granted anything by row without an account
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "neuro_sessions:bookings"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "neuro_accounts.contrib.signin.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "neuro_accounts.contrib.signin.forms.SignupForm",
    "login": "neuro_accounts.contrib.signin.forms.LoginForm",
    "add_email": "neuro_accounts.contrib.signin.forms.AddEmailForm",
    "change_password": "neuro_accounts.contrib.signin.forms.ChangePasswordForm",
    "reset_password": "neuro_accounts.contrib.signin.forms.ResetPasswordForm",
    "reset_password_from_key": "neuro_accounts.contrib.signin.forms.ResetPasswordKeyForm",
    "reauthenticate": "neuro_accounts.contrib.signin.forms.ReauthenticateForm",
}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
SITE_NAME = "Neuromancers"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Neuromancers <hello@neuromancers.org.uk>")
EMAIL_TIMEOUT = 10

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FRONTEND_LOGIN_URL = "/login/"
# People change and reset their passwords on the site's own pages.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# An address counts only when it was confirmed, which the sign-in pages see to.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

NEURO_ACCOUNTS: dict[str, Any] = {
    "BASE_URL": BASE_URL,
    "GROUPS": {
        "Support Seeker": {"label": "Support seeker", "permissions": []},
        "Peer": {
            "label": "Peer",
            "permissions": ["neuro_sessions.add_peersession", "neuro_sessions.change_peersession"],
        },
        "Neuromancer": {
            "label": "Neuromancer",
            "permissions": [
                "neuro_accounts.view_hostapplication",
                "neuro_accounts.change_hostapplication",
                "wagtailadmin.access_admin",
            ],
        },
    },
}
NEURO_SESSIONS: dict[str, Any] = {
    "SETTLEMENT": "neuro_sessions.contrib.payments.settlement.Paid",
    "MEETING_PLACE": "neuro_sessions.contrib.video.meeting_place.Room",
    "BECOME_HOST_URL": "neuro_accounts:become-host",
}
# Who answers for the site says where; nobody is promised by default.
NEURO_CMS: dict[str, Any] = {"SUPPORT_EMAIL": ""}
NEURO_CMS_UI: dict[str, Any] = {
    # A page that gives nothing away, and that nobody wonders about.
    "EXIT_URL": "https://www.bbc.co.uk/weather",
    "HELP_URL": "neuro_cms:help",
    "ACCOUNT_URL": "account",
    "MAINTENANCE_FILE": str(VAR_DIR / "maintenance"),
}

# What `manage.py tick` calls, in this order.
TICKS = [
    "neuro_payments.tasks.tick",
    "neuro_video.tasks.tick",
    "neuro_sessions.tasks.tick",
    "neuro_accounts.tasks.tick",
]
