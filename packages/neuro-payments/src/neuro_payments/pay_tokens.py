from uuid import UUID

from django.core.signing import BadSignature, Signer


def sign(payment_id: UUID) -> str:
    return _signer().sign(payment_id.hex)


def read(token: str) -> UUID | None:
    """The payment that the token names, or None when it was not made by ``sign``."""
    try:
        return UUID(hex=_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    # No expiry by time: the payment's own state says whether it can still be paid.
    return Signer(salt="neuro_payments.pay", sep=".")
