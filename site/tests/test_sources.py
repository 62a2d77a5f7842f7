"""What no template, script or style may hold, whatever page it ends up on."""

import re

import pytest

from tests.sources import files, named

# Comments of templates, and of styles and scripts.
COMMENTS = re.compile(r"{#.*?#}|{% comment .*?{% endcomment %}|<!--.*?-->|/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
# What a strict Content-Security-Policy stops.
INLINE = {
    "a style attribute": re.compile(r"(?<![\w-])style\s*=\s*[\"']"),
    "a script in an attribute": re.compile(r"(?<![\w-])on[a-z]+\s*=\s*[\"']"),
    "a script in an address": re.compile(r"javascript:", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))"),
    "an inline style": re.compile(r"<style\b"),
}
# What happens by itself: it surprises people, or hurries them.
BY_ITSELF = {
    "a timer": re.compile(r"\bset(?:Interval|Timeout)\b"),
    "a page that reloads": re.compile(r"http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE),
    "something that plays": re.compile(r"\bautoplay\b", re.IGNORECASE),
    "something that moves": re.compile(r"<(?:marquee|blink)\b|@keyframes|\banimation(?:-name)?\s*:"),
}
# How many letters are left is read out when the typing pauses: a timer that only the person's own act starts.
# One place each that sets it; another timer in the same file is found.
ALLOWED = {"packages/neuro-cms/src/neuro_cms/ui/static/neuro_cms/js/neuro.js": ["a timer"]}


def found_in(text: str, faults: dict[str, re.Pattern[str]]) -> list[str]:
    text = COMMENTS.sub("", text)
    return [name for name, pattern in faults.items() for _one in pattern.findall(text)]


def found_in_files(endings: tuple[str, ...], faults: dict[str, re.Pattern[str]]) -> dict[str, list[str]]:
    found = {named(path): found_in(path.read_text(encoding="utf-8"), faults) for path in files(*endings)}
    assert found
    return {name: faults for name, faults in found.items() if faults and faults != ALLOWED.get(name)}


def test_templates_hold_nothing_inline():
    assert found_in_files((".html",), INLINE) == {}


def test_nothing_happens_by_itself():
    assert found_in_files((".html", ".js", ".scss", ".css"), BY_ITSELF) == {}


@pytest.mark.parametrize(
    ("text", "faults", "name"),
    [
        ('<p style="color: red">', INLINE, "a style attribute"),
        ("<button onclick='go()'>", INLINE, "a script in an attribute"),
        ('<a href="JavaScript:history.back()">', INLINE, "a script in an address"),
        ("<script>go()</script>", INLINE, "an inline script"),
        ('<script type="module">go()</script>', INLINE, "an inline script"),
        ("<style>p {}</style>", INLINE, "an inline style"),
        ("setInterval(tick, 1000)", BY_ITSELF, "a timer"),
        ('<meta http-equiv="refresh" content="5">', BY_ITSELF, "a page that reloads"),
        ("<video autoplay>", BY_ITSELF, "something that plays"),
        (".nm-hero { animation: turn 2s }", BY_ITSELF, "something that moves"),
    ],
)
def test_fault_is_found(text: str, faults: dict[str, re.Pattern[str]], name: str):
    assert found_in(text, faults) == [name]


def test_a_second_timer_is_not_what_is_allowed():
    assert found_in("setTimeout(tell, 1000); setTimeout(go, 9)", BY_ITSELF) == ["a timer", "a timer"]


@pytest.mark.parametrize(
    "text",
    [
        '<script src="{% static "x.js" %}" type="module"></script>',
        '<script id="data" type="application/json">{}</script>',
        '{# <p style="color: red"> #}',
        '<option value="on" data-on="1">',
        "transition: background-color var(--nm-motion);",
        "// no setInterval here",
    ],
)
def test_what_is_allowed_passes(text: str):
    assert found_in(text, INLINE | BY_ITSELF) == []
