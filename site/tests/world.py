"""One small world for all tests that walk the routes: a person for each role, and a row for each kind of page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from neuro_accounts import groups, hosting
from neuro_accounts.models import Delivery, HostApplication, User
from neuro_accounts.testing import ProfileFactory, UserFactory
from neuro_payments import checkout, payout_accounts
from neuro_payments.models import Payment
from neuro_sessions import (
    attendance,
    availability,
    booking,
    calendars,
    cancelling,
    grants,
    holds,
    rescheduling,
    reviews,
    terms,
)
from neuro_sessions.contrib.payments.settlement import PAYABLE_TYPE
from neuro_sessions.meeting_place import meeting_place
from neuro_sessions.models import Booking, PeerSession
from neuro_sessions.testing import PeerSessionFactory
from neuro_video import rooms
from neuro_video.models import MeetingRoom
from neuro_video.providers.base import Participant

if TYPE_CHECKING:
    from tests.routes import Route

ROLES = ("anonymous", "seeker", "other_seeker", "host", "other_host", "editor", "staff")
GROUPS = {"host": ["Peer"], "other_host": ["Peer"], "editor": [], "staff": ["Neuromancer"]}
ZONES = {"host": "America/New_York"}
LENGTH = 30


@dataclass
class World:
    """People by role, and the address of a page for each ``route`` or ``route case``."""

    people: dict[str, User] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    listing: PeerSession = field(default_factory=PeerSession)
    bookings: dict[str, Booking] = field(default_factory=dict)

    def add(self, route: str, *arguments: object, case: str = "", query: str = "") -> None:
        key = f"{route} {case}".strip()
        self.paths[key] = reverse(route, args=arguments) + query

    def path(self, route: "Route") -> str:
        """Where the sample of a declared route is. A route without arguments needs none."""
        return self.paths.get(route.key) or reverse(route.name)


def build(now: datetime) -> World:
    groups.setup_default_groups()
    call_command("setup_home_page", verbosity=0, stdout=_Silent())
    call_command("publish_sessions_index", verbosity=0, stdout=_Silent())
    call_command("load_crisis_services", verbosity=0, stdout=_Silent())
    world = World()
    for role in ROLES[1:]:
        world.people[role] = _person(role)
    _sign_in_pages(world)
    _listings(world, now=now)
    for case, make in BOOKINGS.items():
        world.bookings[case] = make(world, now)
        world.add("neuro_sessions:booking", world.bookings[case].pk, case=case)
    _booking_pages(world)
    _payment_pages(world, now=now)
    _rooms(world, now=now)
    _accounts_pages(world, now=now)
    return world


def _person(role: str) -> User:
    profile = ProfileFactory(
        user__username=f"{role.replace('_', '-')}-person",
        user__groups=GROUPS.get(role, ["Support Seeker"]),
        display_name=f"{role.replace('_', ' ').title()} Person",
        time_zone=ZONES.get(role, ""),
    )
    user: User = profile.user
    if role == "editor":
        user.groups.add(Group.objects.get(name="Editors"))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _sign_in_pages(world: World) -> None:
    newcomer = UserFactory(username="newcomer-person")
    address = EmailAddress.objects.create(user=newcomer, email=newcomer.email, primary=True)
    world.paths["wagtail_serve"] = "/"
    world.add("neuro_accounts_mailbox:message", "no-mail", 0)
    world.add("account_confirm_email", EmailConfirmationHMAC(address).key)
    world.add("account_confirm_email", "gone:gone:gone", case="invalid")
    token = default_token_generator.make_token(world.people["seeker"])
    world.paths["account_reset_password_from_key"] = f"/password/reset/key/zzz-{token}/"


def _listings(world: World, *, now: datetime) -> None:
    people = world.people
    payout_accounts.connect(people["host"], provider="sandbox", now=now)
    offer: dict[str, Any] = {
        **{"durations": [LENGTH, 45], "price": 1500, "published_at": now, "languages": ["en-gb", "de"]},
        **{"reduced_price": 500, "require_concession_approval": True},
    }
    world.listing = PeerSessionFactory(host=people["host"], open_all_week=True, **offer)
    draft = PeerSessionFactory(host=people["host"], published_at=None)
    PeerSessionFactory(host=people["other_host"], open_all_week=True)
    world.add("neuro_sessions:detail", world.listing.slug)
    world.add("neuro_sessions:detail", draft.slug, case="draft")
    world.add("neuro_sessions:edit", world.listing.pk)
    world.add("neuro_sessions:publish", draft.pk)
    world.add("neuro_sessions:unpublish", world.listing.pk)
    world.add("neuro_sessions:availability", world.listing.pk)
    world.add("neuro_sessions:availability", draft.pk, case="none")
    world.add("neuro_sessions:availability-delete", world.listing.availability.all()[0].pk)
    today = now.date()
    (away,) = calendars.add_override(
        people["host"],
        first_day=today + timedelta(days=40),
        last_day=today + timedelta(days=44),
        hours=[],
        note="",
        now=now,
    )
    world.add("neuro_sessions:override-delete", away.pk)
    terms.publish(people["host"], text="Please be kind. You can type and need no camera.", now=now)
    helper = _person("cohost")
    helper.groups.set(people["host"].groups.all())
    grants.add_cohost(world.listing, user=helper, by=people["host"])
    world.add("neuro_sessions:cohosts", world.listing.pk)
    world.add("neuro_sessions:cohost-remove", world.listing.pk, helper.pk)


def _answers(world: World, **given: Any) -> booking.Answers:
    rules = terms.current(world.people["host"])
    return booking.Answers(terms_version=rules and rules.version, **given)


def _free(world: World, at: datetime, *, now: datetime) -> datetime:
    """The start of the first free time of the listing from then on."""
    until = at + timedelta(days=1)
    slots = availability.free_slots(
        world.listing, minutes=LENGTH, since=at, until=until, by=world.people["seeker"], now=now
    )
    return slots[0].starts_at


def _ask(world: World, at: datetime, *, now: datetime, **given: Any) -> Booking:
    answers = _answers(world, note="I would like to talk about noise at work.", **given)
    return booking.ask(
        world.listing,
        by=world.people["seeker"],
        starts_at=_free(world, at, now=now),
        minutes=LENGTH,
        answers=answers,
        now=now,
    )


def _approved(world: World, at: datetime, *, now: datetime) -> Booking:
    return booking.approve(_ask(world, at, now=now), by=world.people["host"], now=now)


def _confirmed(world: World, at: datetime, *, now: datetime) -> Booking:
    booked = _approved(world, at, now=now)
    Payment.objects.filter(payable_id=str(booked.pk)).update(state=Payment.State.PAID, paid_at=now)
    return booking.settle(booked, now=now)


def _completed(world: World, at: datetime, *, now: datetime) -> Booking:
    booked = _confirmed(world, at, now=now)
    attendance.record_join(booked, now=booked.starts_at)
    return booking.finish(booked, by=world.people["host"], now=booked.ends_at)


def _reviewed(world: World, at: datetime, *, now: datetime) -> Booking:
    booked = _completed(world, at, now=now)
    reviews.write(booked, rating=4, text="I felt listened to.", now=booked.ends_at)
    return booked


def _declined(world: World, at: datetime, *, now: datetime) -> Booking:
    return booking.decline(_ask(world, at, now=now), by=world.people["host"], message="Not that day, sorry.", now=now)


def _withdrawn(world: World, at: datetime, *, now: datetime) -> Booking:
    return booking.withdraw(_ask(world, at, now=now), by=world.people["seeker"], now=now)


def _at(make: Callable[..., Booking], *, days: int) -> Callable[[World, datetime], Booking]:
    """A booking whose session is that many days from now; one in the past was also asked for in the past."""

    def made(world: World, now: datetime) -> Booking:
        at = now + timedelta(days=days)
        return make(world, at, now=min(now, at - timedelta(hours=1)))

    return made


def _usual_price(world: World, at: datetime, *, now: datetime) -> Booking:
    asked = _ask(world, at, now=now, price_kind="reduced")
    return booking.approve(asked, by=world.people["host"], now=now, reduced=False)


def _proposed(world: World, at: datetime, *, now: datetime) -> Booking:
    booked = _confirmed(world, at, now=now)
    return rescheduling.propose(booked, by=world.people["host"], starts_at=_free(world, at, now=now), now=now)


def _cancelled(world: World, at: datetime, *, now: datetime) -> Booking:
    booked, host = _confirmed(world, at, now=now), world.people["host"]
    due = cancelling.preview(booked, by=host, now=now).refund
    return cancelling.cancel(booked, by=host, expected_refund=due, message="I am ill, sorry.", now=now)


def _given_back(world: World, at: datetime, *, now: datetime) -> Booking:
    """Two people asked for one time, and the other one got it."""
    PeerSession.objects.filter(pk=world.listing.pk).update(requests_block_time=False)
    mine = _ask(world, at, now=now)
    other = world.people["other_seeker"]
    theirs = booking.ask(
        world.listing, by=other, starts_at=mine.starts_at, minutes=LENGTH, answers=_answers(world), now=now
    )
    PeerSession.objects.filter(pk=world.listing.pk).update(requests_block_time=True)
    booking.approve(theirs, by=world.people["host"], now=now)
    return Booking.objects.with_people().get(pk=mine.pk)


BOOKINGS = {
    "confirmed": _at(_confirmed, days=0),
    "later": _at(_confirmed, days=4),
    "requested": _at(_ask, days=1),
    "approved": _at(_approved, days=2),
    "declined": _at(_declined, days=3),
    "withdrawn": _at(_withdrawn, days=3),
    "completed": _at(_completed, days=-2),
    "reviewed": _at(_reviewed, days=-5),
    "usual price": _at(_usual_price, days=6),
    "proposed": _at(_proposed, days=7),
    "cancelled": _at(_cancelled, days=8),
    "given back": _at(_given_back, days=9),
}


def _booking_pages(world: World) -> None:
    slot = world.bookings["later"].ends_at.astimezone(UTC)
    world.add("neuro_sessions:ask", world.listing.pk, query=f"?start={slot:%Y-%m-%dT%H:%MZ}&minutes={LENGTH}")
    world.add("neuro_sessions:ask", world.listing.pk, case="no time", query="?start=2001-01-01T09:00Z&minutes=30")
    for act in ("approve", "decline", "withdraw"):
        world.add(f"neuro_sessions:{act}", world.bookings["requested"].pk)
    for act in ("cancel", "move"):
        world.add(f"neuro_sessions:{act}", world.bookings["later"].pk)
    world.add("neuro_sessions:move", world.bookings["later"].pk, case="chosen", query=f"?start={slot:%Y-%m-%dT%H:%MZ}")
    world.add("neuro_sessions:agree", world.bookings["usual price"].pk)
    for act in ("move-accept", "move-refuse"):
        world.add(f"neuro_sessions:{act}", world.bookings["proposed"].pk)
    world.add("neuro_sessions:attendance", world.bookings["completed"].pk)
    draft = holds.start(
        world.listing,
        by=world.people["seeker"],
        starts_at=_free(world, slot + timedelta(days=3), now=timezone.now()),
        minutes=LENGTH,
        now=timezone.now(),
    )
    holds.save(draft, answers={"language": "de", "price_kind": "standard", "note": "Quietly."}, now=timezone.now())
    for step in ("ask-needs", "ask-check", "ask-keep", "ask-discard"):
        world.add(f"neuro_sessions:{step}", world.listing.pk)
    attendance.record_join(world.bookings["confirmed"], now=world.bookings["confirmed"].starts_at)
    for act in ("join", "finish"):
        world.add(f"neuro_sessions:{act}", world.bookings["confirmed"].pk)
    world.add("neuro_sessions:join", world.bookings["later"].pk, case="early")
    world.add("neuro_sessions:review", world.bookings["completed"].pk)


def _payment_pages(world: World, *, now: datetime) -> None:
    open_payment = checkout.payment_for(PAYABLE_TYPE, str(world.bookings["approved"].pk))
    paid = checkout.payment_for(PAYABLE_TYPE, str(world.bookings["confirmed"].pk))
    assert open_payment is not None
    assert paid is not None
    world.paths["neuro_payments:pay"] = open_payment.pay_path()
    world.paths["neuro_payments:pay paid"] = paid.pay_path()
    world.paths["neuro_payments:sandbox-checkout"] = checkout.start(open_payment, now=now, build_url=str)


def _rooms(world: World, *, now: datetime) -> None:
    booked = world.bookings["confirmed"]
    assert booked.scheduled_session is not None
    back = booked.get_absolute_url()
    world.paths["neuro_video:local-room"] = meeting_place().join_url(
        booked.scheduled_session, person=world.people["seeker"], back_path=back, now=now
    )
    framed = rooms.want("tests.framed", "1", starts_at=now, ends_at=now + timedelta(hours=1), now=now)
    MeetingRoom.objects.filter(pk=framed.pk).update(provider="framed")
    somebody = Participant(role="guest", external_id="1", display_name="Sam", back_path=back)
    world.paths["neuro_video:room"] = rooms.join("tests.framed", "1", participant=somebody, now=now).url


def _accounts_pages(world: World, *, now: datetime) -> None:
    application = hosting.ask_to_host(
        world.people["other_seeker"], message="I have supported friends for years.", now=now
    )
    world.add("neuro_accounts:host-application", application.pk)
    decided = HostApplication.objects.create(
        applicant=world.people["host"], message="Please.", state="accepted", asked_at=now, decided_at=now
    )
    world.add("neuro_accounts:host-application", decided.pk, case="decided")
    delivered = Delivery.objects.create(
        recipient=world.people["seeker"],
        type="neuro_sessions.session_confirmed",
        channel="site",
        source_type="tests",
        source_id="1",
        title="A session is booked",
        text="You can join shortly before.",
        path=world.bookings["confirmed"].get_absolute_url(),
        created_at=now,
        sent_at=now,
    )
    world.add("neuro_accounts:inbox-read", delivered.pk)


class _Silent:
    def write(self, text: str) -> None:
        return
