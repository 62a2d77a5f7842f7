"""What the sign-in forms say in our words where allauth's are others."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "email": _("E-mail address"),
    "remember": _("Stay logged in on this device"),
    "oldpassword": _("Current password"),
    "password2": _("The same password again"),
}
NEW_PASSWORD = LABELS | {"password1": _("New password"), "password2": _("The same new password again")}
# By the set of things that the project lets people log in with.
LOGIN_LABELS = {
    frozenset({"username"}): _("Username"),
    frozenset({"email"}): _("E-mail address"),
    frozenset({"username", "email"}): _("Username or e-mail address"),
}

ERRORS = {
    "account_inactive": _("This account is switched off."),
    "cannot_remove_primary_email": _("This is your main address. First choose another main address."),
    "duplicate_email": _("Your account has this address already."),
    "email_password_mismatch": _("The e-mail address or the password is not right. Check both."),
    "email_taken": _("There is an account with this address already."),
    "enter_current_password": _("This is not your current password."),
    "incorrect_code": _("This code is not right. Check the newest message from us."),
    "incorrect_password": _("This password is not right."),
    "invalid_login": _("This cannot be used to log in. Check what you typed."),
    "invalid_or_expired_key": _("This link does not work any more."),
    "invalid_password_reset": _("This link does not work any more."),
    "max_email_addresses": _("You can have %d addresses at most."),
    "phone_password_mismatch": _("The phone number or the password is not right. Check both."),
    "phone_taken": _("There is an account with this phone number already."),
    "rate_limited": _("That was often in a short time. Wait a few minutes, then try again."),
    "same_as_current": _("This is what you have already."),
    "select_only_one": _("Choose one only."),
    "too_many_login_attempts": _("That did not work several times. Wait a few minutes, then try again."),
    "unknown_email": _("There is no account with this address."),
    "unknown_phone": _("There is no account with this phone number."),
    "unverified_primary_email": _("Confirm this address first. Then it can be your main address."),
    "username_blacklisted": _("This username cannot be used. Choose another."),
    "username_password_mismatch": _("The username or the password is not right. Check both."),
    "username_taken": _("This username is taken. Please choose another."),
}
