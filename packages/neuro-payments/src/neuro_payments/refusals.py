from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Refused(Exception):
    """An act that was not done. ``code`` is for programs and stays the same, ``sentence`` is for people."""

    code: str = "refused"
    sentence: _StrOrPromise = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"
