from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from neuro_accounts.models import Delivery, HostApplication, Profile, TermsAcceptance, User, UserGroup


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look at only: these rows change through the domain functions alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    fieldsets = (
        *(UserAdmin.fieldsets or ()),
        (_("About the person"), {"fields": ("date_of_birth", "country", "phone_number")}),
    )


if settings.AUTH_USER_MODEL == "neuro_accounts.User":
    admin.site.register(User, PersonAdmin)


@admin.register(UserGroup)
class UserGroupAdmin(GroupAdmin):
    list_display = ["name", "label"]


@admin.register(Profile)
class ProfileAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["user", "display_name", "pronouns", "time_zone"]
    search_fields = ["display_name"]
    autocomplete_fields = ["user"]


@admin.register(HostApplication)
class HostApplicationAdmin(ReadOnlyAdmin):
    list_display = ["applicant", "state", "asked_at", "decided_at", "decided_by"]
    list_filter = ["state"]


@admin.register(TermsAcceptance)
class TermsAcceptanceAdmin(ReadOnlyAdmin):
    list_display = ["user", "version", "accepted_at"]
    list_filter = ["version"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = [
        "type",
        "recipient",
        "channel",
        "created_at",
        "next_attempt_at",
        "sent_at",
        "dropped_at",
        "attempts",
    ]
    list_filter = ["channel", "type"]
