"""The looks that people can choose, as the attributes that their preferences put on ``<html>``."""

import os
from dataclasses import dataclass

THEMES = {
    "light": {"data_theme": "light"},
    "dark": {"data_theme": "dark"},
    "calm": {"data_theme": "light", "data_calm": "on"},
    "calm-dark": {"data_theme": "dark", "data_calm": "on"},
}
COMFORT = {"data_font": "opendyslexic", "data_spacing": "wide", "data_size": "xlarge"}


@dataclass(frozen=True, slots=True)
class Look:
    name: str
    attributes: dict[str, str]


LOOKS = [
    Look(f"{theme}{words}", {**attributes, **more})
    for words, more in (("", {}), (", wide and large", COMFORT))
    for theme, attributes in THEMES.items()
]


def looks_for(number: int) -> list[Look]:
    """The looks for one page: each page another one, or all of them for each with ``NEURO_LOOKS=all``."""
    return LOOKS if os.environ.get("NEURO_LOOKS") == "all" else [LOOKS[number % len(LOOKS)]]
