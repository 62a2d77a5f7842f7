"""Compare the rows of docs/features.md with the tests that claim them by `@pytest.mark.feature("A1")`."""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| (?P<id>[A-Z]\d+) \| (?P<promise>.+?) \|$", re.MULTILINE)
TEST_FOLDERS = ("packages/*/tests", "site/tests", "site/e2e", "scripts/tests")


def rows(table: Path) -> dict[str, str]:
    """The promises by id, in the order of the table."""
    return {match["id"]: match["promise"] for match in ROW.finditer(table.read_text())}


def claims(root: Path) -> dict[str, list[str]]:
    """For each id that a test names: the test files that name it."""
    found: dict[str, list[str]] = {}
    for folder in TEST_FOLDERS:
        for path in sorted(root.glob(f"{folder}/**/*.py")):
            for feature in sorted(set(marked_ids(path))):
                found.setdefault(feature, []).append(str(path.relative_to(root)))
    return found


def marked_ids(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(func=ast.Attribute(attr="feature", value=ast.Attribute(attr="mark")), args=arguments):
                yield from (str(argument.value) for argument in arguments if isinstance(argument, ast.Constant))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strict", action="store_true", help="fail when a row has no test")
    options = parser.parse_args()
    promised, claimed = rows(ROOT / "docs" / "features.md"), claims(ROOT)
    unknown = {feature: files for feature, files in claimed.items() if feature not in promised}
    for feature, files in unknown.items():
        print(f"{feature} is not a row of docs/features.md, but {', '.join(files)} names it.")
    missing = [feature for feature in promised if feature not in claimed]
    for feature in missing:
        print(f"no test yet  {feature:<4} {promised[feature]}")
    print(f"{len(promised) - len(missing)} of {len(promised)} rows have a test.")
    return 1 if unknown or (options.strict and missing) else 0


if __name__ == "__main__":
    sys.exit(main())
