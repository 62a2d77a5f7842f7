import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does what is due in every package: mails, payments, rooms, bookings. Safe to repeat and to run twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on for ever, with this pause between")

    def handle(self, *args: Any, every: float | None, **options: Any) -> None:
        if every is None:
            failed = tick_all()
            if failed:
                raise CommandError(f"Failed and logged: {', '.join(failed)}.")
            return
        try:
            while True:
                tick_all()
                # Between rounds nobody looks after the connections as a request would.
                close_old_connections()
                time.sleep(every)
        except KeyboardInterrupt:
            return


def tick_all() -> list[str]:
    """Calls each tick once; one that fails is logged and holds up none of the others."""
    failed = []
    for path in settings.TICKS:
        try:
            # Each with a fresh clock: leases are counted from it, and an earlier tick may have taken minutes.
            import_string(path)(now=timezone.now())
        except Exception:
            logger.exception("%s failed", path)
            failed.append(path)
    return failed
