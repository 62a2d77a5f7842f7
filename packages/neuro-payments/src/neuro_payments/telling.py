from uuid import UUID

from neuro_payments.models import Payment
from neuro_payments.signals import payment_changed


def tell(payment_id: UUID) -> bool:
    """Sends ``payment_changed`` if something is untold. False: a receiver failed, and ``tasks.tick`` repeats it.

    A receiver's error is logged by Django and never reaches the person who is paying.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.told_revision >= payment.revision:
        return True
    answers = payment_changed.send_robust(
        sender=Payment,
        payment_id=payment.pk,
        payable_type=payment.payable_type,
        payable_id=payment.payable_id,
    )
    if any(isinstance(answer, Exception) for _, answer in answers):
        return False
    untold = Payment.objects.filter(pk=payment.pk, told_revision__lt=payment.revision)
    untold.update(told_revision=payment.revision)
    return True
