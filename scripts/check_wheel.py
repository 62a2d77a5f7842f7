"""Fail when a wheel lacks a file of its package's source, such as a template or `py.typed`."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path


def missing(wheel: Path, source: Path) -> list[str]:
    wanted = {
        str(path.relative_to(source))
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        return sorted(wanted - set(archive.namelist()))


if __name__ == "__main__":
    wheel, source = (Path(argument) for argument in sys.argv[1:])
    sys.exit("\n".join(f"{wheel.name} lacks {name}." for name in missing(wheel, source)) or 0)
