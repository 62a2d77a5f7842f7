from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "tests.projects.minimal.shop"
    label = "shop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from neuro_payments import payables, signals
        from tests.projects.minimal.shop.payables import OrderPayable, settle

        payables.register("shop.order", OrderPayable())
        signals.payment_changed.connect(settle)
