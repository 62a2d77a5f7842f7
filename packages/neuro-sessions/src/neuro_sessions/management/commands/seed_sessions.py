from collections.abc import Iterator
from datetime import datetime, time
from itertools import batched, count, cycle, islice
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from neuro_accounts.profiles import chosen_time_zone

from ... import conf, grants
from ...meeting_place import meeting_place
from ...models import PeerSession, PeerSessionAvailability
from ...policies import policy
from ...settlement import NotReadyToPublish, settlement

LINK = "https://meet.example.org/a-room-that-does-not-exist"
BATCH = 50
TITLES = (
    "Noise at work",
    "Starting ADHD medication: what to expect",
    "A late autism diagnosis",
    "Getting things done without a plan",
    "Telling your employer, or not",
    "Dyslexia and long forms",
    "Burnout and coming back slowly",
    "Tics in public places",
    "Parenting when you need quiet yourself",
    "Moving house with fewer surprises",
    "University and how to ask for adjustments",
    "Sleep that does not come",
    "Food, textures and eating with others",
    "Friendships that last",
    "Saying no kindly",
    "Dyspraxia in the kitchen",
    "Waiting for an assessment",
    "Working from home without disappearing",
)
DESCRIPTION = (
    "We talk about what you bring, at your pace. Camera off is fine, and so is writing instead of speaking. "
    "You can leave at any time. This is peer support and no therapy."
)
# Each list has another length than the others, so that they meet in ever new ways.
LENGTHS = ([30], [30, 60], [20, 40], [45, 60, 90], [25, 50])
LANGUAGES = (["en-gb"], ["en-gb", "de"], ["en-gb"], ["fr", "en-gb"], ["en-gb", "es", "pt"], ["pl"], ["en-gb", "cy"])
PRICES: tuple[dict[str, Any], ...] = (
    {},
    {"price": 1500},
    {"price": 3000, "price_per": "hour"},
    {},
    {"price": 2000, "reduced_price": 800},
    {"price": 1500, "minimum_price": 300, "pay_what_you_can": True},
    {"price": 3600, "reduced_price": 1200, "price_per": "hour", "require_concession_approval": True},
    {},
)
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney")
WEEKS = (
    [(0, 9, 12), (2, 14, 18), (4, 9, 12)],
    [(weekday, 17, 21) for weekday in range(5)],
    [(5, 10, 16), (6, 10, 16)],
    [(1, 8, 11), (1, 13, 16), (3, 8, 11), (3, 13, 16)],
    [(weekday, 9, 17) for weekday in range(7)],
    [(0, 19, 0), (3, 19, 0), (5, 12, 15)],
    [(weekday, 6, 9) for weekday in range(1, 6)],
)


class Command(BaseCommand):
    help = "Makes published listings for trying things out: many prices, languages, lengths, weeks and zones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", type=int, default=20, help="How many listings to make.")

    def handle(self, *args: Any, size: int, **options: Any) -> None:
        if size < 1:
            raise CommandError("--size must be at least 1.")
        people = ModelBackend().with_perm("neuro_sessions.add_peersession", include_superusers=False)
        hosts = list(people.select_related("neuro_profile").order_by("pk"))
        if not hosts:
            raise CommandError("There are no hosts yet: make some first, for example with seed_users.")
        made = 0
        for listings in batched(islice(_listings(hosts, now=timezone.now()), size), BATCH, strict=False):
            with transaction.atomic():
                _store(listings)
            made += len(listings)
            self.stdout.write(f"{made} of {size} listings made.")
        self.stdout.write(self.style.SUCCESS(f"Made {size} listings."))


def _listings(hosts: list[Any], *, now: datetime) -> Iterator[PeerSession]:
    """Listings without end, one host after the other, not stored yet."""
    number, rules = _next_number(), list(policy().names())
    may_ask_for_money = {host.pk: _may_ask_for_money(host) for host in hosts}
    link = LINK if meeting_place().asks_for_link else ""
    for at, host in zip(count(number), cycle(hosts), strict=False):
        costs = PRICES[at % len(PRICES)]
        yield PeerSession(
            host=host,
            slug=f"example-{at}",
            title=f"{TITLES[at % len(TITLES)]} (example {at})",
            description=DESCRIPTION,
            durations=LENGTHS[at % len(LENGTHS)],
            languages=LANGUAGES[at % len(LANGUAGES)],
            currency=conf.get().currencies[0],
            cancellation=rules[at % len(rules)],
            require_request_approval=at % 5 != 0,
            meeting_link=link,
            published_at=now,
            **(costs if may_ask_for_money[host.pk] else {}),
        )


def _store(listings: tuple[PeerSession, ...]) -> None:
    PeerSession.objects.bulk_create(listings)
    PeerSessionAvailability.objects.bulk_create(
        window for listing in listings for window in _usual_week(listing, int(listing.slug.removeprefix("example-")))
    )
    grants.on_create(listings)
    grants.on_publish(listings)


def _usual_week(listing: PeerSession, number: int) -> Iterator[PeerSessionAvailability]:
    zone = str(chosen_time_zone(listing.host) or ZONES[number % len(ZONES)])
    for weekday, opens, closes in WEEKS[number % len(WEEKS)]:
        yield PeerSessionAvailability(
            peer_session=listing, weekday=weekday, start_time=time(opens), end_time=time(closes), time_zone=zone
        )


def _may_ask_for_money(host: Any) -> bool:
    try:
        settlement().check_listing(PeerSession(host=host, price=1500, currency=conf.get().currencies[0]))
    except NotReadyToPublish:
        return False
    return True


def _next_number() -> int:
    numbers = PeerSession.objects.filter(slug__regex=r"^example-[0-9]+$").values_list("slug", flat=True)
    return max((int(slug.removeprefix("example-")) for slug in numbers), default=0) + 1
