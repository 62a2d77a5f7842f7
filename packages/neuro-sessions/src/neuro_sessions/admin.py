from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from .models import Booking, BookingEvent, HostTime, PeerSession, PeerSessionAvailability, Review, ScheduledSession

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
    extra = 0


@admin.register(PeerSession)
class PeerSessionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "host", "price", "currency", "published_at"]
    list_filter = ["published_at"]
    search_fields = ["title", f"host__{USERNAME}"]
    inlines = [AvailabilityInline]

    def get_readonly_fields(self, request: HttpRequest, obj: PeerSession | None = None) -> list[str]:
        return ["host"] if obj else []


class EventInline(admin.TabularInline):  # type: ignore[type-arg]
    model = BookingEvent


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    list_display = ["title", "host", "seeker", "starts_at", "state", "attendance"]
    list_filter = ["state"]
    search_fields = ["title", f"host__{USERNAME}", f"seeker__{USERNAME}"]
    date_hierarchy = "starts_at"
    inlines = [EventInline]


@admin.register(ScheduledSession)
class ScheduledSessionAdmin(ReadOnlyAdmin):
    list_display = ["peer_session", "host", "starts_at", "ends_at"]
    date_hierarchy = "starts_at"


@admin.register(HostTime)
class HostTimeAdmin(ReadOnlyAdmin):
    list_display = ["host", "kind", "starts_at", "ends_at", "expires_at"]
    date_hierarchy = "starts_at"


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["booking", "rating", "created_at"]
