from django.db import models
from django.utils.translation import gettext_lazy as _


class SandboxCheckout(models.Model):
    """What the sandbox provider knows of a checkout: the remote side, which our payments only hear about."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        PAID = "paid", _("paid")
        EXPIRED = "expired", _("expired")

    token = models.CharField(max_length=64, unique=True)
    reference = models.CharField(max_length=64, unique=True)
    account_id = models.CharField(max_length=255)
    description = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    fee_amount = models.BigIntegerField()
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    declines = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    return_url = models.TextField()
    back_url = models.TextField()

    class Meta:
        verbose_name = _("sandbox checkout")
        verbose_name_plural = _("sandbox checkouts")

    def __str__(self) -> str:
        return self.reference
