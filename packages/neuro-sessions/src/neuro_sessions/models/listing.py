from datetime import time
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .abstract import AbstractAvailability, AbstractSession

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


class PeerSessionQuerySet(models.QuerySet["PeerSession"]):
    def published(self) -> "PeerSessionQuerySet":
        """What everybody can find: the published listings of hosts whose account is open."""
        return self.filter(published_at__isnull=False, host__is_active=True)

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "PeerSessionQuerySet":
        """What a person may see: what is published, and their own."""
        if not user.is_authenticated:
            return self.published()
        return self.filter(Q(published_at__isnull=False, host__is_active=True) | Q(host_id=user.pk))

    def manageable_by(self, user: "AbstractBaseUser | AnonymousUser") -> "PeerSessionQuerySet":
        return self.filter(host_id=user.pk) if user.is_authenticated else self.none()


class PeerSession(AbstractSession):
    """A one-to-one listing."""

    objects = PeerSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-to-one session")
        verbose_name_plural = _("one-to-one sessions")
        ordering = ["-published_at", "title"]

    def get_absolute_url(self) -> str:
        return reverse("neuro_sessions:detail", args=[self.slug])


class PeerSessionAvailability(AbstractAvailability):
    peer_session = models.ForeignKey(PeerSession, on_delete=models.CASCADE, related_name="availability")

    class Meta:
        verbose_name = _("weekly time")
        verbose_name_plural = _("weekly times")
        ordering = ["weekday", "start_time"]
        constraints = [
            models.CheckConstraint(
                name="neuro_sessions_window_ends_after_start",
                condition=Q(end_time__gt=F("start_time")) | Q(end_time=time(0)),
                violation_error_message=_("The end must be later than the start."),
            ),
        ]
