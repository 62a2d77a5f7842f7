"""What a person may choose about the display, as the data attributes of ``<html>`` that the stylesheet knows."""

from dataclasses import dataclass

from django.http import QueryDict

CHOICES = {
    "theme": ("light", "dark"),
    "calm": ("on",),
    "contrast": ("more",),
    "motion": ("none", "allow"),
    "font": ("opendyslexic", "lexend", "device"),
    "size": ("large", "xlarge"),
    "spacing": ("wide", "wider"),
    "tint": ("cream", "mint", "sky", "rose"),
}


# What else the style page takes.
QUERY = CHOICES | {"form": ("errors",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """To the same page with one choice changed. ``value`` is empty where nothing is chosen."""

    value: str
    query: str
    current: bool


def chosen(query: QueryDict) -> dict[str, str]:
    """What the query chooses. Names and values that are not known do nothing."""
    return {name: str(query[name]) for name, values in QUERY.items() if query.get(name) in values}


def display(choices: dict[str, str]) -> dict[str, str]:
    """Those of the choices that the base template writes as attributes."""
    return {name: value for name, value in choices.items() if name in CHOICES}


def palette(choices: dict[str, str]) -> str:
    """The theme whose colours these choices show, on a device that asks for light."""
    dark = choices.get("theme") == "dark"
    if "calm" in choices:
        return "calm-dark" if dark else "calm"
    return "dark" if dark else "light"


def links(choices: dict[str, str]) -> dict[str, list[Link]]:
    """For each name, a link to every value of it; the other choices stay."""
    return {name: [_link(choices, name, value) for value in ("", *values)] for name, values in QUERY.items()}


def _link(choices: dict[str, str], name: str, value: str) -> Link:
    query = QueryDict(mutable=True)
    query.update({key: kept for key, kept in {**choices, name: value}.items() if kept})
    return Link(value=value, query=query.urlencode(), current=choices.get(name, "") == value)
