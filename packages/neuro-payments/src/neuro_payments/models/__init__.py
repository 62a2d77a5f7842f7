from neuro_payments.models.payment import Payment
from neuro_payments.models.payout import StripeAccount
from neuro_payments.models.sandbox import SandboxCheckout

__all__ = ["Payment", "SandboxCheckout", "StripeAccount"]
