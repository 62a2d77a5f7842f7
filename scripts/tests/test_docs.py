import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`((?:packages|site|scripts)/[\w/.-]+\.py)(?:::(\w+))?`")


def missing(text: str) -> list[str]:
    """The tests that a text names and that are not there."""
    return [
        f"{path}::{name}"
        for path, name in NAMED.findall(text)
        if not (ROOT / path).is_file() or not re.search(rf"def {name or '.+'}\(", (ROOT / path).read_text("utf-8"))
    ]


def test_every_test_that_the_accessibility_page_names_is_there() -> None:
    text = (ROOT / "docs/accessibility.md").read_text(encoding="utf-8")
    assert len(NAMED.findall(text)) > 40
    assert missing(text) == []


def test_every_check_has_a_row() -> None:
    text = (ROOT / "docs/accessibility.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (FE-\d\d) \|", text, re.MULTILINE) == [f"FE-{number:02}" for number in range(1, 33)]


@pytest.mark.parametrize(
    "name",
    [
        "scripts/tests/no_such_file.py",
        "scripts/tests/test_docs.py::test_no_such_test",
        "scripts/tests/test_docs.py::test_every_check",
    ],
)
def test_a_test_that_is_gone_is_found(name: str) -> None:
    assert missing(f"shown by `{name}`") == [name if "::" in name else f"{name}::"]
