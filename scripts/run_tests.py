"""Run the test suites, each in its own folder and process, and sum up what passed.

A suite that collects nothing counts as failed: an empty run proves nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = "postgres://postgres@127.0.0.1:5432/postgres"
COVERAGE_DATA = ROOT / "build" / "coverage" / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Tests that share one settings module, so one process: a folder from the root, and what to run in it."""

    name: str
    folder: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    suite: Suite
    passed: int
    failed: int
    skipped: int
    seconds: float
    output: str

    @property
    def line(self) -> str:
        totals = f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"
        return f"{self.suite.name}: {totals} in {self.seconds:.0f} s"


def suites(root: Path) -> list[Suite]:
    """All suites but the browser journey: the site, which takes longest, the packages, and the scripts themselves."""
    packages = sorted(path.parent for path in root.glob("packages/*/pyproject.toml"))
    return [
        Suite(name="site", folder="site"),
        *(Suite(name=folder.name, folder=str(folder.relative_to(root))) for folder in packages),
        Suite(name="scripts", folder="scripts"),
    ]


E2E = Suite(name="e2e", folder="site", arguments=("e2e",))


def run_suite(suite: Suite, *, root: Path, launcher: Sequence[str], extra: Sequence[str]) -> Outcome:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "junit.xml"
        command = [*launcher, "-m", "pytest", "-q", f"--junitxml={report}", *suite.arguments, *extra]
        done = subprocess.run(
            command, check=False, cwd=root / suite.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        passed, failed, skipped = counts(report)
    if done.returncode != 0 or not passed:
        failed = failed or 1
    seconds = time.monotonic() - started
    return Outcome(suite=suite, passed=passed, failed=failed, skipped=skipped, seconds=seconds, output=done.stdout)


def counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of a JUnit file; an error counts as a failure, a missing file as nothing run."""
    if not report.exists():
        return 0, 0, 0
    found = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 (our own pytest wrote it a moment ago)
    totals = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for testsuite in found:
        totals = {key: total + int(testsuite.get(key, "0")) for key, total in totals.items()}
    failed = totals["failures"] + totals["errors"]
    return totals["tests"] - failed - totals["skipped"], failed, totals["skipped"]


def launcher(*, coverage: bool) -> list[str]:
    if not coverage:
        return [sys.executable]
    COVERAGE_DATA.parent.mkdir(parents=True, exist_ok=True)
    options = [f"--rcfile={ROOT / 'pyproject.toml'}", f"--data-file={COVERAGE_DATA}", "--parallel-mode"]
    return [sys.executable, "-m", "coverage", "run", *options]


def run_all(chosen: Sequence[Suite], *, jobs: int, run: Callable[[Suite], Outcome]) -> list[Outcome]:
    """Run the suites, `jobs` at a time; each suite's output is printed in one piece, in the order given."""
    outcomes = []
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        for outcome in pool.map(run, chosen):
            print(f"\n=== {outcome.suite.name}\n{outcome.output.rstrip()}", flush=True)
            outcomes.append(outcome)
    return outcomes


def closing_lines(outcomes: Sequence[Outcome]) -> list[str]:
    passed, failed = sum(one.passed for one in outcomes), sum(one.failed for one in outcomes)
    return ["", *(one.line for one in outcomes), f"{passed} passed, {failed} failed"]


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="suite", help="such as neuro-accounts, site or e2e; all but e2e if none"
    )
    parser.add_argument("--folder", help="run what is in this folder instead, as one suite")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="instead of what DATABASE_URL says")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="suites at a time")
    parser.add_argument("--coverage", action="store_true", help="measure, to be combined by `coverage combine`")
    parser.add_argument("--pytest", action="append", default=[], metavar="ARGUMENT", help="passed on to every pytest")
    return parser.parse_args(arguments)


def choose_database(name: str | None) -> None:
    if name == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    elif name == "postgresql" and not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        os.environ["DATABASE_URL"] = POSTGRESQL


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse(arguments)
    choose_database(options.database)
    known = {suite.name: suite for suite in [*suites(ROOT), E2E]}
    unknown = [name for name in options.names if name not in known]
    if unknown:
        print(f"There is no suite named {', '.join(unknown)}; there are {', '.join(known)}.")
        return 2
    chosen = [known[name] for name in options.names] or suites(ROOT)
    if options.folder:
        chosen = [Suite(name=Path(options.folder).name, folder=options.folder)]
    python = launcher(coverage=options.coverage)
    outcomes = run_all(
        chosen,
        jobs=options.jobs,
        run=lambda suite: run_suite(suite, root=ROOT, launcher=python, extra=options.pytest),
    )
    print("\n".join(closing_lines(outcomes)))
    return 1 if any(outcome.failed for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
