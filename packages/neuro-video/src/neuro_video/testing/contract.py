# ruff: noqa: S101 - asserting is what this module is for
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from neuro_video.providers.base import Participant, Room, RoomSpec, VideoProvider

SPEC = RoomSpec(
    key="0f" * 16,
    starts_at=datetime(2026, 12, 3, 9, 0, tzinfo=UTC),
    ends_at=datetime(2026, 12, 3, 9, 45, tzinfo=UTC),
)
HOST = Participant(role="host", external_id="h-1", display_name="Robin", back_path="/meetings/1/")
GUEST = Participant(role="guest", external_id="g-1", display_name="Sam", back_path="/meetings/1/")


class ProviderContract:
    """What every provider must do, as tests. Inherit from it in a test class and say how to make yours::

        class TestMyProvider(ProviderContract):
            def make_provider(self) -> VideoProvider:
                return MyProvider(api_key="…", base_url=loopback.url)

    Let it talk to a double of the service on your own machine, never to the service itself.
    """

    def make_provider(self) -> VideoProvider:
        raise NotImplementedError

    def test_create_gives_a_room_with_an_identifier(self) -> None:
        room = self.make_provider().create(SPEC)
        assert isinstance(room, Room), "create must return a Room"
        assert 0 < len(room.remote_id) <= 255, "remote_id must have 1 to 255 characters"
        assert len(room.url) <= 2000, "url must have at most 2000 characters"

    def test_create_again_with_the_same_key_gives_the_same_room(self) -> None:
        first = self.make_provider().create(SPEC)
        again = self.make_provider().create(SPEC)
        assert again.remote_id == first.remote_id, "a repeated create made a second room"

    def test_another_key_gives_another_room(self) -> None:
        provider = self.make_provider()
        room, other = provider.create(SPEC), provider.create(replace(SPEC, key="1e" * 16))
        assert room.remote_id != other.remote_id, "two meetings share a room"

    def test_join_gives_an_address_a_browser_can_be_sent_to(self) -> None:
        provider = self.make_provider()
        room = provider.create(SPEC)
        for participant in (HOST, GUEST):
            _check_address(provider.join(room, participant).url)

    def test_join_by_another_process_works(self) -> None:
        room = self.make_provider().create(SPEC)
        _check_address(self.make_provider().join(room, GUEST).url)

    def test_any_display_name_gives_a_clean_address(self) -> None:
        provider = self.make_provider()
        room = provider.create(SPEC)
        for name in ("", "Zoë & <b>Ada</b>", "a\r\nb\x00", "名前", "x" * 500):
            _check_address(provider.join(room, replace(GUEST, display_name=name)).url)

    def test_the_guest_never_gets_the_address_of_the_host(self) -> None:
        provider = self.make_provider()
        room = provider.create(SPEC)
        host, guest = provider.join(room, HOST).url, provider.join(room, GUEST).url
        assert host != guest, "host and guest got the same address"
        assert host not in (room.url, room.remote_id), "the stored room lets somebody in as host"

    def test_end_twice_is_no_error(self) -> None:
        room = self.make_provider().create(SPEC)
        self.make_provider().end(room)
        self.make_provider().end(room)

    def test_end_of_a_room_that_is_gone_is_no_error(self) -> None:
        self.make_provider().end(Room(remote_id="no-such-room"))


def _check_address(url: str) -> None:
    assert url.isascii(), "an address must be percent-encoded"
    assert url.isprintable(), "an address must not hold control characters"
    assert " " not in url, "an address must not hold spaces"
    parts = urlsplit(url)
    here = not parts.scheme and not parts.netloc and url.startswith("/")
    assert here or (parts.scheme == "https" and parts.netloc), "neither https nor an address of this site"
