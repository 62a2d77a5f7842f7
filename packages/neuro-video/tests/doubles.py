from collections.abc import Callable
from itertools import count

from neuro_video.providers.base import Join, Participant, Room, RoomSpec


class Service:
    """The far side of ``ServiceProvider``: what was asked of it, and what it answers with instead of success."""

    def __init__(self) -> None:
        self.created: list[RoomSpec] = []
        self.ended: list[str] = []
        self.trouble: Exception | None = None
        self.meanwhile: Callable[[], object] = lambda: None

    def called(self) -> None:
        self.meanwhile()
        if self.trouble:
            raise self.trouble


service = Service()


class ServiceProvider:
    """A provider with a far side that tests can look at and break."""

    def create(self, spec: RoomSpec) -> Room:
        service.created.append(spec)
        service.called()
        return Room(remote_id=f"far-{spec.key}", url="https://video.example/room")

    def end(self, room: Room) -> None:
        service.ended.append(room.remote_id)
        service.called()

    def join(self, room: Room, participant: Participant) -> Join:
        service.called()
        return Join(url=f"https://video.example/{room.remote_id}?role={participant.role}")


class FramedProvider(ServiceProvider):
    """The same far side, whose meeting is shown inside our own page."""

    def join(self, room: Room, participant: Participant) -> Join:
        url = super().join(room, participant).url + f"&who={participant.external_id}"
        return Join(url=url, frame_origin="https://video.example")


class Good:
    """Keeps the contract. Each class below breaks it in one way."""

    def create(self, spec: RoomSpec) -> Room:
        return Room(remote_id=spec.key)

    def end(self, room: Room) -> None:
        return None

    def join(self, room: Room, participant: Participant) -> Join:
        return Join(url=f"https://video.example/{room.remote_id}/{participant.role}")


class WithoutIdentifier(Good):
    def create(self, spec: RoomSpec) -> Room:
        return Room(remote_id="")


class NewRoomEachTime(Good):
    numbers = count()

    def create(self, spec: RoomSpec) -> Room:
        return Room(remote_id=f"{spec.key}-{next(self.numbers)}")


class OneRoomForAll(Good):
    def create(self, spec: RoomSpec) -> Room:
        return Room(remote_id="lobby")


class PlainHttp(Good):
    def join(self, room: Room, participant: Participant) -> Join:
        return Join(url=super().join(room, participant).url.replace("https", "http"))


class RemembersInMemory(Good):
    def __init__(self) -> None:
        self.made: set[str] = set()

    def create(self, spec: RoomSpec) -> Room:
        self.made.add(spec.key)
        return super().create(spec)

    def join(self, room: Room, participant: Participant) -> Join:
        return Join(url=super().join(room, participant).url if room.remote_id in self.made else "")


class NameUnquoted(Good):
    def join(self, room: Room, participant: Participant) -> Join:
        return Join(url=f"{super().join(room, participant).url}?name={participant.display_name}")


class HostForEverybody(Good):
    def join(self, room: Room, participant: Participant) -> Join:
        return Join(url=f"https://video.example/{room.remote_id}?host")


class EndsOnce(Good):
    gone: set[str] = set()

    def end(self, room: Room) -> None:
        assert room.remote_id not in self.gone
        self.gone.add(room.remote_id)


class EndsOnlyWhatIsThere(Good):
    def end(self, room: Room) -> None:
        assert room.remote_id != "no-such-room"
