import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from neuro_video.models import MeetingRoom


def found() -> list[str]:
    return [message.id for message in run_checks() if message.id]


def test_the_minimal_project_passes_every_check() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"OPENS_BEFORE": 10}, "neuro_video.E001"),
        ({"OPENS_BEFORE_MINUTES": "10"}, "neuro_video.E002"),
        ({"PROVIDERS": "local"}, "neuro_video.E002"),
        ({"PROVIDERS": {"default": {"BACKEND": "no.such.Provider"}}}, "neuro_video.E003"),
        ({"PROVIDERS": {}}, "neuro_video.E004"),
        ({"CLOSES_AFTER_MINUTES": -1}, "neuro_video.E005"),
    ],
)
def test_a_setting_that_cannot_work_is_a_check_error(
    settings: Settings, given: dict[str, object], expected: str
) -> None:
    settings.NEURO_VIDEO = given
    assert found() == [expected]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_administrators_see_rooms_and_change_none(room: MeetingRoom, client: Client) -> None:
    client.force_login(User.objects.create_superuser("admin"))
    listing = client.get("/admin/neuro_video/meetingroom/")
    assert "diary.meeting 7" in listing.content.decode()
    page = f"/admin/neuro_video/meetingroom/{room.pk}/"
    assert client.get(f"{page}change/").status_code == 200
    for change in ("/admin/neuro_video/meetingroom/add/", f"{page}change/", f"{page}delete/"):
        assert client.post(change, {"state": "ended"}).status_code == 403
    assert MeetingRoom.objects.get().state == "wanted"
