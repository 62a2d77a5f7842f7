import re
import time
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from neuro_video import rooms
from neuro_video.models import MeetingRoom
from neuro_video.providers.base import Participant
from neuro_video.providers.local import SALT
from neuro_video.tickets import MAX_AGE
from tests.conftest import GUEST, HOST, SOURCE, snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.feature("V4")]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def running(now: datetime) -> MeetingRoom:
    return rooms.want(*SOURCE, starts_at=now, ends_at=now + timedelta(minutes=45), now=now)


def address(now: datetime, participant: Participant = GUEST) -> str:
    return rooms.join(*SOURCE, participant=participant, now=now).url


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(("participant", "role"), [(HOST, "Host"), (GUEST, "Guest")])
def test_the_page_says_who_you_are_and_that_there_is_no_video(
    client: Client, running: MeetingRoom, now: datetime, participant: Participant, role: str
) -> None:
    response = client.get(address(now, participant))
    page = text(response.content.decode())
    assert response.status_code == 200
    assert "This is the built-in room. It has no video and no sound." in page
    assert f"Your name here {participant.display_name} Your role {role}" in page
    assert '<a class="nm-button" href="/meetings/7/">Leave the room</a>' in response.content.decode()


def test_the_room_lies_below_the_page_about_the_meeting(client: Client, running: MeetingRoom, now: datetime) -> None:
    page = client.get(address(now)).content.decode()
    place = page[page.index('<nav class="nm-breadcrumb"') : page.index("</nav>")]
    assert '<a href="/meetings/7/">About this meeting</a>' in place
    assert '<li aria-current="page">Meeting room</li>' in place
    assert page.index('class="nm-skip" href="#main"') < page.index("nm-breadcrumb") < page.index('id="main"')


def test_the_page_is_neither_stored_nor_told_to_others(client: Client, running: MeetingRoom, now: datetime) -> None:
    response = client.get(address(now))
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


def test_the_ticket_carries_the_room_and_what_is_shown_and_nothing_else(running: MeetingRoom, now: datetime) -> None:
    token = address(now).strip("/").split("/")[-1]
    assert signing.loads(token, salt=SALT) == [running.key, "guest", "", "Sam", "/meetings/7/"]


def test_opening_the_page_changes_nothing(client: Client, running: MeetingRoom, now: datetime) -> None:
    url = address(now)
    before = snapshot()
    client.get(url)
    client.head(url)
    assert snapshot() == before
    assert client.post(url).status_code == 405


def test_an_expired_ticket_is_not_found(
    client: Client, running: MeetingRoom, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = address(now)
    issued = time.time()
    monkeypatch.setattr(time, "time", lambda: issued + MAX_AGE.total_seconds() - 5)
    assert client.get(url).status_code == 200
    monkeypatch.setattr(time, "time", lambda: issued + MAX_AGE.total_seconds() + 5)
    assert client.get(url).status_code == 404


def test_a_changed_ticket_is_not_found(client: Client, running: MeetingRoom, now: datetime) -> None:
    url = address(now)
    token = url.strip("/").split("/")[-1]
    body, stamp, signature = token.rsplit(":", 2)
    as_host = signing.dumps([running.key, "host", "", "Sam", "/"], salt="another", compress=True)
    for forged in (f"{body}A:{stamp}:{signature}", f"{body}:{stamp}:{signature[::-1]}", as_host, token[:-1]):
        assert client.get(reverse("neuro_video:local-room", args=[forged])).status_code == 404


def test_a_ticket_for_a_room_that_is_not_there_is_not_found(
    client: Client, running: MeetingRoom, now: datetime
) -> None:
    url = address(now)
    MeetingRoom.objects.all().delete()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("token", ["x", ":", "a:b:c", "..", "\x00", "é漢", "<script>", "A" * 5000, "%", "\r\nx"])
def test_odd_tickets_are_not_found(client: Client, db: None, token: str) -> None:
    assert client.get(f"/rooms/local/{quote(token, safe='')}/").status_code == 404


def test_an_ended_room_says_so_and_shows_the_way_back(client: Client, running: MeetingRoom, now: datetime) -> None:
    url = address(now)
    rooms.end(*SOURCE, now=now)
    response = client.get(url)
    page = response.content.decode()
    assert response.status_code == 200
    assert "This meeting is over. The room is closed." in page
    assert 'href="/meetings/7/"' in page
    assert "You are in the room" not in page


def test_a_room_that_moved_says_when_it_opens(client: Client, running: MeetingRoom, now: datetime) -> None:
    url = address(now)
    later = now + timedelta(days=2)
    rooms.move(*SOURCE, starts_at=later, ends_at=later + timedelta(minutes=45), now=now)
    with timezone.override("Europe/London"):
        local = timezone.localtime(later - timedelta(minutes=15))
        page = text(client.get(url).content.decode())
    assert "The room is not open yet." in page
    assert f"The door opens on {local:%A} {local.day} {local:%B %Y} at {local:%H:%M} (London time)." in page


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "meetings/7/"]
)
def test_leave_never_leads_off_the_site(client: Client, running: MeetingRoom, now: datetime, path: str) -> None:
    somebody = Participant(role="guest", external_id="g-2", display_name="Sam", back_path=path)
    assert '<a class="nm-button" href="/">' in client.get(address(now, somebody)).content.decode()


def test_a_name_is_shown_as_text(client: Client, running: MeetingRoom, now: datetime) -> None:
    somebody = Participant(role="guest", external_id="g-2", display_name="<script>Zoë 名\x00", back_path="/")
    page = client.get(address(now, somebody)).content.decode()
    assert "&lt;script&gt;Zoë 名" in page
    assert "<script>" not in page
