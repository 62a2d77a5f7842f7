from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from neuro_accounts import announcements, conf
from neuro_accounts.groups import add_to_group
from neuro_accounts.models import Delivery
from neuro_accounts.notifications import notify


def welcome(user: AbstractUser, *, now: datetime) -> None:
    """Makes somebody with a confirmed e-mail address a support seeker and welcomes them, once.

    A later confirmation of another address changes nothing, so a group that staff took away stays away.
    """
    key = announcements.ACCOUNT_CREATED.key
    if Delivery.objects.filter(recipient_id=user.pk, type=key).exists():
        return
    with transaction.atomic():
        notify(key, user, source_type=announcements.ACCOUNT, source_id=user.pk, now=now)
        add_to_group(user, conf.get().seeker_group)
