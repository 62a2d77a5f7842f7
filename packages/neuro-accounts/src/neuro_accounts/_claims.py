"""Work that must not be lost is a column. The same file stands in accounts, payments and video."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

LEASE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=6)


class DueWork(models.Model):
    """A row that says itself when something has to be done for it. ``next_attempt_at`` empty: nothing is due."""

    next_attempt_at = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


def claim_due[M: DueWork](rows: models.QuerySet[M], *, now: datetime, limit: int = 100) -> Iterator[M]:
    """Yields due rows one by one, each ours for ``LEASE``: two workers never hold the same row at once.

    A worker that dies leaves its row claimed; when the lease ends, another takes it up.
    """
    due = Q(next_attempt_at__lte=now) & (Q(claimed_until=None) | Q(claimed_until__lte=now))
    manager = rows.model._default_manager
    for pk in list(rows.filter(due).order_by("next_attempt_at").values_list("pk", flat=True)[:limit]):
        if manager.filter(due, pk=pk).update(claimed_until=now + LEASE, attempts=F("attempts") + 1):
            yield manager.get(pk=pk)


def finish(row: DueWork, **outcome: Any) -> bool:
    """Records the outcome and that nothing is due any more. False: the claim was lost, nothing was written."""
    return _ours(row).update(next_attempt_at=None, claimed_until=None, **outcome) == 1


def try_again(row: DueWork, *, now: datetime, **outcome: Any) -> bool:
    """Gives the row back, due again after 1, 2, 4 … minutes, at most ``LONGEST_WAIT``."""
    wait = min(timedelta(minutes=2 ** min(row.attempts, 12) / 2), LONGEST_WAIT)
    return _ours(row).update(next_attempt_at=now + wait, claimed_until=None, **outcome) == 1


def _ours[M: DueWork](row: M) -> models.QuerySet[M]:
    return type(row)._default_manager.filter(pk=row.pk, claimed_until=row.claimed_until)
