# ruff: noqa: T201 - printing is what it is for
"""A year of free times of a host with 5,000 bookings, here and in django-appointment, in the same run.

``python -m benchmarks.slots_year`` from the root. Both sides hold the same year, and must find the same starts.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from unittest.mock import patch

from benchmarks.measure import REFERENCE, in_turn, set_up, verdict, yardstick

set_up()

from django.apps import apps  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from neuro_sessions import availability  # noqa: E402
from neuro_sessions._rules import rules_between  # noqa: E402
from neuro_sessions.models import Booking, HostCalendar, HostTime, PeerSession, PeerSessionAvailability  # noqa: E402

DAYS, BOOKINGS, MINUTES, STEP = 365, 5_000, 30, 15
OPENS, CLOSES = time(8), time(18)
HALF_HOURS = (CLOSES.hour - OPENS.hour) * 2
LIMIT_MS, LIMIT_RATIO = 5, 20

NOW = timezone.now()
FIRST = (NOW + timedelta(days=1)).date()
SINCE = datetime.combine(FIRST, time(0), NOW.tzinfo)
UNTIL = SINCE + timedelta(days=DAYS)


def booked() -> list[datetime]:
    """Starts of half hours, spread over the year by chance, always the same."""
    cells = [(day, half_hour) for day in range(DAYS) for half_hour in range(HALF_HOURS)]
    chosen = sorted(Random(4).sample(cells, BOOKINGS))  # noqa: S311
    return [SINCE + timedelta(days=day, hours=OPENS.hour, minutes=30 * half_hour) for day, half_hour in chosen]


def write_ours(starts: list[datetime]) -> PeerSession:
    host = User.objects.create_user("host")
    HostCalendar.objects.create(host=host, interval_minutes=STEP)
    listing = PeerSession.objects.create(host=host, title="Year", slug="year", durations=[MINUTES], currency="gbp")
    PeerSessionAvailability.objects.bulk_create(
        PeerSessionAvailability(
            peer_session=listing, weekday=weekday, start_time=OPENS, end_time=CLOSES, time_zone="UTC"
        )
        for weekday in range(7)
    )
    ends = timedelta(minutes=MINUTES)
    known = {"host": host, "seeker": host, "peer_session": listing, "price": 0, "standard_price": 0}
    bookings = Booking.objects.bulk_create(
        Booking(starts_at=start, ends_at=start + ends, state="confirmed", created_at=NOW, **known) for start in starts
    )
    HostTime.objects.bulk_create(
        HostTime(host=host, booking=row, kind="session", starts_at=row.starts_at, ends_at=row.ends_at)
        for row in bookings
    )
    return PeerSession.objects.select_related("host__neuro_calendar", "host__neuro_profile").get()


def ours(listing: PeerSession) -> list[availability.Slot]:
    return availability.free_slots(listing, minutes=MINUTES, since=SINCE, until=UNTIL, now=NOW)


def computation(listing: PeerSession) -> Callable[[], object]:
    """``ours`` with rows that were read before."""
    rules = rules_between([listing.pk], host_id=listing.host_id, since=SINCE, until=UNTIL)
    rows = availability._taken(listing.host_id, since=SINCE, until=UNTIL, now=NOW, by=None, moving=None)

    def computed() -> object:
        with (
            patch.object(availability, "rules_between", lambda *args, **kwargs: rules),
            patch.object(availability, "_taken", lambda *args, **kwargs: rows),
        ):
            return ours(listing)

    return computed


def write_theirs(starts: list[datetime]) -> tuple[object, object]:
    from appointment.models import Appointment, AppointmentRequest, Service, StaffMember, WorkingHours

    service = Service.objects.create(name="Year", duration=timedelta(minutes=MINUTES), price=0)
    staff = StaffMember.objects.create(
        user=User.objects.create_user("staff"),
        slot_duration=STEP,
        lead_time=OPENS,
        finish_time=CLOSES,
        appointment_buffer_time=0,
        work_on_saturday=True,
        work_on_sunday=True,
    )
    staff.services_offered.add(service)
    for weekday in range(7):
        WorkingHours.objects.create(staff_member=staff, day_of_week=weekday, start_time=OPENS, end_time=CLOSES)
    requests = AppointmentRequest.objects.bulk_create(
        AppointmentRequest(
            date=start.date(),
            start_time=start.time(),
            end_time=(start + timedelta(minutes=MINUTES)).time(),
            service=service,
            staff_member=staff,
            payment_type="full",
            id_request=str(number),
        )
        for number, start in enumerate(starts)
    )
    client = User.objects.create_user("client")
    Appointment.objects.bulk_create(
        Appointment(client=client, appointment_request=request, id_request=request.id_request, amount_to_pay=0)
        for request in requests
    )
    return staff, service


def theirs(staff: object, service: object) -> list[datetime]:
    """As its page asks for a day, for each day of the year."""
    from appointment.services import get_available_slots_for_staff

    found: list[datetime] = []
    for number in range(DAYS):
        day: date = FIRST + timedelta(days=number)
        found += get_available_slots_for_staff(day, staff, (day.weekday() + 1) % 7, service)
    return found


def main() -> None:
    if not apps.is_installed("appointment"):
        sys.exit("django-appointment is not installed here: it is in the dependency group `bench`.")
    starts = booked()
    listing = write_ours(starts)
    quick = in_turn(40, computed=computation(listing), yardstick=yardstick)
    other = write_theirs(starts)
    with CaptureQueriesContext(connection) as our_queries:
        found = [slot.starts_at.replace(tzinfo=None) for slot in ours(listing)]
    with CaptureQueriesContext(connection) as their_queries:
        same = found == theirs(*other)
    slow = in_turn(3, theirs=lambda: theirs(*other), ours=lambda: ours(listing))
    factor, ratio = quick["yardstick"] / REFERENCE, slow["theirs"] / slow["ours"]
    print(f"{DAYS} days, {BOOKINGS} bookings, {len(found)} free starts; machine factor {factor:.2f}")
    print(f"computation alone  {quick['computed']:9.2f} ms")
    print(f"with SQL           {slow['ours']:9.2f} ms  {len(our_queries):5} queries")
    print(f"django-appointment {slow['theirs']:9.2f} ms  {len(their_queries):5} queries  {ratio:.0f} times as long")
    verdict(
        ("both find the same starts", same),
        ("two queries", len(our_queries) == 2),
        (f"computation within {LIMIT_MS} ms of the reference machine", quick["computed"] <= LIMIT_MS * factor),
        (f"at least {LIMIT_RATIO} times as fast, SQL included", ratio >= LIMIT_RATIO),
    )


if __name__ == "__main__":
    main()
