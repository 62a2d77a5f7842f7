from django.contrib import admin
from django.http import HttpRequest

from neuro_video.models import MeetingRoom


@admin.register(MeetingRoom)
class MeetingRoomAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look at only: rooms follow their sources."""

    list_display = ["__str__", "state", "starts_at", "ends_at", "provider", "attempts", "last_error"]
    list_filter = ["state", "provider"]
    search_fields = ["source_type", "source_id"]
    date_hierarchy = "starts_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
