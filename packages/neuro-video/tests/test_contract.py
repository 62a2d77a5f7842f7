import inspect

import pytest

from neuro_video.providers.base import VideoProvider
from neuro_video.providers.local import LocalProvider
from neuro_video.testing import ProviderContract
from tests import doubles

pytestmark = pytest.mark.feature("V3")


class TestLocalProvider(ProviderContract):
    def make_provider(self) -> VideoProvider:
        return LocalProvider()


class TestProviderOfTheseTests(ProviderContract):
    def make_provider(self) -> VideoProvider:
        return doubles.Good()


class TestProviderInAFrame(ProviderContract):
    def make_provider(self) -> VideoProvider:
        return doubles.FramedProvider()


BROKEN = {
    "test_create_gives_a_room_with_an_identifier": doubles.WithoutIdentifier,
    "test_create_again_with_the_same_key_gives_the_same_room": doubles.NewRoomEachTime,
    "test_another_key_gives_another_room": doubles.OneRoomForAll,
    "test_join_gives_an_address_a_browser_can_be_sent_to": doubles.PlainHttp,
    "test_join_by_another_process_works": doubles.RemembersInMemory,
    "test_any_display_name_gives_a_clean_address": doubles.NameUnquoted,
    "test_the_guest_never_gets_the_address_of_the_host": doubles.HostForEverybody,
    "test_end_twice_is_no_error": doubles.EndsOnce,
    "test_end_of_a_room_that_is_gone_is_no_error": doubles.EndsOnlyWhatIsThere,
}


def test_every_promise_of_the_contract_has_a_provider_that_breaks_it() -> None:
    promises = {name for name, _ in inspect.getmembers(ProviderContract) if name.startswith("test_")}
    assert promises == BROKEN.keys()


@pytest.mark.parametrize(("promise", "provider"), BROKEN.items())
def test_a_provider_that_breaks_a_promise_is_caught(promise: str, provider: type[VideoProvider]) -> None:
    class Contract(ProviderContract):
        def make_provider(self) -> VideoProvider:
            return provider()

    with pytest.raises(AssertionError):
        getattr(Contract(), promise)()
