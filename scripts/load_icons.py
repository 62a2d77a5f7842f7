"""Draw the icons that templates use into one sprite: Heroicons, outline, 24 pixels (`sh scripts/load_icons.sh`)."""

from __future__ import annotations

import argparse
import re
import sys
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parent.parent
SPRITE = Path("packages/neuro-cms/src/neuro_cms/ui/static/neuro_cms/icons.svg")
# Other packages do without icons: they do not know the design system.
TEMPLATES = ("packages/neuro-cms/src/**/*.html", "site/src/**/*.html")
TAG = re.compile(r"""\{%\s*icon\s+["']([\w-]+)["']\s*%\}""")
SVG = "http://www.w3.org/2000/svg"


def used(root: Path) -> list[str]:
    """The names that templates give to the tag ``icon``, in the order of the alphabet."""
    found: set[str] = set()
    for pattern in TEMPLATES:
        for path in root.glob(pattern):
            found.update(TAG.findall(path.read_text(encoding="utf-8")))
    return sorted(found)


def sprite(names: list[str]) -> str:
    """One SVG with a symbol for each name. Raises ``SystemExit`` for a name that Heroicons do not have."""
    ElementTree.register_namespace("", SVG)
    whole = ElementTree.Element(f"{{{SVG}}}svg")
    with (files("heroicons") / "heroicons.zip").open("rb") as stream, ZipFile(stream) as archive:
        for name in names:
            whole.append(symbol(archive, name))
    return ElementTree.tostring(whole, encoding="unicode") + "\n"


def symbol(archive: ZipFile, name: str) -> ElementTree.Element:
    try:
        drawing = ElementTree.fromstring(archive.read(f"outline/{name}.svg"))  # noqa: S314 - a file that we installed
    except KeyError:
        raise SystemExit(f"Heroicons have no outline icon {name!r}.") from None
    kept = ("viewBox", "fill", "stroke", "stroke-width")
    one = ElementTree.Element(f"{{{SVG}}}symbol", {"id": name, **{key: drawing.attrib[key] for key in kept}})
    for part in drawing:
        part.tail = None
        one.append(part)
    return one


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the sprite is not fresh")
    wanted = sprite(used(ROOT))
    target = ROOT / SPRITE
    if not parser.parse_args().check:
        target.write_text(wanted, encoding="utf-8")
    elif not target.exists() or target.read_text(encoding="utf-8") != wanted:
        sys.stderr.write(f"{SPRITE} does not hold exactly the icons in use. Run: sh scripts/load_icons.sh\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
