"""One settings dict, read when it is used. The same file stands in each neuro package that has settings."""

from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any, NewType, get_origin

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

DottedPath = NewType("DottedPath", str)
Backends = NewType("Backends", dict[str, dict[str, Any]])


class PackageSettings[T]:
    """``get = PackageSettings("NEURO_X", Settings)``: call it for the current values, a frozen ``Settings``."""

    def __init__(self, name: str, shape: type[T]) -> None:
        self.name, self.shape = name, shape
        self.fields = {field.name.upper(): field for field in fields(shape)}  # type: ignore[arg-type]
        self._value: T | None = None
        setting_changed.connect(self._forget, weak=False)

    def __call__(self) -> T:
        if self._value is None:
            known = {key.lower(): value for key, value in self.given.items() if key in self.fields}
            self._value = self.shape(**known)
        return self._value

    @property
    def given(self) -> Mapping[str, Any]:
        return getattr(settings, self.name, {})

    def _forget(self, *, setting: str, **kwargs: Any) -> None:
        if setting == self.name:
            self._value = None

    def check(self, app_label: str) -> list[CheckMessage]:
        """System check messages: E001 unknown key, E002 wrong type, E003 dotted path that cannot be imported."""
        found: list[CheckMessage] = []
        for key in sorted(self.given.keys() - self.fields.keys()):
            near = get_close_matches(key, self.fields, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(self.fields)}."
            found.append(Error(f"{self.name} has no key {key!r}.", hint=hint, id=f"{app_label}.E001"))
        for key, field in self.fields.items():
            kind: Any = getattr(field.type, "__supertype__", field.type)
            value = self.given.get(key, getattr(self(), field.name))
            if not isinstance(value, get_origin(kind) or kind):
                found.append(Error(f"{self.name}[{key!r}] must be {kind}.", id=f"{app_label}.E002"))
                continue
            for path in _paths(field.type, value):
                try:
                    import_string(path)
                except ImportError as error:
                    found.append(Error(f"{self.name}[{key!r}]: {error}", id=f"{app_label}.E003"))
        return found


def _paths(kind: Any, value: Any) -> list[str]:
    if kind is Backends:
        return [str(entry["BACKEND"]) if "BACKEND" in entry else "" for entry in value.values()]
    return [value] if kind is DottedPath and value else []


def load_backend(backends: Backends, alias: str) -> Any:
    """The implementation under an alias: ``{alias: {"BACKEND": dotted path, "OPTIONS": {…}}}``."""
    entry = backends[alias]
    return import_string(entry["BACKEND"])(**entry.get("OPTIONS", {}))
