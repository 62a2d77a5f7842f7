from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from neuro_payments.models import Payment, StripeAccount
from neuro_payments.money import format_amount


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look at only: these rows change through the domain functions alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ("description", "price", "state", "payer", "account", "created_at", "paid_at", "last_problem")
    list_filter = ("state", "provider", "last_problem")
    list_select_related = ("payer", "account")
    search_fields = ("=id", "=payable_id", "description", "=checkout_id")
    date_hierarchy = "created_at"

    @admin.display(description=_("amount"), ordering="amount")
    def price(self, payment: Payment) -> str:
        return format_amount(payment.amount, payment.currency)


@admin.register(StripeAccount)
class StripeAccountAdmin(ReadOnlyAdmin):
    list_display = ("account_id", "owner", "provider", "status", "connected_at", "disconnected_at")
    list_filter = ("status", "provider")
    list_select_related = ("owner",)
    search_fields = ("=account_id",)
