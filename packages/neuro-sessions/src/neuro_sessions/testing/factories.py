"""Made-up listings for tests and demos. Needs the extra ``neuro-sessions[testing]``."""

from datetime import time
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from neuro_accounts.testing import UserFactory

from .. import grants
from ..models import PeerSession, PeerSessionAvailability


class PeerSessionFactory(DjangoModelFactory[PeerSession]):
    """A published listing, free of charge; ``published_at=None`` makes a draft.

    ``open_all_week=True`` makes every time of every day available in UTC. What it costs: ``priced=True`` (£15.00),
    ``hourly=True`` (£30.00 an hour), ``reduced=True`` (£15.00, reduced £5.00), ``pay_what_you_can=True`` (£15.00
    suggested, at least £2.00). Prices that are given count more.
    """

    class Meta:
        model = PeerSession
        skip_postgeneration_save = True

    class Params:
        priced = factory.Trait(price=1500)
        hourly = factory.Trait(price=3000, price_per=PeerSession.PricePer.HOUR)
        reduced = factory.Trait(price=1500, reduced_price=500)

    host = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Talking about daily life {n}")
    slug = factory.Sequence(lambda n: f"talking-about-daily-life-{n}")
    description = "We talk at your pace. Camera off is fine. You can leave at any time."
    durations = factory.LazyFunction(lambda: [30, 60])
    currency = "gbp"
    pay_what_you_can = False
    price = factory.Maybe("pay_what_you_can", 1500, 0)
    minimum_price = factory.Maybe("pay_what_you_can", 200, 0)
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def granted(self: PeerSession, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """Rows of grants, as for a listing that was made and published by its host; ``granted=False`` spares them."""
        if create and extracted is not False:
            grants.on_create([self])
            if self.is_published:
                grants.on_publish([self])

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
