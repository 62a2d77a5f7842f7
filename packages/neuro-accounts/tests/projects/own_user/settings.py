"""A project with our user model, our sign-in and the development mailbox."""

from tests.projects.minimal.settings import *  # noqa: F403
from tests.projects.minimal.settings import INSTALLED_APPS, MIDDLEWARE, database

ROOT_URLCONF = "tests.projects.own_user.urls"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/profile/"
AUTH_USER_MODEL = "neuro_accounts.User"
NEURO_ACCOUNTS = {"BASE_URL": "https://site.example.org"}
LANGUAGES = [("en", "English"), ("de", "Deutsch")]

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "allauth",
    "allauth.account",
    "neuro_accounts.contrib.signin",
    "neuro_accounts.contrib.mailbox",
]
MIDDLEWARE = [*MIDDLEWARE, "allauth.account.middleware.AccountMiddleware"]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

ACCOUNT_ADAPTER = "neuro_accounts.contrib.signin.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_USERNAME_MIN_LENGTH = 5
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "neuro_accounts.contrib.signin.forms.LoginForm",
    "signup": "neuro_accounts.contrib.signin.forms.SignupForm",
    "add_email": "neuro_accounts.contrib.signin.forms.AddEmailForm",
    "change_password": "neuro_accounts.contrib.signin.forms.ChangePasswordForm",
    "reset_password": "neuro_accounts.contrib.signin.forms.ResetPasswordForm",
    "reset_password_from_key": "neuro_accounts.contrib.signin.forms.ResetPasswordKeyForm",
    "reauthenticate": "neuro_accounts.contrib.signin.forms.ReauthenticateForm",
}
ACCOUNT_RATE_LIMITS = False

DATABASES = {"default": database("test_neuro_accounts")}
