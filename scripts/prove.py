"""Run a tier of proof part by part, go on after a failure, and close with a table and the sums.

`fast` is what every change must pass; `full` is run before a release.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from run_tests import ROOT, suites

CLOSING_LINE = re.compile(r"^(?:nox > )?(\d+) passed, (\d+) failed$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Outcome:
    part: Part
    passed: int = 0
    failed: int = 0
    seconds: float = 0.0


def script(name: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, f"scripts/{name}.py", *arguments)


def nox(session: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "nox", "--session", session, *(["--", *arguments] if arguments else []))


ON_A_DATABASE = [suite.name for suite in suites(ROOT) if suite.name != "scripts"]
FAST = (
    Part(name="tests on SQLite", command=("make", "--no-print-directory", "test")),
    Part(name="checks", command=("make", "--no-print-directory", "lint")),
    Part(name="tests on PostgreSQL", command=script("run_tests", "--database=postgresql", *ON_A_DATABASE)),
    Part(name="browser journey", command=("make", "--no-print-directory", "e2e")),
)
# What it is, the tests, and how thorough they are.
THOROUGH = (
    ("500 ways through bookings", "whatever_people_do", {"NEURO_EXAMPLES": "500"}),
    ("1,000 cancellations", "last_coin", {"NEURO_EXAMPLES": "500"}),
    ("64 processes", "asking_approving_and_moving", {"NEURO_CONTENTION": "64x200"}),
    ("64 people over HTTP", "http_contention", {"NEURO_HTTP": "64x40"}),
)
FULL = (
    Part(name="checks", command=script("lint")),
    Part(name="tests of the scripts", command=script("run_tests", "scripts")),
    Part(name="matrix", command=nox("tests")),
    Part(name="lowest versions", command=nox("lowest")),
    Part(name="wheels alone", command=nox("wheel")),
    Part(name="migrations on the oldest pair", command=nox("migrations", "--check", "--dry-run")),
    Part(name="guards taken away", command=script("prove_controls")),
    *(
        Part(
            name=f"contention, {database}",
            command=script("run_tests", "neuro-sessions", f"--database={database.lower()}", "--pytest=-kcontention"),
            environment={"NEURO_CONTENTION": "16x100"},
        )
        for database in ("SQLite", "PostgreSQL")
    ),
    *(
        Part(
            name=f"{what}, {database}",
            command=script("run_tests", "neuro-sessions", f"--database={database.lower()}", f"--pytest=-k{chosen}"),
            environment=environment,
        )
        for what, chosen, environment in THOROUGH
        for database in ("SQLite", "PostgreSQL")
    ),
    Part(
        name="64 processes, SQLite as Django ships it",
        command=script("run_tests", "neuro-sessions", "--pytest=-kasking_approving_and_moving"),
        environment={"NEURO_CONTENTION": "64x200", "NEURO_SQLITE": "plain"},
    ),
    Part(name="browser journey", command=script("run_tests", "e2e")),
    Part(
        name="every page in every look",
        command=script("run_tests", "e2e", "--pytest=-kevery_look"),
        environment={"NEURO_LOOKS": "all"},
    ),
)
TIERS = {"fast": FAST, "full": FULL}


def run(part: Part) -> Outcome:
    """Run one part, its output passed through as it comes; what it sums up itself is counted."""
    print(f"\n##### {part.name}", flush=True)
    outcome, started = Outcome(part=part), time.monotonic()
    process = subprocess.Popen(
        part.command,
        cwd=ROOT,
        env={**os.environ, **part.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in process.stdout or ():
        print(line, end="", flush=True)
        if match := CLOSING_LINE.match(line.strip()):
            outcome.passed += int(match[1])
            outcome.failed += int(match[2])
    outcome.seconds = time.monotonic() - started
    if process.wait() != 0:
        outcome.failed = outcome.failed or 1
    return outcome


def report(outcomes: Sequence[Outcome]) -> list[str]:
    lines = ["", "| part | passed | failed | time |", "| --- | ---: | ---: | ---: |"]
    for one in outcomes:
        minutes, seconds = divmod(round(one.seconds), 60)
        lines.append(f"| {one.part.name} | {one.passed or ''} | {one.failed} | {minutes} min {seconds:02} s |")
    passed, failed = sum(one.passed for one in outcomes), sum(one.failed for one in outcomes)
    return [*lines, "", f"{passed} passed, {failed} failed"]


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1] not in TIERS:
        print(f"Say which tier: {' or '.join(TIERS)}.")
        return 2
    outcomes = [run(part) for part in TIERS[sys.argv[1]]]
    print("\n".join(report(outcomes)))
    return 1 if any(outcome.failed for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
