import re
import time
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from pytest_django import Settings

from neuro_video import rooms, tasks
from neuro_video.models import MeetingRoom
from neuro_video.providers import local
from neuro_video.providers.base import Join, Participant, ProviderError
from neuro_video.tickets import MAX_AGE, under_another_id
from tests.conftest import GUEST, HOST, SOURCE, snapshot
from tests.doubles import Service

pytestmark = [pytest.mark.django_db, pytest.mark.feature("V4")]

ORIGIN = "https://video.example"


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def running(now: datetime, service: Service, settings: Settings) -> MeetingRoom:
    """A meeting that has begun, at a provider whose meetings are shown in a frame."""
    settings.NEURO_VIDEO = {"PROVIDERS": {"default": {"BACKEND": "tests.doubles.FramedProvider"}}}
    room = rooms.want(*SOURCE, starts_at=now, ends_at=now + timedelta(minutes=45), now=now)
    tasks.tick(now=now)
    room.refresh_from_db()
    return room


def address(now: datetime, participant: Participant = GUEST) -> str:
    return rooms.join(*SOURCE, participant=participant, now=now).url


def token_in(url: str) -> str:
    return url.strip("/").split("/")[-1]


@pytest.mark.parametrize("participant", [HOST, GUEST], ids=["host", "guest"])
def test_the_page_frames_the_address_of_this_one_person(
    client: Client, running: MeetingRoom, now: datetime, participant: Participant
) -> None:
    page = client.get(address(now, participant)).content.decode()
    who = under_another_id(participant, key=running.key).external_id
    url = f"{ORIGIN}/far-{running.key}?role={participant.role}&amp;who={who}"
    assert f'src="{url}"' in page
    assert 'title="Video meeting"' in page
    assert 'allow="camera; microphone; display-capture; fullscreen"' in page
    assert "sandbox" not in page


def test_the_page_has_a_quiet_way_out_and_a_way_into_a_tab(client: Client, running: MeetingRoom, now: datetime) -> None:
    page = client.get(address(now)).content.decode()
    assert 'href="/meetings/7/">Leave quietly</a>' in page
    assert 'rel="noopener noreferrer">Open the meeting by itself (opens in a new tab)</a>' in page
    assert "<script" not in page


def test_the_page_is_private_and_names_one_origin(client: Client, running: MeetingRoom, now: datetime) -> None:
    response = client.get(address(now))
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    uses = [f'{use}=(self "{ORIGIN}")' for use in ("camera", "microphone", "display-capture", "fullscreen")]
    assert response["Permissions-Policy"] == ", ".join(uses)
    assert "Content-Security-Policy" not in response


def test_the_policy_of_the_project_opens_for_one_origin(
    client: Client, running: MeetingRoom, now: datetime, settings: Settings
) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.csp.ContentSecurityPolicyMiddleware"]
    settings.SECURE_CSP = {"default-src": [CSP.SELF], "frame-src": [CSP.SELF, "https://maps.example"]}
    assert client.get(address(now))["Content-Security-Policy"] == f"default-src 'self'; frame-src {ORIGIN}"
    elsewhere = client.get("/rooms/no-such-ticket/")
    assert elsewhere["Content-Security-Policy"] == "default-src 'self'; frame-src 'self' https://maps.example"


def test_the_ticket_holds_the_room_and_the_person_and_never_the_provider(running: MeetingRoom, now: datetime) -> None:
    url = address(now)
    assert url.startswith("/rooms/")
    carried = signing.loads(token_in(url), salt=rooms.FRAME_SALT)
    told = under_another_id(GUEST, key=running.key).external_id
    assert carried == [running.key, "guest", told, "Sam", "/meetings/7/"]


def test_an_id_is_the_same_for_one_person_in_one_room_and_says_nothing() -> None:
    told = under_another_id(GUEST, key="room-1").external_id
    assert told == under_another_id(GUEST, key="room-1").external_id
    assert re.fullmatch("[0-9a-f]{32}", told)
    others = {under_another_id(HOST, key="room-1").external_id, under_another_id(GUEST, key="room-2").external_id}
    assert told not in others
    assert len(others) == 2


def test_the_provider_is_asked_at_each_opening(
    client: Client, running: MeetingRoom, now: datetime, service: Service
) -> None:
    asked: list[int] = []
    url = address(now)
    service.meanwhile = lambda: asked.append(1)
    client.get(url)
    client.get(url)
    assert len(asked) == 2


def test_opening_the_page_changes_nothing(client: Client, running: MeetingRoom, now: datetime) -> None:
    url = address(now)
    before = snapshot()
    client.get(url)
    client.head(url)
    assert snapshot() == before
    assert client.post(url).status_code == 405


def test_a_ticket_that_is_not_ours_is_not_found(client: Client, running: MeetingRoom, now: datetime) -> None:
    token = token_in(address(now))
    body, stamp, signature = token.rsplit(":", 2)
    for_the_other_page = signing.dumps([running.key, "host", "", "Sam", "/"], salt=local.SALT, compress=True)
    for forged in (f"{body}A:{stamp}:{signature}", f"{body}:{stamp}:{signature[::-1]}", for_the_other_page, token[:-1]):
        assert client.get(reverse("neuro_video:room", args=[forged])).status_code == 404


