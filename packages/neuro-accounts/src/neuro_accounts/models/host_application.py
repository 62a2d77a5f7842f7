import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

DECIDE = "neuro_accounts.change_hostapplication"


class HostApplicationQuerySet(models.QuerySet["HostApplication"]):
    def manageable_by(self, user: AbstractUser) -> "HostApplicationQuerySet":
        """The applications that this person may decide."""
        return self if user.has_perm(DECIDE) else self.none()

    def in_queue_order(self) -> "HostApplicationQuerySet":
        """Those that wait come first, the longest waiting at the top; then the latest decisions."""
        waits = models.Case(models.When(state=HostApplication.State.PENDING, then=0), default=1)
        return self.order_by(waits, "-decided_at", "asked_at", "pk")


class HostApplication(models.Model):
    """A person asks to become a host. ``neuro_accounts.hosting`` is the only door to its state."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="neuro_host_applications",
        verbose_name=_("applicant"),
    )
    message = models.TextField(_("message"), max_length=4000)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = HostApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("host application")
        verbose_name_plural = _("host applications")
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"], condition=Q(state="pending"), name="neuro_accounts_host_application_one_pending"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "accepted", "declined"]),
                name="neuro_accounts_host_application_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.applicant}: {self.get_state_display()}"

    @property
    def is_pending(self) -> bool:
        return self.state == self.State.PENDING
