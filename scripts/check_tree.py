"""Fail when a file of the repository names a package index, a download address or a folder of one machine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = {
    "the address of a package index or of a download": re.compile(
        r"https?://\S+/simple\b|--(?:extra-)?index-url[ =]\S*://|https?://\S+\.(?:whl|tar\.gz|tgz|zip)\b"
    ),
    "a folder of one machine": re.compile(r"(?<![\w./~$-])/(?:root|work|Users/\w+|home/\w+)/\w"),
}
NEVER_TRACKED = ("uv.lock", ".python-version", ".env")


def listed_files(root: Path) -> list[Path]:
    """What git tracks, and what it would track if it were added now."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout.split("\0")
    return [root / name for name in sorted(set(names)) if name and (root / name).is_file()]


def problems_in(root: Path, files: list[Path]) -> list[str]:
    """One line for each thing that does not belong in the repository: file, line and what it is."""
    found = [f"{path.relative_to(root)}: must not be tracked" for path in files if path.name in NEVER_TRACKED]
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(root)}:{number}: holds {what}"
            for number, line in enumerate(lines, start=1)
            for what, pattern in FORBIDDEN.items()
            if pattern.search(line)
        ]
    return found


if __name__ == "__main__":
    sys.exit("\n".join(problems_in(ROOT, listed_files(ROOT))) or 0)
