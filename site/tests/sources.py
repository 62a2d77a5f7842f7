"""The files of this repository that end up in somebody's browser or mail, as texts."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR).parent
ROOMS = ("packages/*/src", "site/src", "site/assets")


def files(*endings: str) -> Iterator[Path]:
    for room in ROOMS:
        for ending in endings:
            yield from sorted(ROOT.glob(f"{room}/**/*{ending}"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))
