"""``python -m neuro_cms.ui.paths scss`` prints the folder that a host gives to Sass as a load path."""

import sys
from pathlib import Path

SCSS = Path(__file__).resolve().parent / "scss"


def main(arguments: list[str]) -> int:
    if arguments != ["scss"]:
        sys.stderr.write("Usage: python -m neuro_cms.ui.paths scss\n")
        return 2
    sys.stdout.write(f"{SCSS}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
