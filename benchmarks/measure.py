# ruff: noqa: T201 - printing is what it is for
"""Process time in milliseconds: the minimum of several runs, taken in turn so that all meet the same machine."""

import gc
import os
import sys
from collections.abc import Callable
from time import process_time

# What ``yardstick`` takes on the machine for which the absolute limits were set.
REFERENCE = 6.0


def set_up() -> None:
    """A fresh database in memory with every table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)


def in_turn(rounds: int, **runs: Callable[[], object]) -> dict[str, float]:
    best = dict.fromkeys(runs, float("inf"))
    for _round in range(rounds):
        for name, run in runs.items():
            gc.collect()
            gc.disable()  # As timeit does.
            started = process_time()
            run()
            best[name] = min(best[name], (process_time() - started) * 1000)
            gc.enable()
    return best


def yardstick() -> int:
    """Plain Python of a fixed size: taken in turn with a run, it says how slow the machine is just then."""
    total, seen = 0, {}
    for number in range(60_000):
        seen[number & 1023] = (number, total)
        total += seen[number & 511][0] // 3
    return total


def verdict(*checks: tuple[str, bool]) -> None:
    """Prints each check and ends the process: 1 where one of them fails."""
    for sentence, is_kept in checks:
        print(f"{'kept  ' if is_kept else 'BROKEN'}  {sentence}")
    sys.exit(not all(is_kept for _sentence, is_kept in checks))
