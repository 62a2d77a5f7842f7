from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from neuro_video.providers.base import Join, Participant, Role, Room, RoomSpec

SALT = "neuro_video.local"
MAX_AGE = timedelta(hours=6)
LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What the address of the built-in room carries, signed: enough for the page, and no account data."""

    key: str
    role: Role
    display_name: str
    back_path: str

    def sign(self) -> str:
        return signing.dumps([self.key, self.role, self.display_name, self.back_path], salt=SALT, compress=True)


def read_ticket(token: str) -> Ticket:
    """The ticket in an address. Raises ``signing.BadSignature`` when it is not ours, was changed, or is too old."""
    key, role, display_name, back_path = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    return Ticket(key=key, role=role, display_name=display_name, back_path=back_path)


class LocalProvider:
    """A page of this site in place of a video service: no account, no network, no sound and picture."""

    def create(self, spec: RoomSpec) -> Room:
        return Room(remote_id=spec.key)

    def end(self, room: Room) -> None:
        """Nothing to do: the page reads the state of the room itself."""

    def join(self, room: Room, participant: Participant) -> Join:
        ticket = Ticket(
            key=room.remote_id,
            role=participant.role,
            display_name=participant.display_name[:LONGEST_NAME],
            back_path=_path_of_this_site(participant.back_path),
        )
        return Join(url=reverse("neuro_video:local-room", args=[ticket.sign()]))


def _path_of_this_site(path: str) -> str:
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else "/"
