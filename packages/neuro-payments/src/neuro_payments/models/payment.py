import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from neuro_payments import pay_tokens
from neuro_payments._claims import DueWork
from neuro_payments.money import format_amount


class Payment(DueWork):
    """One attempt to have a payable paid. The state changes only in ``checkout``.

    It is *due* while somebody may pay it, while the provider has to be told that it is over,
    and while ``revision > told_revision``: somebody here has to be told.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PAID = "paid", _("paid")
        EXPIRED = "expired", _("expired")
        CANCELLED = "cancelled", _("cancelled")

    class Problem(models.TextChoices):
        DECLINED = "declined", _("The card was declined. Nothing has been paid. You can try again.")
        MISMATCH = "mismatch", _("The provider reports a different amount. A person has to check it.")
        PAID_TWICE = "paid_twice", _("This was paid twice. A person has to send one payment back.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payable_type = models.CharField(_("what is paid for"), max_length=100)
    payable_id = models.CharField(_("its id"), max_length=100)
    description = models.CharField(_("description"), max_length=200)
    payer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="payments",
        verbose_name=_("payer"),
    )
    account = models.ForeignKey(
        "neuro_payments.StripeAccount",
        on_delete=models.PROTECT,
        related_name="payments",
        verbose_name=_("payout account"),
    )
    provider = models.CharField(_("provider"), max_length=40)
    amount = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    fee_bps = models.PositiveIntegerField(_("platform fee in basis points"))
    fee_amount = models.BigIntegerField(_("platform fee in minor units"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    last_problem = models.CharField(_("last problem"), max_length=20, choices=Problem, blank=True)
    checkout_id = models.CharField(_("checkout at the provider"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("opened"))
    expires_at = models.DateTimeField(_("to be paid by"))
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    told_revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="neuro_payments_amount_positive"),
            models.CheckConstraint(
                condition=Q(fee_amount__gte=0) & Q(fee_amount__lte=F("amount")),
                name="neuro_payments_fee_within_amount",
            ),
            models.UniqueConstraint(
                fields=["payable_type", "payable_id"],
                condition=Q(state="open"),
                name="neuro_payments_one_open_payment",
            ),
            models.UniqueConstraint(
                fields=["payable_type", "payable_id"],
                condition=Q(state="paid"),
                name="neuro_payments_one_paid_payment",
            ),
            models.UniqueConstraint(
                fields=["provider", "checkout_id"],
                condition=~Q(checkout_id=""),
                name="neuro_payments_checkout_once",
            ),
        ]
        indexes = [
            models.Index(fields=["payable_type", "payable_id"], name="neuro_payments_payable"),
        ]

    def __str__(self) -> str:
        return f"{self.description}: {format_amount(self.amount, self.currency)}"

    @property
    def payout_amount(self) -> int:
        """What the host gets before the provider's own charges, in minor units."""
        return self.amount - self.fee_amount

    def pay_path(self) -> str:
        """Our own signed address for paying it: safe to mail, and the same for ever."""
        return reverse("neuro_payments:pay", args=[pay_tokens.sign(self.pk)])
