"""Demo data: invented people and sessions for trying the site out. Development only; repeating it adds nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from neuro_accounts import ages, groups, members, profiles, terms
from neuro_accounts import conf as accounts_conf
from neuro_accounts.models import User
from neuro_payments import conf as payments_conf
from neuro_payments import payout_accounts
from neuro_sessions import attendance, availability, booking, listings, reviews
from neuro_sessions.models import Booking, PeerSession, PeerSessionAvailability

PASSWORD = "demo-password-1"  # noqa: S105 - printed by the command; these people exist in development only
SUPERUSER = ("_neuro", "_default@neuromancers.org.uk", "_default_password")
BORN = date(1990, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Person:
    username: str
    role: str
    display_name: str
    zone: str
    groups: tuple[str, ...] = ()
    bio: str = ""

    @property
    def email(self) -> str:
        return f"{self.username}@example.org"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A listing with the same window on every day of the week, in its host's zone. Price in minor units."""

    host: str
    title: str
    description: str
    durations: tuple[int, ...]
    price: int
    currency: str
    opens: time
    closes: time


PEOPLE = [
    Person(username="sam-seeker", role="seeker", display_name="Sam (demo)", zone="Europe/London"),
    Person(username="alex-seeker", role="seeker", display_name="Alex (demo)", zone="Europe/Berlin"),
    Person(
        username="robin-host",
        role="host",
        display_name="Robin (demo)",
        zone="Europe/London",
        groups=("Peer",),
        bio="I was diagnosed with ADHD at 34. I like plain words, long pauses and cameras that may stay off.",
    ),
    Person(
        username="kim-host",
        role="host",
        display_name="Kim (demo)",
        zone="America/New_York",
        groups=("Peer",),
        bio="I am autistic and have worked in open offices for twelve years. I know a lot about noise.",
    ),
    Person(username="erin-editor", role="editor", display_name="Erin (demo)", zone="", groups=("Editors",)),
    Person(
        username="nia-team",
        role="team: answers host applications",
        display_name="Nia (demo)",
        zone="",
        groups=("Neuromancer",),
    ),
]

MEDICATION = Offer(
    host="robin-host",
    title="Starting ADHD medication: what to expect",
    description="We talk about the first weeks: what changed for me and what did not.\n\n"
    "I am not a doctor. You can leave at any time, and your camera can stay off.",
    durations=(30, 45),
    price=1500,
    currency="gbp",
    opens=time(0),
    closes=time(0),
)
FIRST_TALK = Offer(
    host="robin-host",
    title="A first talk, to see whether this helps you",
    description="Twenty minutes to get to know each other. You decide what we talk about.",
    durations=(20,),
    price=0,
    currency="gbp",
    opens=time(9),
    closes=time(17),
)
WORK = Offer(
    host="kim-host",
    title="Autistic at work: asking for what you need",
    description="We look at your working day and find two or three things to ask for, and words for asking.",
    durations=(60,),
    price=2000,
    currency="eur",
    opens=time(8),
    closes=time(20),
)
OFFERS = [MEDICATION, FIRST_TALK, WORK]


def seed(*, superuser: bool, now: datetime) -> None:
    """Makes the demo people, what they offer and what has happened between them, as far as it is not there yet."""
    groups.setup_default_groups()
    people = {person.username: _person(person, now=now) for person in PEOPLE}
    if superuser:
        _superuser(now=now)
    offered = {offer.title: _offer(offer, people, now=now) for offer in OFFERS}
    sam, alex = people["sam-seeker"], people["alex-seeker"]
    _past_session(offered[FIRST_TALK.title], sam, days_ago=3, now=now)
    reviewed = _past_session(offered[FIRST_TALK.title], alex, days_ago=8, now=now)
    if reviews.may_review(reviewed) is None:
        words = "Robin listened and did not hurry me. I knew what would happen next."
        reviews.write(reviewed, rating=5, text=words, now=now - timedelta(days=7))
    _waiting_request(offered[MEDICATION.title], alex, now=now)


def _person(person: Person, *, now: datetime) -> User:
    found = User.objects.filter(username=person.username).first()
    if found is not None:
        return found
    user = User.objects.create_user(person.username, person.email, PASSWORD)
    ages.store_date_of_birth(user, BORN)
    terms.accept(user, version=accounts_conf.get().terms_version, now=now)
    profiles.change(user, display_name=person.display_name, time_zone=person.zone, bio=person.bio)
    _confirm_address(user, now=now)
    for name in person.groups:
        user.groups.add(Group.objects.get(name=name))
    if "Peer" in person.groups:
        payout_accounts.connect(user, provider=payments_conf.get().provider, now=now)
    return user


def _superuser(*, now: datetime) -> None:
    username, email, password = SUPERUSER
    if not User.objects.filter(username=username).exists():
        user = User.objects.create_superuser(username, email, password)
        profiles.change(user, display_name="Neuro (demo)")
        _confirm_address(user, now=now)


def _confirm_address(user: User, *, now: datetime) -> None:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    members.welcome(user, now=now)


def _offer(offer: Offer, people: dict[str, User], *, now: datetime) -> PeerSession:
    host = people[offer.host]
    found = PeerSession.objects.filter(host=host, title=offer.title).first()
    if found is not None:
        return found
    fields: dict[str, Any] = {"description": offer.description, "price": offer.price, "currency": offer.currency}
    listing = listings.create(host=host, title=offer.title, durations=list(offer.durations), **fields)
    zone = str(profiles.time_zone_of(host))
    PeerSessionAvailability.objects.bulk_create(
        PeerSessionAvailability(
            peer_session=listing, weekday=weekday, start_time=offer.opens, end_time=offer.closes, time_zone=zone
        )
        for weekday in range(7)
    )
    listings.publish(listing, now=now)
    return listing


def _past_session(listing: PeerSession, seeker: User, *, days_ago: int, now: datetime) -> Booking:
    """A session that was asked for, approved, attended and finished: the domain functions, with the clock put back."""
    found = Booking.objects.filter(peer_session=listing, seeker=seeker).with_people().first()
    if found is not None:
        return found
    asked_at = now - timedelta(days=days_ago + 1)
    booked = _ask(listing, seeker, day=asked_at + timedelta(days=1), note="", now=asked_at)
    booking.approve(booked, by=listing.host, now=asked_at + timedelta(minutes=5))
    attendance.record_join(booked, now=booked.starts_at)
    return booking.finish(booked, by=listing.host, now=booked.ends_at)


def _waiting_request(listing: PeerSession, seeker: User, *, now: datetime) -> None:
    if not Booking.objects.filter(peer_session=listing, seeker=seeker).exists():
        note = "I start next week and would like to know what the first days can be like."
        _ask(listing, seeker, day=now + timedelta(days=3), note=note, now=now)


def _ask(listing: PeerSession, seeker: User, *, day: datetime, note: str, now: datetime) -> Booking:
    """Asks for the first free time after noon UTC on that day."""
    minutes = listing.durations[0]
    noon = datetime.combine(day.date(), time(12), UTC)
    until = noon + timedelta(days=1)
    slot = availability.free_slots(listing, minutes=minutes, since=noon, until=until, by=seeker, now=now)[0]
    answers = booking.Answers(note=note)
    return booking.ask(listing, by=seeker, starts_at=slot.starts_at, minutes=minutes, answers=answers, now=now)
