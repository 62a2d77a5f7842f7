from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from neuro_accounts import validators


class ProfileManager(models.Manager["Profile"]):
    def of(self, user: AbstractBaseUser) -> "Profile":
        """The person's stored profile, else an unsaved empty one. Writes nothing."""
        try:
            stored: Profile = user.neuro_profile  # type: ignore[attr-defined]
        except Profile.DoesNotExist:
            return Profile(user_id=user.pk)
        return stored


class Profile(models.Model):
    """What a person says about themselves. It works with every user model."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="neuro_profile", verbose_name=_("user")
    )
    display_name = models.CharField(
        _("display name"),
        max_length=80,
        blank=True,
        help_text=_("The name that others see. If you leave it empty, they see your username."),
    )
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True, help_text=_("For example: they/them."))
    bio = models.TextField(
        _("about you"), max_length=4000, blank=True, help_text=_("A few sentences that others may read.")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validators.validate_time_zone])
    language = models.CharField(
        _("language"),
        max_length=16,
        blank=True,
        help_text=_("Language code for mails. Empty: the language of the site."),
    )

    objects = ProfileManager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return self.display_name or str(self.user)
