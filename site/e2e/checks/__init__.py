"""Checks of a page in a browser. Each takes a page as it stands there and returns its findings as sentences.

``test_checks.py`` holds a page with the fault for each of them: a check that finds nothing there proves nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# A frame is a page of somebody else, and its browser complains when axe talks to it.
RUN_AXE = """
tags => axe.run(document, {runOnly: {type: "tag", values: tags}, iframes: false}).then(result => result.violations)
"""
# What WCAG 2.2 asks for at each level, and good practice. Contrast of 7 to 1 is among the rules of AAA.
TAGS = ("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PHONE, DESKTOP = {"width": 320, "height": 720}, {"width": 1280, "height": 900}


def axe(page: Page, tags: Sequence[str] = TAGS) -> list[str]:
    # Unlike a script tag, evaluate() is not held back by the policy of the page.
    page.evaluate(AXE)
    found = page.evaluate(RUN_AXE, list(tags))
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


def reflow(page: Page) -> list[str]:
    return _ask(page, "reflow")


def small_targets(page: Page) -> list[str]:
    return _ask(page, "targets")


def structure(page: Page) -> list[str]:
    return _ask(page, "structure")


def layout_shift(page: Page) -> list[str]:
    """To be asked before the window changes its size: that moves things, too."""
    return _ask(page, "shift")


def leftovers(page: Page) -> list[str]:
    return _ask(page, "leftovers")


@contextmanager
def spaced_text(page: Page) -> Iterator[None]:
    """Text as wide as somebody may set it for every site."""
    _ask(page, "spacing", True)
    yield
    _ask(page, "spacing", False)


@contextmanager
def attributes(page: Page, **given: str) -> Iterator[None]:
    """The page with these attributes on ``<html>``: ``dir="rtl"``, or those of a display preference."""
    before = _ask(page, "attributes", {name.replace("_", "-"): value for name, value in given.items()})
    yield
    _ask(page, "attributes", before)


def _ask(page: Page, script: str, argument: object = None) -> Any:
    return page.evaluate((HERE / f"{script}.js").read_text(encoding="utf-8"), argument)
