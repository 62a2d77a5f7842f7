from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StripeAccount(models.Model):
    """A host's payout account at a provider. The status changes only in ``payout_accounts``."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        DISCONNECTED = "disconnected", _("disconnected")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="payout_accounts",
        verbose_name=_("owner"),
    )
    provider = models.CharField(_("provider"), max_length=40)
    account_id = models.CharField(_("account at the provider"), max_length=255)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.ACTIVE)
    connected_at = models.DateTimeField(_("connected"))
    disconnected_at = models.DateTimeField(_("disconnected"), null=True, blank=True)

    class Meta:
        verbose_name = _("payout account")
        verbose_name_plural = _("payout accounts")
        constraints = [
            models.UniqueConstraint(fields=["provider", "account_id"], name="neuro_payments_account_once"),
            models.UniqueConstraint(
                fields=["owner", "provider"],
                condition=Q(status="active"),
                name="neuro_payments_one_live_account",
            ),
        ]

    def __str__(self) -> str:
        return self.account_id
