import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from neuro_accounts._claims import DueWork


class Channel(models.TextChoices):
    SITE = "site", _("On the site")
    EMAIL = "email", _("By e-mail")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def inbox_of(self, user: AbstractBaseUser) -> "DeliveryQuerySet":
        """What the person can read on the site, the newest first."""
        delivered = self.filter(recipient_id=user.pk, channel=Channel.SITE, sent_at__isnull=False)
        return delivered.order_by("-sent_at", "pk")

    def unread(self) -> "DeliveryQuerySet":
        return self.filter(read_at=None)


class Delivery(DueWork):
    """One message to one person by one channel, from the moment that it is owed.

    Its words are made when it goes out; on the site channel they are kept here, for the inbox.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="neuro_deliveries",
        verbose_name=_("recipient"),
    )
    type = models.CharField(_("type"), max_length=100)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    source_type = models.CharField(_("source type"), max_length=100)
    source_id = models.CharField(_("source id"), max_length=64)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    path = models.CharField(_("path"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["type", "recipient", "channel", "source_type", "source_id", "revision"],
                name="neuro_accounts_delivery_once",
            )
        ]
        indexes = [models.Index(fields=["recipient", "channel", "-sent_at"], name="neuro_accounts_delivery_inbox")]

    def __str__(self) -> str:
        return f"{self.type} → {self.recipient} ({self.channel})"
