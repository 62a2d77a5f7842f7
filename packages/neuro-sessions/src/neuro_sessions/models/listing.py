from datetime import time
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from .abstract import AbstractAvailability, AbstractSession

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


class PeerSessionQuerySet(models.QuerySet["PeerSession"]):
    def published(self) -> "PeerSessionQuerySet":
        """What everybody can find: the published listings of hosts whose account is open."""
        return self.filter(published_at__isnull=False, host__is_active=True)

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "PeerSessionQuerySet":
        """What a person may see: what is published, and what they host or host together with somebody."""
        if not user.is_authenticated:
            return self.published()
        published = Q(published_at__isnull=False, host__is_active=True)
        return self.filter(published | Q(host_id=user.pk) | Q(pk__in=granted_to(user, "view_peersession")))

    def manageable_by(self, user: "AbstractBaseUser | AnonymousUser") -> "PeerSessionQuerySet":
        """What a person may change: what they host, alone or together with somebody."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(host_id=user.pk) | Q(pk__in=granted_to(user, "change_peersession")))

    def hosted_by(self, user: "AbstractBaseUser | AnonymousUser") -> "PeerSessionQuerySet":
        """A person's own: price, meeting link, publishing and co-hosts are up to its host alone."""
        return self.filter(host_id=user.pk) if user.is_authenticated else self.none()


class PeerSession(AbstractSession):
    """A one-to-one listing."""

    objects = PeerSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-to-one session")
        verbose_name_plural = _("one-to-one sessions")
        ordering = ["-published_at", "title"]
        permissions = [
            ("request_session", _("Can ask for a time")),
            ("schedule_session", _("Can answer requests")),
            ("manage_availability", _("Can change the times")),
        ]
        constraints = [
            models.CheckConstraint(
                name="neuro_sessions_reduced_price_is_lower",
                condition=Q(reduced_price=None) | Q(reduced_price__lte=F("price")),
                violation_error_message=_("The reduced price cannot be higher than the price."),
            ),
            models.CheckConstraint(
                name="neuro_sessions_minimum_price_is_lower",
                condition=Q(minimum_price__lte=F("price")),
                violation_error_message=_("The least cannot be higher than the price that you suggest."),
            ),
        ]
        indexes = [models.Index(fields=["next_free_at", "id"], name="neuro_sessions_peer_next_free")]

    def get_absolute_url(self) -> str:
        return reverse("neuro_sessions:detail", args=[self.slug])


class PeerSessionAvailability(AbstractAvailability):
    peer_session = models.ForeignKey(PeerSession, on_delete=models.CASCADE, related_name="availability")

    class Meta:
        verbose_name = _("available time")
        verbose_name_plural = _("available times")
        ordering = ["weekday", "start_time"]
        constraints = [
            models.CheckConstraint(
                name="neuro_sessions_window_ends_after_start",
                condition=Q(end_time__gt=F("start_time")) | Q(end_time=time(0)),
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(
                name="neuro_sessions_window_has_its_day",
                condition=Q(repeats="daily")
                | Q(repeats="weekly", weekday__isnull=False)
                | Q(repeats__in=["once", "monthly"], first_day__isnull=False),
                violation_error_message=_("Say on which day this time is."),
            ),
            models.CheckConstraint(
                name="neuro_sessions_window_last_day_after_first",
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]


class PeerSessionUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(PeerSession, on_delete=models.CASCADE)


class PeerSessionGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(PeerSession, on_delete=models.CASCADE)


def granted_to(user: "AbstractBaseUser", codename: str) -> models.QuerySet[PeerSessionUserObjectPermission, Any]:
    """The keys of the listings for which a person has this permission by a row of their own."""
    rows = PeerSessionUserObjectPermission.objects.filter(user_id=user.pk, permission__codename=codename)
    return rows.values("content_object_id")
