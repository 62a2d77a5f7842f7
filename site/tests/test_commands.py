import logging
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone

from neuro_accounts.models import Delivery
from neuro_sessions import availability, reviews
from neuro_sessions.models import Booking, PeerSession
from neuromancers import demo


def seed(*arguments: str) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def developing(settings, db):
    settings.DEBUG = True


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.usefixtures("developing")
class TestDemo:
    def test_every_demo_person_can_log_in(self):
        seed("--superuser")
        for person in demo.PEOPLE:
            user = authenticate(username=person.username, password=demo.PASSWORD)
            assert user is not None
            assert user.neuro_profile.display_name.endswith("(demo)")
        assert authenticate(username="_neuro", password="_default_password").is_superuser

    def test_a_second_run_adds_nothing(self):
        seed("--superuser")
        before = rows()
        seed("--superuser")
        assert rows() == before

    def test_passwords_are_printed(self):
        printed = seed()
        assert "robin-host" in printed
        assert demo.PASSWORD in printed
        assert "_neuro" not in printed

    def test_a_session_can_begin_within_a_quarter_of_an_hour_at_any_time_of_the_day(self):
        seed()
        listing = PeerSession.objects.get(title=demo.MEDICATION.title)
        for hour in range(24):
            now = timezone.now() + timedelta(hours=hour, minutes=7)
            until = now + timedelta(minutes=16)
            assert availability.free_slots(listing, minutes=30, since=now, until=until, now=now), hour

    def test_something_waits_for_everybody(self):
        seed()
        sams = Booking.objects.get(seeker__username="sam-seeker")
        assert reviews.may_review(sams) is None
        assert reviews.reviews_of(sams.peer_session).count() == 1
        waiting = Booking.objects.get(state=Booking.State.REQUESTED, seeker__username="alex-seeker")
        assert waiting.host.username == "robin-host"

    def test_prices_are_of_three_kinds(self):
        seed()
        prices = PeerSession.objects.filter(host__username__in=["robin-host", "kim-host"]).values_list(
            "price", "currency"
        )
        assert set(prices) == {(0, "gbp"), (1500, "gbp"), (2000, "eur")}

    def test_nobody_is_told_the_same_thing_twice(self):
        seed()
        twice = Delivery.objects.values("recipient", "channel", "type", "source_id").annotate(times=Count("pk"))
        assert not twice.filter(times__gt=1).exists()


@pytest.mark.django_db
def test_demo_people_are_refused_outside_development():
    with pytest.raises(CommandError, match="in development only"):
        seed()


def broken(*, now: object) -> None:
    raise RuntimeError("the mail server is away")


@pytest.mark.django_db
def test_tick_calls_every_package(settings):
    packages = {path.partition(".")[0] for path in settings.TICKS}
    assert packages == {"neuro_accounts", "neuro_payments", "neuro_video", "neuro_sessions"}
    call_command("tick")


@pytest.mark.django_db
def test_tick_that_fails_holds_up_no_other_one(settings, caplog):
    calls: list[str] = []
    settings.TICKS = [f"{__name__}.broken", "tests.test_commands.counted"]
    counted.calls = calls  # type: ignore[attr-defined]
    with caplog.at_level(logging.ERROR), pytest.raises(CommandError, match="broken"):
        call_command("tick")
    assert calls == ["called"]
    assert "the mail server is away" in caplog.text


def counted(*, now: object) -> None:
    counted.calls.append("called")  # type: ignore[attr-defined]


def test_each_tick_gets_a_clock_of_its_own_so_that_its_leases_are_not_born_expired(settings):
    settings.TICKS = [f"{__name__}.noted", f"{__name__}.noted"]
    CLOCKS.clear()
    call_command("tick")
    assert CLOCKS[0] < CLOCKS[1]


CLOCKS: list[datetime] = []


def noted(*, now: datetime) -> None:
    CLOCKS.append(now)
