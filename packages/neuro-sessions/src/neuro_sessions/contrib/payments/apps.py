from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionPaymentsConfig(AppConfig):
    name = "neuro_sessions.contrib.payments"
    label = "neuro_sessions_payments"
    verbose_name = _("Sessions: payments")

    def ready(self) -> None:
        from neuro_accounts.notifications import register
        from neuro_payments import payables
        from neuro_payments.signals import payment_changed

        from . import notifications
        from .receivers import settle_booking
        from .settlement import PAYABLE_TYPE, PayableBooking

        payables.register(PAYABLE_TYPE, PayableBooking())
        payment_changed.connect(settle_booking, dispatch_uid="neuro_sessions.contrib.payments")
        register(*notifications.TYPES)
