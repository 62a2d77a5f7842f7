"""Real processes at one database, started together round by round.

``NEURO_CONTENTION=64x200`` runs 64 processes for 200 rounds; ``NEURO_SQLITE=plain`` uses SQLite as Django ships it.
"""

import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, connections

from neuro_sessions import booking as bookings
from neuro_sessions.availability import SlotRefused
from neuro_sessions.host_time import Busy, TimeTaken

PROCESSES, ROUNDS = map(int, os.environ.get("NEURO_CONTENTION", "16x30").split("x"))
PLAIN_SQLITE = os.environ.get("NEURO_SQLITE") == "plain"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LENGTH = 120
WON, REFUSED, LOCKED = "won", "refused", "locked"

Attempt = Callable[[int, int], object]
fork = multiprocessing.get_context("fork")


def starts_at(number: int, turn: int) -> datetime:
    """Each process wants another time; all times of one round overlap."""
    return NOW + timedelta(days=turn + 1, minutes=number)


def attempt_once(attempt: Attempt, number: int, turn: int) -> str:
    try:
        attempt(number, turn)
    except (TimeTaken, bookings.TransitionRefused):
        return REFUSED
    except Busy:
        return LOCKED
    except SlotRefused as refusal:
        return REFUSED if refusal.code == "taken" else f"SlotRefused {refusal.code}"
    except OperationalError as error:
        return LOCKED if "locked" in str(error) else repr(error)
    except Exception as error:
        return repr(error)
    return WON


def work(attempt: Attempt, number: int, rounds: int, barrier: Any, results: Any) -> None:
    outcomes = []
    for turn in range(rounds):
        connection.ensure_connection()
        barrier.wait(timeout=120)
        outcomes.append(attempt_once(attempt, number, turn))
    connections.close_all()
    results.put(outcomes)


def race(attempt: Attempt, *, processes: int = PROCESSES, rounds: int = ROUNDS) -> list[Counter[str]]:
    """The outcomes of each round."""
    connections.close_all()  # A child must not share a socket or a file handle with us.
    barrier, results = fork.Barrier(processes), fork.Queue()
    began = time.monotonic()
    workers = [
        fork.Process(target=work, args=(attempt, number, rounds, barrier, results), daemon=True)
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    outcomes = [results.get(timeout=600) for _worker in workers]
    for worker in workers:
        worker.join(timeout=60)
    speed = processes * rounds / (time.monotonic() - began)
    sys.stderr.write(f"\n{connection.vendor} {processes}x{rounds}: {speed:.0f} attempts a second\n")
    return [Counter(round_) for round_ in zip(*outcomes, strict=True)]


def assert_one_winner_each(rounds: list[Counter[str]], processes: int = PROCESSES) -> None:
    clean = {WON: 1, REFUSED: processes - 1}
    tolerated = {WON, REFUSED, LOCKED} if PLAIN_SQLITE else {WON, REFUSED}
    strange = [dict(outcome) for outcome in rounds if set(outcome) - tolerated or outcome[WON] > 1]
    assert strange == []
    assert all(dict(outcome) == clean for outcome in rounds if LOCKED not in outcome)
