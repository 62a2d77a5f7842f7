from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import listings
from .models import (
    Booking,
    BookingDraft,
    BookingEvent,
    DateOverride,
    HostCalendar,
    HostTerms,
    HostTime,
    PeerSession,
    PeerSessionAvailability,
    Review,
    ScheduledSession,
)
from .pricing import price_text

USERNAME = get_user_model().USERNAME_FIELD


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look at only: these rows change through the domain functions alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class AvailabilityInline(admin.TabularInline):  # type: ignore[type-arg]
    model = PeerSessionAvailability


@admin.register(PeerSession)
class PeerSessionAdmin(ReadOnlyAdmin):
    """Hosts write their listings themselves; staff who may change them can hide one from the list."""

    list_display = ["title", "host", "price", "currency", "published_at"]
    list_filter = ["published_at"]
    search_fields = ["title", f"host__{USERNAME}"]
    inlines = [AvailabilityInline]
    actions = ["hide"]

    def has_hide_permission(self, request: HttpRequest) -> bool:
        return super().has_view_permission(request) and request.user.has_perm("neuro_sessions.change_peersession")

    @admin.action(permissions=["hide"], description=_("Hide the selected sessions from the list"))
    def hide(self, request: HttpRequest, queryset: QuerySet[PeerSession]) -> None:
        hidden = sum(listings.unpublish(listing) for listing in queryset)
        sentence = ngettext("%(number)d session is hidden now.", "%(number)d sessions are hidden now.", hidden)
        self.message_user(request, sentence % {"number": hidden}, messages.SUCCESS)


class EventInline(admin.TabularInline):  # type: ignore[type-arg]
    model = BookingEvent


class OwedFilter(admin.SimpleListFilter):
    title = _("to give back")
    parameter_name = "owed"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return [("yes", _("something"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Booking]") -> "QuerySet[Booking]":
        return queryset.filter(refund__gt=0) if self.value() else queryset


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    list_display = ["title", "host", "seeker", "starts_at", "state", "attendance", "to_give_back"]
    list_filter = ["state", OwedFilter]
    search_fields = ["title", f"host__{USERNAME}", f"seeker__{USERNAME}"]
    date_hierarchy = "starts_at"
    inlines = [EventInline]

    @admin.display(description=_("to give back"), ordering="refund")
    def to_give_back(self, booking: Booking) -> str:
        return price_text(booking.refund, booking.currency) if booking.refund else ""


@admin.register(BookingDraft)
class BookingDraftAdmin(ReadOnlyAdmin):
    """What somebody has written but not sent is theirs alone."""

    list_display = ["seeker", "peer_session", "starts_at", "updated_at"]
    exclude = ["answers"]


@admin.register(ScheduledSession)
class ScheduledSessionAdmin(ReadOnlyAdmin):
    list_display = ["peer_session", "host", "starts_at", "ends_at"]
    date_hierarchy = "starts_at"


@admin.register(HostTime)
class HostTimeAdmin(ReadOnlyAdmin):
    list_display = ["host", "kind", "starts_at", "ends_at", "expires_at"]
    date_hierarchy = "starts_at"


@admin.register(HostCalendar)
class HostCalendarAdmin(ReadOnlyAdmin):
    list_display = ["host", "notice_minutes", "horizon_days", "paused_at"]
    search_fields = [f"host__{USERNAME}"]


@admin.register(DateOverride)
class DateOverrideAdmin(ReadOnlyAdmin):
    """The note is the host's own."""

    list_display = ["host", "first_day", "last_day", "start_time", "end_time", "time_zone"]
    search_fields = [f"host__{USERNAME}"]
    exclude = ["note"]


@admin.register(HostTerms)
class HostTermsAdmin(ReadOnlyAdmin):
    list_display = ["host", "version", "created_at"]
    search_fields = [f"host__{USERNAME}", "text"]


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["booking", "rating", "created_at"]
