"""Fail when a compiled requirement file does not belong to today's pyproject files. Needs no network."""

from __future__ import annotations

import sys
from pathlib import Path

from compile_requirements import DIGEST_LINE, ROOT, compiled_files, digest

ADVICE = "Run `.venv/bin/python scripts/compile_requirements.py` (keeps versions) or `make update-requirements`."


def stale_files(root: Path) -> list[str]:
    """One sentence for each compiled file that is missing, stale or no longer asked for."""
    wanted = compiled_files(root)
    problems = [
        f"requirements/{file.name} is stale or missing."
        for file in wanted
        if written_digest(file.path(root)) != digest(file, root)
    ]
    names = {file.name for file in wanted}
    left_over = sorted(path.name for path in (root / "requirements").glob("*.txt") if path.name not in names)
    return problems + [f"requirements/{name} belongs to nothing in requirements/matrix.toml." for name in left_over]


def written_digest(path: Path) -> str | None:
    if not path.exists():
        return None
    lines = (line for line in path.read_text().splitlines() if line.startswith(DIGEST_LINE))
    return next(lines, "").removeprefix(DIGEST_LINE) or None


if __name__ == "__main__":
    if problems := stale_files(ROOT):
        sys.exit("\n".join([*problems, ADVICE]))
