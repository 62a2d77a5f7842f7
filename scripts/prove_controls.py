"""Take each guard of scripts/controls.toml away, in a copy of the tree, and demand that its test goes red."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from run_tests import POSTGRESQL, ROOT

NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".tools", ".nox", ".*_cache", "__pycache__", "htmlcov", "build", "dist", "var", "node_modules"
)
TESTS_FAILED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One guard: where it stands, what stands there without it, and the tests that must notice.

    `file` and `folder` start at the root; `tests` are pytest arguments, seen from `folder`.
    """

    name: str
    file: str
    find: str
    replace: str
    folder: str
    tests: tuple[str, ...]
    database: str = "sqlite"


class Unproven(Exception):
    """The guard is not proven; the message says why in a sentence."""


def read_controls(path: Path) -> list[Control]:
    entries = tomllib.loads(path.read_text()).get("control", [])
    return [Control(**{**entry, "tests": tuple(entry["tests"])}) for entry in entries]


def prove(control: Control, *, copy: Path, green: set[tuple[str, ...]]) -> None:
    """Show the tests green with the guard and red without it. `green` remembers runs already seen to pass.

    Raises Unproven; leaves the copy as it found it.
    """
    target = copy / control.file
    original = target.read_text() if target.exists() else ""
    if original.count(control.find) != 1:
        raise Unproven(
            f"the text to take away occurs {original.count(control.find)} times in {control.file}, not once."
        )
    run = (control.folder, control.database, *control.tests)
    if run not in green:
        demand_green(run_tests(control, copy))
        green.add(run)
    target.write_text(original.replace(control.find, control.replace))
    try:
        demand_red(run_tests(control, copy))
    finally:
        target.write_text(original)


def demand_green(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode != 0:
        raise Unproven(f"its tests do not even pass with the guard in place.\n{done.stdout}")


def demand_red(done: subprocess.CompletedProcess[str]) -> None:
    """Only failed tests are proof: a run that could not start says nothing about the guard."""
    if done.returncode == 0:
        raise Unproven("its tests stay green without the guard.")
    if done.returncode != TESTS_FAILED:
        raise Unproven(
            f"its tests could not run without the guard (pytest ended with {done.returncode}).\n{done.stdout}"
        )


def run_tests(control: Control, copy: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *control.tests],
        check=False,
        cwd=copy / control.folder,
        env=environment(copy, control.database),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def environment(copy: Path, database: str) -> dict[str, str]:
    """PYTHONPATH stands before the editable packages, so that the copy's code is what runs."""
    sources = [str(path) for path in sorted(copy.glob("packages/*/src"))] + [str(copy / "site" / "src")]
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    chosen = {"DATABASE_URL": os.environ.get("DATABASE_URL", POSTGRESQL)} if database == "postgresql" else {}
    return {**kept, **chosen, "PYTHONPATH": os.pathsep.join(sources), "PYTHONDONTWRITEBYTECODE": "1"}


def prove_all(controls: Sequence[Control], *, root: Path) -> int:
    """Prove one after the other and print the outcome; returns the number of guards that are not proven."""
    failed, green = 0, set[tuple[str, ...]]()
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "tree"
        shutil.copytree(root, copy, ignore=NOT_COPIED)
        for control in controls:
            try:
                prove(control, copy=copy, green=green)
            except Unproven as reason:
                failed += 1
                print(f"NOT PROVEN  {control.name}: {reason}", flush=True)
            else:
                print(f"proven      {control.name}", flush=True)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only controls whose name holds one of these")
    words = parser.parse_args().words
    controls = read_controls(ROOT / "scripts" / "controls.toml")
    chosen = [control for control in controls if not words or any(word in control.name for word in words)]
    failed = prove_all(chosen, root=ROOT)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
