from datetime import datetime

from neuro_video import rooms


def tick(*, now: datetime) -> None:
    """Makes the rooms that start soon and ends those that are over. Idempotent; call it about every minute."""
    rooms.converge_due(now=now)
