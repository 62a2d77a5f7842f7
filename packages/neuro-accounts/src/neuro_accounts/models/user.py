from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from neuro_accounts import validators


class User(AbstractUser):
    """The user model for projects that have none of their own yet (``AUTH_USER_MODEL = "neuro_accounts.User"``).

    Nothing outside this module and the sign-up reads its extra fields: a project may keep its own model.
    """

    username = models.CharField(
        _("username"),
        max_length=64,
        unique=True,
        help_text=_("5 to 64 letters, digits, underscores or hyphens."),
        validators=[validators.username_length, validators.username_characters],
        error_messages={"unique": _("This username is taken. Please choose another.")},
    )
    date_of_birth = models.DateField(_("date of birth"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[validators.country_code])
    phone_number = models.CharField(_("phone number"), max_length=32, blank=True)

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"
        constraints = [
            # SQLite folds the case of ASCII letters only.
            models.UniqueConstraint(
                Lower("username"),
                name="neuro_accounts_user_username_any_case",
                violation_error_message=_("This username is taken. Please choose another."),
            )
        ]
