import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import neuro_cms
from neuro_cms.ui import colours
from neuro_cms.ui.styleguide.looks import CHOICES

PACKAGE = Path(__file__).parents[2]
SOURCE = Path(neuro_cms.__file__).parent
STATIC = SOURCE / "ui/static/neuro_cms"
CSS = (STATIC / "css/neuro.css").read_text()
CLASS = re.compile(r"nm-[a-z]+(?:[a-z-]*[a-z])?(?:__[a-z]+)?(?:--[a-z]+)?")
CHOSEN_DARK = ":root:where([data-theme=dark])"
DEVICE_DARK = ":root:where(:not([data-theme=light]))"
# The rules of each theme, in the order in which a later one wins.
THEMES = [
    ("light", ":root"),
    ("dark", DEVICE_DARK),
    ("dark", CHOSEN_DARK),
    ("calm", ":root:where([data-calm=on])"),
    ("calm-dark", ":root:where([data-calm=on]:not([data-theme=light]))"),
    ("calm-dark", ":root:where([data-calm=on][data-theme=dark])"),
]
# As they were published: OpenDyslexic may be passed on under its name only as it is.
OPENDYSLEXIC = {
    "latin-400.woff2": "f007004af3cda5d8076e57c943f8cc8d00a0da25988b1ae1048683d60e7cac1a",
    "latin-700.woff2": "dd9fa9c7991113b0dddefe9506a30ad26b48e302b7a8fb91719a4726e8fde85b",
}


def rules(selector: str) -> list[str]:
    return re.findall(rf"[{{}}]{re.escape(selector)}\{{([^}}]*)\}}", CSS)


def shipped(rule: str) -> dict[str, str]:
    return dict(re.findall(r"--nm-([a-z-]+): (#[0-9a-f]{6})\b", rule))


def styled() -> set[str]:
    return set(re.findall(r"\.(nm-[a-z_-]+)", re.sub(r"@layer [^{;]+[{;]", "", CSS)))


def documented() -> set[str]:
    section = (PACKAGE / "README.md").read_text().split("## Classes")[1].split("\n## ")[0]
    return set(re.findall(r"`(nm-[a-z_-]+)`", section))


@pytest.mark.parametrize(("theme", "selector"), THEMES)
def test_theme_ships_the_colours_that_were_measured(theme, selector):
    assert shipped(rules(selector)[0]) == colours.palettes()[theme]


def test_choice_of_a_theme_stands_after_what_the_device_asks_for():
    places = [CSS.index(f"{selector}{{color-scheme:") for _theme, selector in THEMES]

    assert places == sorted(places)
    dark = "@media screen and (prefers-color-scheme: dark){"
    assert f"{dark}{DEVICE_DARK}" in CSS
    assert f"{dark}{THEMES[4][1]}" in CSS


def test_tint_changes_the_paper_alone_and_gives_way_to_every_other_theme():
    for tint, paper in colours.tints().items():
        assert rules(f":root:where([data-tint={tint}])") == [f"--nm-paper: {paper}"]
        assert CSS.index(f"[data-tint={tint}]") < CSS.index(DEVICE_DARK)


def test_every_rule_for_tokens_weighs_the_same():
    tokens = CSS.split("@layer nm.base")[0]

    assert set(re.findall(r":root[^{,]*", tokens)) == {
        selector for selector in re.findall(r":root[^{,]*", tokens) if re.fullmatch(r":root(:where\(.+\))?", selector)
    }


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in CHOICES for value in CHOICES[name]])
def test_every_choice_is_known_to_the_stylesheet(name, value):
    assert f"[data-{name}={value}]" in CSS


def test_stylesheet_knows_no_other_choice():
    known = {f"{name}={value}" for name, values in CHOICES.items() for value in values}

    assert set(re.findall(r"\[data-([a-z]+=[a-z]+)\]", CSS)) == known


