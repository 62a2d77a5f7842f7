from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

from neuro_accounts.models import TermsAcceptance


def accept(user: AbstractBaseUser, *, version: str, now: datetime) -> TermsAcceptance:
    """Records that the person accepted this version. The first time counts."""
    acceptance, _created = TermsAcceptance.objects.get_or_create(
        user_id=user.pk, version=version, defaults={"accepted_at": now}
    )
    return acceptance