@pytest.mark.parametrize("token", ["x", ":", "a:b:c", "..", "\x00", "é漢", "<script>", "A" * 5000, "%", "\r\nx"])
def test_odd_tickets_are_not_found(client: Client, db: None, token: str) -> None:
    assert client.get(f"/rooms/{quote(token, safe='')}/").status_code == 404


@pytest.mark.parametrize(
    "carried",
    [
        ["key", "guest", "1", "Sam"],
        ["key", "guest", "1", "Sam", "/", "more"],
        ["key", "boss", "1", "Sam", "/"],
        ["key", "guest", 1, "Sam", "/"],
        {"key": 1},
        None,
    ],
)
def test_a_ticket_of_an_older_shape_is_not_found(client: Client, db: None, carried: object) -> None:
    for name, salt in (("room", rooms.FRAME_SALT), ("local-room", local.SALT)):
        old = signing.dumps(carried, salt=salt, compress=True)
        assert client.get(reverse(f"neuro_video:{name}", args=[old])).status_code == 404


def test_an_expired_ticket_is_not_found(
    client: Client, running: MeetingRoom, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = address(now)
    issued = time.time()
    monkeypatch.setattr(time, "time", lambda: issued + MAX_AGE.total_seconds() + 5)
    assert client.get(url).status_code == 404


def test_a_ticket_for_a_room_that_is_gone_is_not_found(client: Client, running: MeetingRoom, now: datetime) -> None:
    url = address(now)
    MeetingRoom.objects.all().delete()
    assert client.get(url).status_code == 404


def test_a_closed_door_shows_no_frame_and_asks_nobody(
    client: Client, running: MeetingRoom, now: datetime, service: Service
) -> None:
    url = address(now)
    rooms.end(*SOURCE, now=now)
    service.trouble = AssertionError("the provider was asked")
    response = client.get(url)
    page = response.content.decode()
    assert response.status_code == 200
    assert "This meeting is over. The room is closed." in page
    assert 'href="/meetings/7/">Go back</a>' in page
    assert "<iframe" not in page
    assert "Permissions-Policy" not in response


def test_a_meeting_that_moved_says_when_the_door_opens(client: Client, running: MeetingRoom, now: datetime) -> None:
    url = address(now)
    later = now + timedelta(days=2)
    rooms.move(*SOURCE, starts_at=later, ends_at=later + timedelta(minutes=45), now=now)
    page = client.get(url).content.decode()
    assert "The room is not open yet." in page
    assert "The door opens on" in page


@pytest.mark.parametrize("trouble", [ProviderError("timeout"), KeyError("a fault in the provider's own code")])
def test_trouble_at_the_provider_is_a_page_with_a_second_try(
    client: Client, running: MeetingRoom, now: datetime, service: Service, trouble: Exception
) -> None:
    url = address(now)
    service.trouble = trouble
    response = client.get(url)
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Cache-Control"] == "no-store"
    assert "We could not open the room." in page
    assert f'href="{url}">Try again</a>' in page
    assert ORIGIN not in page


def test_a_room_that_is_not_ready_is_refused_and_not_made_by_looking(
    client: Client, running: MeetingRoom, now: datetime, service: Service
) -> None:
    url = address(now)
    MeetingRoom.objects.update(state="wanted")
    made = len(service.created)
    response = client.get(url)
    assert response.status_code == 503
    assert len(service.created) == made
    page = response.content.decode()
    assert 'href="/meetings/7/">Try again</a>' in page
    assert url not in page
    assert "Go back" not in page


def test_a_provider_that_stopped_framing_gets_the_person_sent_there(
    client: Client, running: MeetingRoom, now: datetime, settings: Settings
) -> None:
    url = address(now)
    settings.NEURO_VIDEO = {"PROVIDERS": {"default": {"BACKEND": "tests.doubles.ServiceProvider"}}}
    response = client.get(url)
    assert (response.status_code, response["Location"]) == (302, f"{ORIGIN}/far-{running.key}?role=guest")
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.django_db(transaction=True)
def test_a_project_with_atomic_requests_can_open_the_page(
    client: Client, running: MeetingRoom, now: datetime, settings: Settings
) -> None:
    url = address(now)
    settings.DATABASES["default"]["ATOMIC_REQUESTS"] = True
    try:
        assert client.get(url).status_code == 200
    finally:
        settings.DATABASES["default"]["ATOMIC_REQUESTS"] = False


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://video.example/room", "https://other.example"),
        ("https://video.example.evil.example/room", "https://video.example"),
        ("https://video.example/room", "https://video.example/"),
        ("https://video.example/room", "https://*.example"),
        ("http://video.example/room", "http://video.example"),
        ("/rooms/local/x/", "'self'"),
        ("https://a.example; script-src */room", "https://a.example; script-src *"),
        ('https://a.example") geolocation=(*/', 'https://a.example") geolocation=(*'),
    ],
)
def test_a_frame_opens_for_the_origin_of_its_address_alone(url: str, origin: str) -> None:
    with pytest.raises(ProviderError):
        Join(url=url, frame_origin=origin)
