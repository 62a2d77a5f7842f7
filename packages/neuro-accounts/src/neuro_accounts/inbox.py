from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

from neuro_accounts.models import Delivery


def unread_count(user: AbstractBaseUser) -> int:
    return Delivery.objects.inbox_of(user).unread().count()


def mark_read(delivery: Delivery, *, now: datetime) -> None:
    """Marks one message as read. The first time counts."""
    Delivery.objects.filter(pk=delivery.pk, read_at=None).update(read_at=now)


def mark_all_read(user: AbstractBaseUser, *, now: datetime) -> int:
    """Marks everything in the person's inbox as read. Returns how many messages were unread."""
    return Delivery.objects.inbox_of(user).unread().order_by().update(read_at=now)
