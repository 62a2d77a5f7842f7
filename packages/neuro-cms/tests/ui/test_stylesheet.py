import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.ui.contrast import contrast

import neuro_cms

PACKAGE = Path(__file__).parents[2]
SOURCE = Path(neuro_cms.__file__).parent
CSS = (SOURCE / "ui/static/neuro_cms/css/neuro.css").read_text()
CLASS = re.compile(r"nm-[a-z]+(?:[a-z-]*[a-z])?(?:__[a-z]+)?(?:--[a-z]+)?")


def themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root\{color-scheme:(\w+);(.*?)\}", CSS)
    return {scheme: dict(re.findall(r"--nm-([a-z-]+): (#[0-9a-f]{6})\b", body)) for scheme, body in blocks[:2]}


def styled() -> set[str]:
    return set(re.findall(r"\.(nm-[a-z_-]+)", re.sub(r"@layer [^{;]+[{;]", "", CSS)))


def documented() -> set[str]:
    section = (PACKAGE / "README.md").read_text().split("## Classes")[1].split("\n## ")[0]
    return set(re.findall(r"`(nm-[a-z_-]+)`", section))


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface", "sunk"])
@pytest.mark.parametrize(
    "text",
    ["ink", "ink-soft", "brand", "brand-strong", "peer", "group", "success", "warning", "danger", "info"],
)
def test_text_has_contrast_7(scheme, ground, text):
    assert contrast(themes()[scheme][text], themes()[scheme][ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_on_coloured_ground_has_contrast_7(scheme):
    theme = themes()[scheme]
    pairs = [("on-brand", "brand"), ("on-brand", "brand-strong")]
    for kind in ("success", "warning", "danger", "info"):
        pairs += [(kind, f"{kind}-bg"), ("ink", f"{kind}-bg"), ("brand", f"{kind}-bg")]

    assert [pair for pair in pairs if contrast(theme[pair[0]], theme[pair[1]]) < 7] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_and_focus_rings_have_contrast_3(scheme):
    theme = themes()[scheme]
    grounds = ("paper", "surface", "sunk")

    assert [(line, at) for line in ("line", "focus") for at in grounds if contrast(theme[line], theme[at]) < 3] == []


def test_both_themes_set_the_same_colours():
    light, dark = themes().values()

    assert light.keys() == dark.keys()


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
