"""The colours of the design system, and whether one can be read on another (WCAG 2.2, contrast ratio)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from neuro_cms.ui.paths import SCSS

THEMES = ("light", "dark", "calm", "calm-dark")
TEXTS = ("ink", "ink-soft", "brand", "brand-strong", "peer", "group", "success", "warning", "danger", "info")
GROUNDS = ("paper", "surface", "sunk")
KINDS = ("success", "warning", "danger", "info")
LINES = ("line", "focus")
FORM = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What stands on what, the contrast that it should have, and the least that can be read."""

    front: str
    ground: str
    wanted: float = 7
    least: float = 4.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A pair that is too close in one look: a theme, or the light theme with a tint."""

    pair: Pair
    look: str
    ratio: float


def _pairs() -> Iterator[Pair]:
    for ground in GROUNDS:
        yield from (Pair(front=text, ground=ground) for text in TEXTS)
        yield from (Pair(front=line, ground=ground, wanted=3, least=3) for line in LINES)
    for ground in ("brand", "brand-strong"):
        yield Pair(front="on-brand", ground=ground)
    for kind in KINDS:
        yield from (Pair(front=text, ground=f"{kind}-bg") for text in (kind, "ink", "brand", "brand-strong"))


PAIRS = tuple(_pairs())


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    """The colour of each token, for each theme."""
    return {theme: colours for theme, colours in _in_sass().items() if theme in THEMES}


def tints() -> dict[str, str]:
    """What may take the place of the paper in the light theme."""
    return _in_sass()["tints"]


def _in_sass() -> dict[str, dict[str, str]]:
    source = (SCSS / "settings" / "_themes.scss").read_text(encoding="utf-8")
    blocks = re.findall(r"^\$-([a-z-]+): \((.*?)^\);", source, re.DOTALL | re.MULTILINE)
    return {name: dict(re.findall(r'"([a-z-]+)": (#[0-9a-f]{6})', block)) for name, block in blocks}


def unknown(given: Mapping[str, Any]) -> list[str]:
    """One sentence for each theme, token or form of colour that there is not."""
    found = [f"There is no theme {theme!r}." for theme in given if theme not in THEMES]
    tokens = palettes()["light"]
    for theme, colours in given.items():
        if not isinstance(colours, Mapping):
            found.append(f"The theme {theme!r} needs a colour for each token that it changes.")
            continue
        found += [f"There is no colour {token!r}." for token in colours if token not in tokens]
        found += [f"{colour!r} is no colour." for colour in colours.values() if not FORM.fullmatch(str(colour))]
    return found


def faults(theme: str, changed: Mapping[str, str]) -> list[Fault]:
    """The pairs with a changed colour that are too close in this theme, each in the look where it is worst."""
    seen = looks(theme, changed)
    measured = (_worst(pair, seen) for pair in PAIRS if changed.keys() & {pair.front, pair.ground})
    return [fault for fault in measured if fault.ratio < fault.pair.wanted]


def _worst(pair: Pair, seen: Mapping[str, Mapping[str, str]]) -> Fault:
    ratios = {look: contrast(colours[pair.front], colours[pair.ground]) for look, colours in seen.items()}
    look = min(ratios, key=lambda name: ratios[name])
    return Fault(pair=pair, look=look, ratio=ratios[look])


def looks(theme: str, changed: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The theme with these colours; for the light one, also with each tint as its paper."""
    colours = {**palettes()[theme], **changed}
    tinted = {f"{theme}, {tint}": {**colours, "paper": paper} for tint, paper in tints().items()}
    return {theme: colours, **(tinted if theme == "light" else {})}
