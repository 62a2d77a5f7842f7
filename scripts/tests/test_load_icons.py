import sys
from pathlib import Path
from xml.etree import ElementTree

import load_icons
import pytest

SITE = "site/src/templates/page.html"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose templates use two icons, and whose sprite is not drawn yet."""
    for name, content in {SITE: '{% icon "clock" %}', "packages/neuro-cms/src/a.html": "{% icon 'bell' %}"}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(content)
    (tmp_path / load_icons.SPRITE).parent.mkdir(parents=True)
    monkeypatch.setattr(load_icons, "ROOT", tmp_path)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["load_icons.py", *arguments])
    return load_icons.main()


def test_sprite_holds_the_icons_in_use_and_no_other(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "--check") == 1
    assert run(monkeypatch) == 0
    assert run(monkeypatch, "--check") == 0
    drawn = ElementTree.parse(tree / load_icons.SPRITE).getroot()  # noqa: S314 - what was just drawn
    assert [symbol.attrib["id"] for symbol in drawn] == ["bell", "clock"]
    assert {symbol.attrib["viewBox"] for symbol in drawn} == {"0 0 24 24"}
    assert all(len(symbol) for symbol in drawn)


def test_icon_that_is_used_no_more_makes_the_sprite_stale(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch)
    (tree / SITE).write_text("")
    assert run(monkeypatch, "--check") == 1


def test_name_that_heroicons_do_not_have_is_named(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / SITE).write_text('{% icon "no-such-icon" %}')
    with pytest.raises(SystemExit, match="no-such-icon"):
        run(monkeypatch)
