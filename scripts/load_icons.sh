#!/bin/sh
# Draws the icons that templates use into one sprite. With --check it only says whether the sprite is up to date.
set -eu
cd "$(dirname "$0")/.."
exec "${PYTHON:-.venv/bin/python}" scripts/load_icons.py "$@"
