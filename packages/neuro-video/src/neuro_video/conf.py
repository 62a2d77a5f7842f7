from dataclasses import dataclass, field

from neuro_video._conf import Backends, PackageSettings

DEFAULT_ALIAS = "default"


def _built_in() -> Backends:
    return Backends({DEFAULT_ALIAS: {"BACKEND": "neuro_video.providers.local.LocalProvider"}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The keys of ``NEURO_VIDEO``, in capitals there."""

    providers: Backends = field(default_factory=_built_in)
    """Who makes rooms: alias → dotted path and options. New rooms go to ``default``; old ones keep their alias."""

    opens_before_minutes: int = 15
    """How long before the start the door opens."""

    closes_after_minutes: int = 30
    """How long after the end the door stays open. Then the room is ended."""

    create_before_minutes: int = 60
    """How long before the start ``tick`` asks the provider for the room."""


get = PackageSettings("NEURO_VIDEO", Settings)
