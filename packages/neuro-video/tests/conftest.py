from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from pytest_django import Settings

from neuro_video import rooms
from neuro_video.models import MeetingRoom
from neuro_video.providers.base import Participant
from tests import doubles

STARTS_AT = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
ENDS_AT = datetime(2026, 12, 3, 9, 45, tzinfo=UTC)
LONG_BEFORE = STARTS_AT - timedelta(days=3)
SOURCE = ("diary.meeting", "7")
HOST = Participant(role="host", external_id="h-1", display_name="Robin", back_path="/meetings/7/")
GUEST = Participant(role="guest", external_id="g-1", display_name="Sam", back_path="/meetings/7/")


@pytest.fixture
def room(db: None) -> MeetingRoom:
    return rooms.want(*SOURCE, starts_at=STARTS_AT, ends_at=ENDS_AT, now=LONG_BEFORE)


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> doubles.Service:
    """Rooms are made by ``ServiceProvider``; this is its far side."""
    settings.NEURO_VIDEO = {"PROVIDERS": {"default": {"BACKEND": "tests.doubles.ServiceProvider"}}}
    monkeypatch.setattr(doubles, "service", doubles.Service())
    return doubles.service


@pytest.fixture
def group_meeting(db: None) -> Callable[..., Group]:
    """A group of the minimal project whose meeting starts in so many minutes and lasts 45."""

    def make(*, starts_in: int, now: datetime) -> Group:
        group = Group.objects.create(name="Study circle")
        starts_at = now + timedelta(minutes=starts_in)
        rooms.want("auth.group", str(group.pk), starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45), now=now)
        return group

    return make


def snapshot() -> list[tuple[object, ...]]:
    return list(MeetingRoom.objects.order_by("pk").values_list())
