from dataclasses import replace

from django.urls import reverse

from neuro_video.providers.base import Join, Participant, Room, RoomSpec
from neuro_video.tickets import Ticket

SALT = "neuro_video.local"


class LocalProvider:
    """A page of this site in place of a video service: no account, no network, no sound and picture."""

    def create(self, spec: RoomSpec) -> Room:
        return Room(remote_id=spec.key)

    def end(self, room: Room) -> None:
        """Nothing to do: the page reads the state of the room itself."""

    def join(self, room: Room, participant: Participant) -> Join:
        # The page shows a name and a role; whose they are in the project's own tables is not for an address.
        ticket = Ticket(key=room.remote_id, participant=replace(participant, external_id=""))
        return Join(url=reverse("neuro_video:local-room", args=[ticket.sign(salt=SALT)]))
