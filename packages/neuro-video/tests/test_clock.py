"""A project may say how its reader wants a time of day written: ``time_format`` in the context of its pages."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone

from neuro_video.rooms import NotOpenYet

pytestmark = pytest.mark.feature("A13")

OPENS_AT = datetime(2026, 12, 3, 14, 30, tzinfo=UTC)
CARD = '{% load neuro_video %}{% join_card url="/join/" opens_at=opens_at is_open=is_open / %}'
REFUSED = '{% include "neuro_video/_refused.html" %}'


def written(template: str, time_format: dict[str, str], **context: Any) -> str:
    """As on a page: what holds for every page comes from a context processor."""
    page = RequestContext(RequestFactory().get("/"), context, processors=[lambda request: time_format])
    with timezone.override("Europe/London"):
        return Template(template).render(page)


@pytest.mark.parametrize(
    ("time_format", "time"), [({}, "14:30"), ({"time_format": "H:i"}, "14:30"), ({"time_format": "g:i A"}, "2:30 PM")]
)
def test_the_hour_of_the_door_is_written_as_the_project_says(time_format: dict[str, str], time: str) -> None:
    refusal = NotOpenYet(OPENS_AT)
    when = f'<time datetime="2026-12-03T14:30+0000">Thursday 3 December 2026 at {time}</time>'
    sentence = f"The door opens on {when} (London time)."
    assert sentence in written(CARD, time_format, opens_at=OPENS_AT, is_open=False)
    assert sentence in written(REFUSED, time_format, refusal=refusal, back_path="/")
