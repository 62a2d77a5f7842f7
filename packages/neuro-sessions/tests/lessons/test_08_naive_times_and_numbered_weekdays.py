"""What it prevents: one time without a zone poisons the rest, and Monday is 0 here, 1 there and 2 in SQL."""

import calendar
from datetime import date, datetime, time, timedelta

import pytest
from django.apps import apps
from django.db import models

from neuro_sessions.availability import free_slots
from neuro_sessions.models import AbstractAvailability
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E4")]

Weekday = AbstractAvailability.Weekday


def stored_instants():
    for model in apps.get_app_config("neuro_sessions").get_models():
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.DateTimeField):
                    yield f"{model.__name__}.{field.name}", getattr(row, field.attname)


def naive(instants):
    return [name for name, instant in instants if instant is not None and instant.tzinfo is None]


def test_no_stored_instant_is_without_a_zone(booking):
    instants = list(stored_instants())
    assert len(instants) > 10
    assert naive(instants) == []


def test_control_a_naive_instant_is_noticed():
    assert naive([("a", NOW), ("b", datetime(2026, 1, 1))]) == ["b"]


@pytest.mark.parametrize("weekday", Weekday)
def test_a_window_opens_on_the_day_that_is_named(weekday):
    listing = PeerSessionFactory(durations=[30])
    WindowFactory(peer_session=listing, weekday=weekday, start_time=time(9), end_time=time(9, 30))
    (slot,) = free_slots(listing, minutes=30, since=NOW, until=NOW + timedelta(days=7), now=NOW - timedelta(days=1))
    assert f"{slot.starts_at:%A}" == str(weekday.label)


def test_control_sunday_first_numbers_name_other_days():
    sunday_first = ["Sunday", *calendar.day_name[:6]]
    assert all(sunday_first[day.value] != str(day.label) for day in Weekday)
    assert date(2026, 11, 23).weekday() == Weekday.MONDAY
