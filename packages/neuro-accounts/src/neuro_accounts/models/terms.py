from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TermsAcceptance(models.Model):
    """That a person accepted one version of the terms, and when they first did."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="neuro_terms_acceptances",
        verbose_name=_("user"),
    )
    version = models.CharField(_("version"), max_length=40)
    accepted_at = models.DateTimeField(_("accepted at"))

    class Meta:
        verbose_name = _("terms acceptance")
        verbose_name_plural = _("terms acceptances")
        constraints = [models.UniqueConstraint(fields=["user", "version"], name="neuro_accounts_terms_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.version}"
