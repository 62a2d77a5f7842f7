"""A chosen time is kept while somebody writes; when that ends nothing is lost."""

from datetime import timedelta

import pytest

from neuro_accounts.testing import UserFactory
from neuro_sessions import holds
from neuro_sessions.availability import SlotRefused, find_slot
from neuro_sessions.booking import NotOffered, OwnListing
from neuro_sessions.models import Booking, BookingDraft, HostTime, PeerSession
from neuro_sessions.tasks import tick
from neuro_sessions.testing import PeerSessionFactory
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E19")]

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
START = NOW + DAY


@pytest.fixture
def draft(listing, seeker):
    return holds.start(listing, by=seeker, starts_at=START, minutes=30, now=NOW)


def test_a_kept_time_is_taken_for_everybody_else(listing, seeker, draft, ask):
    with pytest.raises(SlotRefused) as refused:
        find_slot(listing, starts_at=START, minutes=30, by=UserFactory(), now=NOW)
    assert refused.value.code == "taken"
    assert find_slot(listing, starts_at=START, minutes=30, by=seeker, now=NOW)
    with pytest.raises(SlotRefused):
        ask(by=UserFactory())


def test_it_ends_by_itself_without_anybody_s_help(listing, draft, ask):
    until = holds.kept_until(draft, now=NOW)
    assert until == NOW + 15 * MINUTE
    assert holds.kept_until(draft, now=until) is None
    assert ask(by=UserFactory(), now=until).state == "requested"


def test_it_can_be_kept_longer_more_than_ten_times(draft):
    now = NOW
    for _time in range(12):
        now += 14 * MINUTE
        assert holds.extend(draft, now=now) == now + 15 * MINUTE
    assert holds.extend(draft, now=now) == now + 15 * MINUTE


def test_nobody_can_keep_a_time_for_ever(draft):
    now = NOW
    while holds.kept_until(draft, now=now):
        now += 10 * MINUTE
        holds.extend(draft, now=now)
    assert now - NOW <= timedelta(hours=4, minutes=10)


def test_writing_keeps_the_time_longer(draft):
    holds.save(draft, answers={"note": "I write slowly."}, now=NOW + 10 * MINUTE)
    assert holds.kept_until(draft, now=NOW + 20 * MINUTE) == NOW + 25 * MINUTE


def test_25_minutes_of_writing_lose_neither_the_answers_nor_the_time(listing, seeker, draft, ask):
    holds.save(draft, answers={"note": "Slowly."}, now=NOW + 10 * MINUTE)
    later = NOW + 26 * MINUTE
    assert holds.kept_until(draft, now=later) is None
    assert holds.extend(draft, now=later) is None
    assert holds.find(listing, by=seeker).answers == {"note": "Slowly."}
    assert ask(now=later).state == "requested"


def test_sending_uses_up_the_hold_and_the_draft(draft, ask):
    booking = ask()
    assert not BookingDraft.objects.exists()
    assert {row.booking for row in HostTime.objects.all()} == {booking}


def test_another_choice_moves_the_hold_and_keeps_the_answers(listing, seeker, draft):
    holds.save(draft, answers={"note": "Stays."}, now=NOW)
    other = holds.start(listing, by=seeker, starts_at=START + timedelta(hours=2), minutes=60, now=NOW)
    assert (other.pk, other.answers, other.minutes) == (draft.pk, {"note": "Stays."}, 60)
    assert HostTime.objects.get().starts_at == START + timedelta(hours=2)


def test_a_person_keeps_one_time_at_once(listing, seeker, draft):
    second = holds.start(
        PeerSessionFactory(open_all_week=True), by=seeker, starts_at=START + 2 * DAY, minutes=30, now=NOW
    )
    assert holds.kept_until(second, now=NOW)
    assert holds.kept_until(draft, now=NOW) is None
    assert BookingDraft.objects.count() == 2


def test_discarding_frees_the_time_at_once(draft, ask):
    holds.discard(draft, now=NOW)
    assert not BookingDraft.objects.exists()
    assert ask(by=UserFactory())


def test_the_own_listing_and_a_hidden_one_cannot_be_kept(listing, seeker):
    with pytest.raises(OwnListing):
        holds.start(listing, by=listing.host, starts_at=START, minutes=30, now=NOW)
    PeerSession.objects.update(published_at=None)
    with pytest.raises(NotOffered):
        holds.start(listing, by=seeker, starts_at=START, minutes=30, now=NOW)


def test_tick_clears_away_what_has_ended_and_twice_is_as_once(draft):
    for _time in range(2):
        tick(now=NOW + 15 * MINUTE)
        assert not HostTime.objects.exists()
    assert BookingDraft.objects.exists()


def test_answers_are_kept_for_thirty_days_and_no_longer(draft):
    tick(now=NOW + 29 * DAY)
    assert BookingDraft.objects.exists()
    tick(now=NOW + 30 * DAY)
    assert not BookingDraft.objects.exists()
    assert not Booking.objects.exists()


def test_choosing_the_same_time_again_does_not_begin_anew(listing, seeker, draft):
    now = NOW
    while now < NOW + timedelta(hours=5):
        now += 14 * MINUTE
        draft = holds.start(listing, by=seeker, starts_at=START, minutes=30, now=now)
    assert holds.kept_until(draft, now=now) is None
    assert find_slot(listing, starts_at=START, minutes=30, by=UserFactory(), now=now)


def test_giving_up_a_hold_elsewhere_brings_that_host_s_list_up_to_date(listing, seeker):
    first = NOW + timedelta(hours=2)
    holds.start(listing, by=seeker, starts_at=first, minutes=60, now=NOW)
    listing.refresh_from_db()
    assert listing.next_free_at == first + timedelta(hours=1)
    other = PeerSessionFactory(open_all_week=True)
    holds.start(other, by=seeker, starts_at=START, minutes=30, now=NOW)
    listing.refresh_from_db()
    assert listing.next_free_at == first
