# ruff: noqa: T201 - printing is what it is for
"""The first page of 1,000 hosts by next free time: stored, and computed on the fly.

``python -m benchmarks.next_free_index`` from the root.
"""

import uuid
from datetime import UTC, datetime, time, timedelta
from random import Random

from benchmarks.measure import in_turn, set_up, verdict

set_up()

from django.contrib.auth.models import User  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from neuro_sessions import calendars  # noqa: E402
from neuro_sessions.availability import first_free  # noqa: E402
from neuro_sessions.models import HostCalendar, HostTime, PeerSession, PeerSessionAvailability  # noqa: E402

HOSTS, TAKEN_EACH, PAGE = 1_000, 20, 12
LIMIT_RATIO = 50
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def write() -> None:
    random = Random(4)  # noqa: S311
    hosts = User.objects.bulk_create(User(username=f"host{number}") for number in range(HOSTS))
    holders = User.objects.bulk_create(User(username=f"holder{number}") for number in range(HOSTS * TAKEN_EACH))
    listings, windows, taken = [], [], []
    for number, host in enumerate(hosts):
        listing = PeerSession(
            id=uuid.uuid4(), host=host, title="Index", slug=host.username, durations=[30], published_at=NOW
        )
        listings.append(listing)
        start = random.randint(6, 18)
        windows += [
            PeerSessionAvailability(
                peer_session=listing,
                weekday=weekday,
                start_time=time(start),
                end_time=time(start + 4),
                time_zone=random.choice(["UTC", "Europe/London", "America/New_York"]),
            )
            for weekday in random.sample(range(7), 3)
        ]
        hours = random.sample(range(60 * 24), TAKEN_EACH)
        taken += [
            HostTime(
                host=host,
                holder=holders[number * TAKEN_EACH + each],
                kind="hold",
                starts_at=NOW + timedelta(hours=hour),
                ends_at=NOW + timedelta(hours=hour + 1),
                expires_at=NOW + timedelta(days=90),
            )
            for each, hour in enumerate(hours)
        ]
    HostCalendar.objects.bulk_create(HostCalendar(host=host) for host in hosts)
    PeerSession.objects.bulk_create(listings)
    PeerSessionAvailability.objects.bulk_create(windows)
    HostTime.objects.bulk_create(taken)


def stored() -> list[PeerSession]:
    shown = PeerSession.objects.published().select_related("host__neuro_profile")
    return list(Paginator(calendars.soonest_first(shown), PAGE).get_page(1))


def on_the_fly() -> list[PeerSession]:
    shown = list(PeerSession.objects.published().select_related("host__neuro_profile", "host__neuro_calendar"))
    found = {row.pk: first_free([row], now=NOW)[row.pk] for row in shown}
    never = NOW + timedelta(days=10_000)
    return sorted(shown, key=lambda row: (found[row.pk] or never, row.pk.hex))[:PAGE]


def main() -> None:
    write()
    refresh = in_turn(
        1, refresh=lambda: [calendars.refresh_stale(now=NOW) for _tick in range(HOSTS // calendars.BATCH)]
    )
    with CaptureQueriesContext(connection) as queries:
        page = stored()
    same = page == on_the_fly()
    times = in_turn(3, stored=stored, on_the_fly=on_the_fly)
    ratio = times["on_the_fly"] / times["stored"]
    print(f"{HOSTS} hosts, {TAKEN_EACH} taken times each; all of them refreshed in {refresh['refresh']:.0f} ms")
    print(f"stored     {times['stored']:9.2f} ms  {len(queries):5} queries")
    print(f"on the fly {times['on_the_fly']:9.2f} ms  {ratio:.0f} times as long")
    verdict(
        ("both show the same page", same),
        ("two queries", len(queries) <= 2),
        (f"at least {LIMIT_RATIO} times as fast", ratio >= LIMIT_RATIO),
    )


if __name__ == "__main__":
    main()
