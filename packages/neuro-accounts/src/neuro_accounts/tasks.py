from datetime import datetime

from django.tasks import task
from django.utils import timezone

from neuro_accounts import conf
from neuro_accounts.delivery import deliver_due
from neuro_accounts.models import Channel


@task
def deliver() -> int:
    """Sends what is due now. ``notify`` wakes it after commit."""
    channels = Channel.values if conf.get().wakes_mail else [Channel.SITE]
    return deliver_due(now=timezone.now(), channels=channels)


def tick(*, now: datetime) -> int:
    """Does whatever is due in this package; idempotent. Returns how many messages went out."""
    return deliver_due(now=now)
