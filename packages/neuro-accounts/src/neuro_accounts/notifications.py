from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from neuro_accounts.delivery import deliver_due
from neuro_accounts.models import Delivery
from neuro_accounts.notification_types import (
    EMAIL,
    SITE,
    NotificationType,
    UnknownNotification,
    register,
    registered,
)
from neuro_accounts.tasks import deliver

__all__ = ["EMAIL", "SITE", "NotificationType", "UnknownNotification", "deliver_due", "notify", "register"]


def notify(
    key: str,
    recipient: AbstractBaseUser,
    *,
    source_type: str,
    source_id: Any,
    revision: int = 0,
    now: datetime,
    due_at: datetime | None = None,
) -> None:
    """Owes the person this message by each channel of its type, from ``due_at`` on (default: now).

    The rows belong to the caller's transaction and vanish with it. Repeating the call for the same source and
    revision is harmless. Raises UnknownNotification.
    """
    due_at = due_at or now
    Delivery.objects.bulk_create(
        [
            Delivery(
                type=key,
                recipient_id=recipient.pk,
                channel=channel,
                source_type=source_type,
                source_id=str(source_id),
                revision=revision,
                created_at=now,
                next_attempt_at=due_at,
            )
            for channel in registered(key).channels
        ],
        ignore_conflicts=True,
    )
    if due_at <= now:
        # Robust: what the person did is committed, so a task engine that is down must not break the page.
        transaction.on_commit(deliver.enqueue, robust=True)
