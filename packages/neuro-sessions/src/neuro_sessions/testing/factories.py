"""Made-up listings for tests and demos. Needs the extra ``neuro-sessions[testing]``."""

from datetime import time
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from neuro_accounts.testing import UserFactory

from ..models import PeerSession, PeerSessionAvailability


class PeerSessionFactory(DjangoModelFactory[PeerSession]):
    """A published listing, free of charge; ``open_all_week=True`` makes every time of every day available in UTC."""

    class Meta:
        model = PeerSession
        skip_postgeneration_save = True

    host = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Talking about daily life {n}")
    slug = factory.Sequence(lambda n: f"talking-about-daily-life-{n}")
    description = "We talk at your pace. Camera off is fine. You can leave at any time."
    durations = factory.LazyFunction(lambda: [30, 60])
    currency = "gbp"
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def open_all_week(self: PeerSession, create: bool, extracted: bool, **kwargs: Any) -> None:
        if create and extracted:
            for weekday in range(7):
                WindowFactory(peer_session=self, weekday=weekday)


class WindowFactory(DjangoModelFactory[PeerSessionAvailability]):
    """A whole day of the week, in UTC."""

    class Meta:
        model = PeerSessionAvailability

    peer_session = factory.SubFactory(PeerSessionFactory)
    weekday = 0
    start_time = time(0)
    end_time = time(0)
    time_zone = "UTC"
