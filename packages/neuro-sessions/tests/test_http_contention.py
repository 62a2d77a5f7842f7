"""Many people at a real server at once: one gets the time, all others an answer, and nobody an error.

``NEURO_HTTP=64x40`` sends 64 people for 40 rounds.
"""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from django.utils import timezone

from neuro_accounts.testing import UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions.models import Booking, BookingDraft, HostTime, PeerSession
from neuro_sessions.testing import PeerSessionFactory
from tests.pages import at
from tests.racing import fork

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.feature("E17")]

PEOPLE, ROUNDS = map(int, os.environ.get("NEURO_HTTP", "12x3").split("x"))
TOKEN = "a" * 32


@pytest.fixture
def listing(settings):
    settings.NEURO_SESSIONS = {"HORIZON_DAYS": 1000, "NOTICE_MINUTES": 0}
    return PeerSessionFactory(open_all_week=True, durations=[60], meeting_link="https://meet.example.org/room")


class Server(ThreadedWSGIServer):
    request_queue_size = 256  # so that nobody is turned away at the door


@pytest.fixture
def address(settings):
    """A server of two processes with threads, as a site has it."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    server = Server(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(WSGIHandler())
    connections.close_all()  # A child must not share a socket or a file handle with us.
    workers = [fork.Process(target=server.serve_forever, daemon=True) for _number in range(2)]
    for worker in workers:
        worker.start()
    yield server.server_address
    for worker in workers:
        worker.kill()
        worker.join(timeout=30)
    server.server_close()


def signed_in(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}; csrftoken={TOKEN}"


def post(address, cookie, path, fields):
    """The status of the answer."""
    connection = HTTPConnection(*address, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode(fields | {"csrfmiddlewaretoken": TOKEN}), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_people_who_ask_approve_and_move_at_once_get_answers_and_one_gets_the_time(address, listing):
    people = [UserFactory() for _number in range(PEOPLE)]
    cookies, of_host = [signed_in(person) for person in people], signed_in(listing.host)
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    moving = {
        number: booked(listing, people[number], start + timedelta(days=500, hours=2 * number))
        for number in range(2, PEOPLE, 3)
    }
    PeerSession.objects.update(require_request_approval=True)
    seen: Counter[int] = Counter()
    for turn in range(ROUNDS):
        wanted = start + timedelta(days=turn + 1)
        PeerSession.objects.update(requests_block_time=False)
        asked = {number: request(listing, people[number], wanted) for number in range(1, PEOPLE, 3)}
        PeerSession.objects.update(requests_block_time=True, require_request_approval=False)
        acts = [act(listing, number, wanted, people, cookies, of_host, asked, moving) for number in range(PEOPLE)]
        with ThreadPoolExecutor(PEOPLE) as threads:
            statuses = list(threads.map(lambda given: post(address, *given), acts))
        seen.update(statuses)
        claims = HostTime.objects.filter(host=listing.host, starts_at__lt=wanted + timedelta(hours=1))
        assert claims.filter(ends_at__gt=wanted).count() == 1
    assert max(seen) < 500, seen
    assert set(seen) <= {302, 409}


def act(listing, number, wanted, people, cookies, of_host, asked, moving):
    if number in asked:
        return of_host, at("approve", asked[number].pk), {}
    if number in moving:
        return cookies[number], at("move", moving[number].pk), {"starts_at": wanted.isoformat()}
    answers = {"price_kind": "standard"}
    BookingDraft.objects.update_or_create(
        seeker=people[number],
        peer_session=listing,
        defaults={"starts_at": wanted, "minutes": 60, "answers": answers, "hold_ends_by": wanted, "updated_at": wanted},
    )
    promised = bookings.promise_digest(listing, minutes=60, answers=bookings.Answers())
    fields = {"starts_at": wanted.isoformat(), "minutes": "60", "promised": promised}
    return cookies[number], at("ask-check", listing.pk), fields


def request(listing, seeker, wanted):
    """A request that waits for the host, beside others for the same time."""
    return Booking.objects.create(
        host=listing.host,
        seeker=seeker,
        peer_session=listing,
        starts_at=wanted,
        ends_at=wanted + timedelta(hours=1),
        title=listing.title,
        price=0,
        standard_price=0,
        currency="gbp",
        state="requested",
        deadline=wanted,
        created_at=timezone.now(),
    )


def booked(listing, seeker, start):
    PeerSession.objects.update(require_request_approval=False)
    return bookings.ask(listing, by=seeker, starts_at=start, minutes=60, answers=bookings.Answers(), now=timezone.now())
