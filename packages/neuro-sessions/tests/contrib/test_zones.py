"""The packages know nothing of one another, and yet a reader meets one way to name a time zone."""

import pytest
from django.template import Context, Template
from django.utils import timezone

from neuro_sessions.times import when
from tests.conftest import NOW

TAGS = "{% load neuro_accounts neuro_payments neuro_video %}{% active_zone %}, {% payment_zone %}, {% video_zone %}"


@pytest.mark.feature("A3")
@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/London", "London time"),
        ("America/New_York", "New York time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("UTC", "UTC time"),
    ],
)
def test_every_package_calls_the_readers_zone_the_same(zone, words):
    with timezone.override(zone):
        assert Template(TAGS).render(Context()) == f"{words}, {words}, {words}"
        assert when(NOW, NOW).endswith(f"({words})")
