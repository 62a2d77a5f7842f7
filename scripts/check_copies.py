"""Fail when the small mechanisms that packages share as copies (such as `_conf.py`) have drifted apart."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def drifted(root: Path) -> list[str]:
    """One sentence for each shared private module whose copies are not byte for byte the same."""
    copies: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(root.glob("packages/*/src/*/_[a-z]*.py")):
        copies[path.name].append(path)
    return [
        f"{name} differs between {', '.join(str(path.relative_to(root)) for path in paths)}."
        for name, paths in copies.items()
        if len({path.read_bytes() for path in paths}) > 1
    ]


if __name__ == "__main__":
    sys.exit("\n".join(drifted(ROOT)) or 0)
