from datetime import UTC, datetime, timedelta

import pytest

from neuro_video import rooms
from neuro_video._claims import claim_due
from neuro_video.models import MeetingRoom

NOW = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.feature("V5")
def test_two_workers_that_look_at_once_share_the_rows_out():
    for number in ("1", "2"):
        rooms.want("shop.order", number, starts_at=NOW, ends_at=NOW + timedelta(hours=1), now=NOW)
    first, second = claim_due(MeetingRoom.objects.all(), now=NOW), claim_due(MeetingRoom.objects.all(), now=NOW)

    # The first has read both rows before the second takes one of them.
    claimed = [next(first), next(second), *first, *second]

    assert len(claimed) == len({room.pk for room in claimed}) == 2
