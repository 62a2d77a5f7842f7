"""Run every check that needs no database and no browser, two at a time, and say which of them failed."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from compile_requirements import ROOT, projects

TYPED = ("packages/*/src", "site/src", "scripts/*.py", "noxfile.py")
TEMPLATES = ("packages/*/src", "site/src")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    check: Check
    passed: bool
    seconds: float
    output: str


def checks() -> list[Check]:
    return [
        Check(name="types", command=("-m", "mypy", *paths(TYPED))),
        Check(name="floors", command=(str(tool("lint-imports")), "--no-logo", "--no-cache")),
        Check(
            name="templates",
            command=("-m", "djlint", "--check", "--configuration", "pyproject.toml", *paths(TEMPLATES)),
        ),
        Check(name="code", command=("-m", "ruff", "check")),
        Check(name="format", command=("-m", "ruff", "format", "--check")),
        Check(name="unused", command=("-m", "vulture", *paths(TYPED))),
        *(
            Check(
                name=f"dependencies-{project.parent.name}",
                command=("-m", "deptry", "--no-ansi", "--config", str(project), str(project.parent / "src")),
            )
            for project in projects(ROOT)
        ),
        Check(name="migrations", command=("site/manage.py", "makemigrations", "--check", "--dry-run")),
        Check(name="css", command=("scripts/build_css.py", "--check")),
        Check(name="icons", command=("scripts/load_icons.py", "--check")),
        Check(name="copies", command=("scripts/check_copies.py",)),
        Check(name="requirements", command=("scripts/check_requirements.py",)),
        Check(name="tree", command=("scripts/check_tree.py",)),
        Check(name="features", command=("scripts/features.py",)),
    ]


def tool(name: str) -> Path:
    return Path(sys.executable).parent / name


def paths(patterns: tuple[str, ...]) -> list[str]:
    return [str(path.relative_to(ROOT)) for pattern in patterns for path in sorted(ROOT.glob(pattern))]


def run(check: Check) -> Outcome:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, *check.command],
        check=False,
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    seconds = time.monotonic() - started
    return Outcome(check=check, passed=done.returncode == 0, seconds=seconds, output=done.stdout.rstrip())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="checks to run; all of them if none is named")
    names = parser.parse_args().names
    chosen = [check for check in checks() if not names or check.name in names]
    failed = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(run, chosen):
            print(
                f"{'ok    ' if outcome.passed else 'FAILED'}  {outcome.check.name} ({outcome.seconds:.1f} s)",
                flush=True,
            )
            if not outcome.passed:
                failed += 1
                print(outcome.output, flush=True)
    print(f"{len(chosen) - failed} checks passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
