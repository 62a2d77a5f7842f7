"""The sprite ``neuro_cms/icons.svg``: one file with a symbol for each icon. A host's file at the same path wins."""

from pathlib import Path
from xml.etree import ElementTree

from django.contrib.staticfiles import finders

SPRITE = "neuro_cms/icons.svg"


def names() -> list[str]:
    """The icons that a template may name, in the order of the sprite."""
    found = finders.find(SPRITE)
    if not isinstance(found, str):
        return []
    drawing = ElementTree.fromstring(Path(found).read_bytes())  # noqa: S314 - a file of the project
    return [symbol.attrib["id"] for symbol in drawing]
