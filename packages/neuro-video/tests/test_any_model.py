"""The whole way with the minimal project, whose groups have rooms."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from neuro_video import tasks
from neuro_video.models import MeetingRoom
from tests.conftest import snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.feature("V7")]

MakeGroup = Callable[..., Group]


def test_somebody_joins_from_the_card_and_leaves_again(group_meeting: MakeGroup) -> None:
    group = group_meeting(starts_in=10, now=timezone.now())
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/groups/{group.pk}/").content.decode()
    form = re.search(r'<form method="post" action="([^"]+)">.*?value="([^"]+)"', page, re.DOTALL)
    assert form is not None
    response = client.post(form[1], {"csrfmiddlewaretoken": form[2]})
    assert response.status_code == 302
    room = client.get(response["Location"]).content.decode()
    assert "You are in the room." in room
    assert f'href="/groups/{group.pk}/">Leave the room' in room


def test_the_card_before_the_window_says_when_the_door_opens(client: Client, group_meeting: MakeGroup) -> None:
    now = timezone.now()
    group = group_meeting(starts_in=60 * 24, now=now)
    opens_at = timezone.localtime(now + timedelta(minutes=60 * 24 - 15))
    page = client.get(f"/groups/{group.pk}/").content.decode()
    assert f"{opens_at:%A} {opens_at.day} {opens_at:%B %Y} at {opens_at:%H:%M}</time> (UTC time)." in page
    assert "<form" not in page


@pytest.mark.parametrize("starts_in", [10, 60 * 24])
def test_looking_at_the_card_changes_nothing(client: Client, group_meeting: MakeGroup, starts_in: int) -> None:
    group = group_meeting(starts_in=starts_in, now=timezone.now())
    before = snapshot()
    client.get(f"/groups/{group.pk}/")
    assert snapshot() == before


def test_a_refusal_is_a_sentence_on_the_page(client: Client, group_meeting: MakeGroup) -> None:
    group = group_meeting(starts_in=60, now=timezone.now())
    response = client.post(f"/groups/{group.pk}/", follow=True)
    assert "The room is not open yet." in response.content.decode()


@pytest.mark.feature("V5")
def test_the_local_room_is_made_and_ended_by_tick(group_meeting: MakeGroup) -> None:
    now = timezone.now()
    group_meeting(starts_in=30, now=now)
    tasks.tick(now=now)
    room = MeetingRoom.objects.get()
    assert (room.state, room.remote_id, room.url) == ("ready", room.key, "")
    tasks.tick(now=now + timedelta(days=1))
    room.refresh_from_db()
    assert room.state == "ended"
