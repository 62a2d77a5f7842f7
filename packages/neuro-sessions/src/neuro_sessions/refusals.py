from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refusal(Exception):
    """An act that cannot be done now, for a reason that a person can be told.

    ``code`` is stable and for programs; ``sentence`` is for people. ``path``, where there is one, is the
    site-relative address of the page on which it can be put right.
    """

    def __init__(self, code: str, sentence: "StrOrPromise", path: str = "") -> None:
        super().__init__(code)
        self.code, self.sentence, self.path = code, sentence, path
