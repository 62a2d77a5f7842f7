"""A video service whose meetings are shown inside our page, as far as our page can tell."""

from typing import Any

from neuro_video.providers.base import Join, Participant, Room, RoomSpec


class FramedProvider:
    """``origin`` is where the meetings are: in a browser run a server of its own, else an address that nobody opens."""

    def __init__(self, *, origin: str) -> None:
        self.origin = origin

    def create(self, spec: RoomSpec) -> Room:
        return Room(remote_id=spec.key)

    def end(self, room: Room) -> None:
        return

    def join(self, room: Room, participant: Participant) -> Join:
        return Join(url=f"{self.origin}/{room.remote_id}?role={participant.role}", frame_origin=self.origin)


def providers(origin: str) -> dict[str, dict[str, Any]]:
    """The built-in provider as before, and this one under the alias ``framed``."""
    return {
        "default": {"BACKEND": "neuro_video.providers.local.LocalProvider"},
        "framed": {"BACKEND": "tests.framed.FramedProvider", "OPTIONS": {"origin": origin}},
    }