@pytest.mark.parametrize(
    ("choice", "tokens"),
    [
        ("size=large", {"root": "131%"}),
        ("size=xlarge", {"root": "156%"}),
        ("spacing=wide", {"leading": "1.9", "letters": "0.04em"}),
        ("spacing=wider", {"leading": "2.1", "letters": "0.12em", "words": "0.16em", "paragraphs": "2em"}),
        ("motion=none", {"motion": "0ms"}),
        ("motion=allow", {"motion": "120ms"}),
        ("font=device", {"font": "system-ui, sans-serif"}),
    ],
)
def test_choice_sets_its_properties_over_those_of_a_host(choice, tokens):
    (rule,) = rules(f":root:where([data-{choice}])")

    assert rule.split(";") == [f"--nm-{name}: {value} !important" for name, value in tokens.items()]


def test_device_that_asks_for_less_motion_or_more_contrast_is_heard_until_something_is_chosen():
    reduced = CSS.index("@media(prefers-reduced-motion: reduce){:root{--nm-motion: 0ms")
    contrast = CSS.index("@media(prefers-contrast: more){:root{")

    assert reduced < CSS.index("[data-motion=allow]")
    assert contrast < CSS.index("[data-contrast=more]")
    assert "@media(forced-colors: active)" in CSS


def test_every_font_is_there_with_its_licence():
    found = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', CSS)

    assert len(found) == 5
    for name in found:
        assert (STATIC / name).read_bytes().startswith(b"wOF2")
        assert "SIL OPEN FONT LICENSE Version 1.1" in (STATIC / name).with_name("OFL.txt").read_text()
    assert {path.parent.name for path in STATIC.rglob("*.woff2")} == {Path(name).parent.name for name in found}


def test_default_font_is_small_and_the_others_wait_until_they_are_chosen():
    assert (STATIC / "fonts/atkinson-hyperlegible-next/latin.woff2").stat().st_size <= 40_000
    faces = re.findall(r'font-display:(\w+);font-family:"([^"]+)"', CSS)
    assert set(faces) == {("optional", "Atkinson Hyperlegible Next"), ("swap", "Lexend"), ("swap", "OpenDyslexic")}
    for family in ("Lexend", "OpenDyslexic"):
        assert re.findall(rf'--nm-font: [^;]*"{family}"', CSS) == [f'--nm-font: "{family}"']


@pytest.mark.parametrize("name", OPENDYSLEXIC)
def test_opendyslexic_is_as_it_was_published(name):
    assert hashlib.sha256((STATIC / "fonts/opendyslexic" / name).read_bytes()).hexdigest() == OPENDYSLEXIC[name]


def test_readme_names_exactly_the_classes_that_are_styled():
    assert documented() == styled()


def test_templates_use_only_classes_that_are_styled():
    used = set()
    for path in SOURCE.rglob("*.html"):
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text())
        used |= {name for value in re.findall(r'class="([^"]*)"', text) for name in CLASS.findall(value)}

    assert used - styled() - {"nm-notice--"} == set()


def test_every_rule_stands_in_a_layer():
    assert CSS.startswith("@layer nm.tokens, nm.base, nm.layout, nm.components, nm.utilities;")
    outside, depth = "", 0
    for sign in CSS.strip():
        depth += (sign == "{") - (sign == "}")
        outside += sign if depth == 0 else ""
    assert re.fullmatch(r"(@(layer|media)[^{};]*[};])+", outside)


def test_layout_uses_logical_properties_alone():
    physical = r"(?:margin|padding|border)-(?:left|right|top|bottom)|[;{](?:left|right|top|bottom|width|height):"

    assert re.findall(physical, CSS) == []


def test_load_path_for_a_host_holds_the_entry_point():
    command = [sys.executable, "-m", "neuro_cms.ui.paths", "scss"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert (Path(done.stdout.strip()) / "neuro.scss").is_file()
    assert subprocess.run(command[:-1], capture_output=True, check=False).returncode == 2
