"""How a host changes the look: ``tests/projects/themed`` is a whole project of three files."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from neuro_cms.ui.paths import SCSS

PACKAGE = Path(__file__).parents[2]
THEMED = PACKAGE / "tests" / "projects" / "themed"
PAGE = """
import django, sys
django.setup()
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, override_settings
call_command("check", fail_level="WARNING")
call_command("collectstatic", verbosity=0, interactive=False)
assert "neuro_cms.models" not in sys.modules and "wagtail" not in sys.modules
answer = Client().get("/")
assert answer.status_code == 200
print(answer.content.decode())
with override_settings(DEBUG=False):
    print("COLLECTED", render_to_string("neuro_cms/ui/base.html"))
"""


def compiled(sass: list[str], source: Path, into: Path) -> str:
    into.parent.mkdir(parents=True)
    command = [*sass, "--no-source-map", "--no-charset", f"--load-path={SCSS}", f"{source}:{into}"]
    subprocess.run(command, check=True)
    return into.read_text()


@pytest.fixture
def css(sass, tmp_path) -> str:
    return compiled(sass, THEMED / "themed.scss", tmp_path / "build/neuro_cms/css/neuro.css")


@pytest.fixture
def answers(css, tmp_path) -> tuple[str, str]:
    """The style page of the themed project, and a bare page that names the files collected in ``static``."""
    environment = os.environ | {
        "BUILD": str(tmp_path / "build"),
        "DJANGO_SETTINGS_MODULE": "tests.projects.themed.settings",
        "STATIC_ROOT": str(tmp_path / "static"),
    }
    command = [sys.executable, "-c", PAGE]
    done = subprocess.run(command, cwd=PACKAGE, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shown, _, collected = done.stdout.partition("COLLECTED")
    return shown, collected


def test_themed_project_has_three_files():
    kept = [path.name for path in THEMED.rglob("*") if path.is_file() and path.suffix != ".pyc"]

    assert sorted(kept) == ["hero.html", "settings.py", "themed.scss"]


def test_one_sass_variable_and_three_properties_change_the_stylesheet(css):
    assert "--nm-radius: 0.25rem;" in css
    assert "--nm-paper: #f6f4f7;" in css
    outside = css.rpartition("\n:root {")[2]
    assert re.findall(r"--nm-[a-z-]+: light-dark\(", outside) == [
        "--nm-brand: light-dark(",
        "--nm-brand-strong: light-dark(",
        "--nm-on-brand: light-dark(",
    ]
    assert css.lstrip().startswith("@layer nm.tokens,")


def test_one_template_of_the_host_takes_the_place_of_ours(answers):
    assert "<p>Written by the host.</p>" in answers[0]
    assert "Calm video sessions with peers." not in answers[0]


@pytest.mark.feature("C4")
def test_stylesheet_of_the_host_is_served_and_finds_its_fonts_under_hashed_names(answers, tmp_path):
    (linked,) = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', answers[1])
    stylesheet = tmp_path / "static" / linked

    assert re.fullmatch(r"neuro\.[0-9a-f]{12}\.css", stylesheet.name)
    assert "light-dark(#0b3d5c" in stylesheet.read_text()
    fonts = re.findall(r'url\("([^"]+)"\)', stylesheet.read_text())
    assert len(fonts) == 5
    for font in fonts:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", font)
        assert (stylesheet.parent / font).is_file()


def test_preloaded_font_is_the_one_that_the_stylesheet_names(answers, tmp_path):
    (preloaded,) = re.findall(r'<link rel="preload"\s+href="/static/neuro_cms/([^"]+)"', answers[1])

    (stylesheet,) = (tmp_path / "static/neuro_cms/css").glob("neuro.*.css")
    assert f'url("../{preloaded}")' in stylesheet.read_text()


def test_host_changes_colours_of_every_theme_a_tint_and_the_font_folder_with_sass(sass, tmp_path):
    source = tmp_path / "host.scss"
    source.write_text(
        '@use "neuro" with ($themes: ("calm-dark": ("brand": #123456)), $tints: ("sky": #eeeeff), $font-path: "/f");'
    )

    css = compiled(sass, source, tmp_path / "css" / "host.css")

    assert css.count("--nm-brand: #123456;") == 2
    assert re.search(r"\[data-tint=sky\]\) \{\s+--nm-paper: #eeeeff;", css)
    assert 'url("/f/lexend/latin.woff2")' in css
