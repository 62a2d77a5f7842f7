"""A request from the kept time to the sent one: drafts, holds, what was promised, and nothing ever lost."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import OperationalError

from neuro_accounts.testing import ProfileFactory, UserFactory
from neuro_sessions import booking as bookings
from neuro_sessions import calendars, grants, holds, listings, terms
from neuro_sessions.models import Booking, BookingDraft, HostTime, PeerSession
from neuro_sessions.testing import PeerSessionFactory
from tests.conftest import NOW
from tests.pages import at, everything, shown

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E5", "E6", "E25")]

GOOD = "2026-11-24T10:00Z"
MINUTE = timedelta(minutes=1)
SAID = {"access_needs": "Camera off & breaks.", "note": "I would like to talk about noise."}


class Wizard:
    """Somebody in front of the pages, who presses what is there."""

    def __init__(self, client, listing):
        self.client, self.listing = client, listing

    def _url(self, name):
        return at(f"ask-{name}" if name else "ask", self.listing.pk)

    def get(self, name, **query):
        return self.client.get(self._url(name), query)

    def post(self, name, data=None, **more):
        return self.client.post(self._url(name), (data or {}) | more)

    def page(self, name):
        response = self.get(name)
        assert response.status_code == 200, response.url
        return " ".join(response.content.decode().split())

    def keep(self, starts_at=GOOD, minutes="30", **more):
        return self.post("", {"starts_at": starts_at, "minutes": minutes, **more})

    def hidden(self):
        """What the last step sends without being asked."""
        page = self.get("check").content.decode()
        inputs = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page)
        pairs = [(re.search(r'name="(\w+)"', one), re.search(r'value="([^"]*)"', one)) for one in inputs]
        return {name[1]: value[1] for name, value in pairs if name and value and name[1] != "csrfmiddlewaretoken"}

    def send(self, **more):
        return self.post("check", self.hidden() | more)


@pytest.fixture
def wizard(client, clock, seeker, listing):
    client.force_login(seeker)
    return Wizard(client, listing)


@pytest.fixture
def at_check(wizard):
    wizard.keep()
    wizard.post("needs", SAID)
    return wizard


# -- The way


def test_three_steps_lead_to_a_request_with_everything_that_was_said(wizard, listing):
    kept = wizard.keep()
    assert kept.url == at("ask-needs", listing.pk)
    needs = wizard.page("needs")
    assert "Step 2 of 3" in needs
    assert "We keep this time for you until <bdi>09:15 (London time)</bdi>." in needs
    assert wizard.post("needs", SAID).url == at("ask-check", listing.pk)
    check = wizard.page("check")
    assert "Step 3 of 3" in check
    assert "Camera off &amp; breaks." in check
    assert "I would like to talk about noise." in check
    assert check.count("Change<span") >= 3
    assert "You pay nothing, now or later." in check
    sent = wizard.send()
    booking = Booking.objects.get()
    assert sent.url == booking.get_absolute_url()
    assert (booking.access_needs, booking.note) == tuple(SAID.values())
    assert booking.state == "requested"
    assert not BookingDraft.objects.exists()
    page = " ".join(wizard.client.get(sent.url).content.decode().split())
    assert "What happens next" in page
    assert "You can withdraw the request until then." in page


def test_a_listing_that_answers_by_itself_is_booked_with_the_last_button(at_check, listing):
    listing.require_request_approval = False
    listing.save()
    check = at_check.page("check")
    assert "Book this time</button>" in check
    assert "Send my request" not in check
    _url, page = shown(at_check.client.post(at("ask-check", listing.pk), at_check.hidden(), follow=True))
    assert "You are booked." in page
    assert Booking.objects.get().state == "confirmed"


def test_each_step_without_a_draft_leads_to_the_times(wizard, listing):
    for name in ("needs", "check"):
        for response in (wizard.get(name), wizard.post(name, SAID)):
            assert response.url == f"{listing.get_absolute_url()}#times"
    assert wizard.post("keep").url == f"{listing.get_absolute_url()}#times"
    assert not Booking.objects.exists()


def test_the_last_step_asks_for_the_second_first(wizard, listing):
    wizard.keep()
    assert wizard.get("check").url == at("ask-needs", listing.pk)


@pytest.mark.parametrize("blocks", [True, False])
def test_a_second_click_leads_to_the_request_that_was_sent(at_check, listing, blocks):
    PeerSession.objects.update(requests_block_time=blocks)
    data = at_check.hidden()
    first = at_check.post("check", data)
    second = at_check.post("check", data)
    assert second.url == first.url == Booking.objects.get().get_absolute_url()


# -- Answers


def test_only_what_there_is_to_choose_is_asked(wizard, listing):
    wizard.keep()
    page = wizard.page("needs")
    assert 'name="language"' not in page
    assert 'name="price_kind"' not in page
    listing.languages, listing.price, listing.reduced_price = ["en", "de"], 3000, 1500
    listing.save()
    page = wizard.page("needs")
    assert "German" in page
    assert "The usual price: £30.00" in page
    assert "The reduced price: £15.00" in page
    assert "needs no proof" in page
    assert 'name="chosen_price"' not in page


def test_the_only_language_of_a_listing_is_not_asked_for_but_noted(at_check, listing):
    PeerSession.objects.update(languages=["de"])
    assert "German" in at_check.page("check")
    at_check.send()
    assert Booking.objects.get().language == "de"


@pytest.fixture
def by_wish(wizard, listing):
    """People pay what they can."""
    listing.price, listing.minimum_price, listing.pay_what_you_can = 3000, 500, True
    listing.save()
    wizard.keep()
    return wizard


@pytest.mark.parametrize(("typed", "price"), [("12.50", 1250), ("12,50", 1250), ("5", 500), (" 7.00 ", 700)])
def test_an_amount_of_one_s_own_is_promised(by_wish, typed, price):
    assert by_wish.post("needs", price_kind="chosen", chosen_price=typed).status_code == 302
    by_wish.send()
    assert (Booking.objects.get().price, Booking.objects.get().price_kind) == (price, "chosen")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("4.99", "Choose an amount of at least £5.00."),
        ("", "Choose an amount of at least £5.00."),
        ("-3", "Choose an amount of at least £5.00."),
        ("99999999", "Choose an amount of at most"),
        ("12.505", "This currency has no such small coins."),
        ("a lot", "Write the amount as a number"),
        ("1,000", "Write the amount as a number"),
        ("NaN", "Write the amount as a number"),
        ("1e400", "Ensure that there are no more than"),
    ],
)
def test_an_amount_that_cannot_be_is_kept_with_a_sentence(by_wish, typed, sentence):
    response = by_wish.post("needs", SAID, price_kind="chosen", chosen_price=typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert f'value="{typed}"' in page or not typed
    assert "Camera off &amp; breaks." in page
    assert BookingDraft.objects.get().answers["chosen_price"] == typed
    assert by_wish.get("check").url == f"{at('ask-needs', by_wish.listing.pk)}?again"


def test_an_amount_that_was_not_asked_for_disturbs_nobody(by_wish):
    assert by_wish.post("needs", price_kind="standard", chosen_price="a lot").status_code == 302
    by_wish.send()
    assert Booking.objects.get().price == 3000


def test_a_text_that_is_too_long_is_kept_and_said(wizard):
    wizard.keep()
    response = wizard.post("needs", note="x" * 2001)
    assert response.status_code == 200
    assert "x" * 2001 in response.content.decode()
    assert "x" * 2001 in wizard.page("needs")
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "odd", ["\x00", "\ud800".encode("utf-16", "surrogatepass").decode("latin-1"), "\U0001f33f" * 9, "x" * 100_000]
)
def test_whatever_is_typed_can_be_stored(wizard, odd):
    wizard.keep()
    assert wizard.post("needs", note=odd, access_needs=odd).status_code in (200, 302)
    assert wizard.get("needs").status_code == 200


def test_answers_are_saved_to_be_finished_later(wizard):
    wizard.keep()
    url, page = shown(wizard.client.post(at("ask-needs", wizard.listing.pk), SAID | {"later": "yes"}, follow=True))
    assert url == f"{at('bookings')}?show=drafts"
    assert "saved for 30 days" in page
    assert wizard.listing.title in page
    assert at("ask-check", wizard.listing.pk) in page
    assert at("ask-discard", wizard.listing.pk) in page
    assert "Camera off" in wizard.page("needs")


def test_another_time_keeps_the_answers_and_leads_to_the_check(at_check, listing):
    again = at_check.keep("2026-11-25T09:00Z", "60")
    assert again.url == at("ask-check", listing.pk)
    page = at_check.page("check")
    assert "Wednesday 25 November 2026, 09:00 to 10:00" in page
    assert "Camera off &amp; breaks." in page


def test_deleting_asks_first_and_then_deletes_everything(at_check, listing, clock):
    page = at_check.page("discard")
    assert "You cannot get the answers back." in page
    assert at("ask-check", listing.pk) in page
    assert BookingDraft.objects.exists()
    _url, page = shown(at_check.client.post(at("ask-discard", listing.pk), follow=True))
    assert "Your answers are deleted." in page
    assert not BookingDraft.objects.exists()
    assert not HostTime.objects.exists()
    _url, page = shown(at_check.client.post(at("ask-discard", listing.pk), follow=True))
    assert "deleted already" in page


# -- Holds


def test_the_time_is_kept_from_others_but_not_from_who_keeps_it(wizard, listing, ask):
    wizard.keep()
    with pytest.raises(bookings.SlotRefused):
        ask(hours=25, by=UserFactory())
    assert wizard.get("", start=GOOD, minutes=30).status_code == 200


def test_the_time_can_be_kept_longer_without_losing_what_is_typed(wizard, clock, listing):
    wizard.keep()
    clock.now += 10 * MINUTE
    kept = wizard.post("keep", SAID, step="needs")
    assert kept.url == at("ask-needs", listing.pk)
    page = wizard.page("needs")
    assert "until <bdi>09:25 (London time)</bdi>" in page
    assert "Camera off &amp; breaks." in page


def test_keeping_the_time_longer_at_the_last_step_changes_no_answer(at_check, listing):
    assert at_check.post("keep", at_check.hidden(), step="check").url == at("ask-check", listing.pk)
    assert "Camera off &amp; breaks." in at_check.page("check")


def test_a_hold_that_has_ended_loses_nothing_and_the_request_can_still_be_sent(at_check, clock):
    clock.now += 26 * MINUTE
    page = at_check.page("check")
    assert "The time is no longer kept. Your answers are saved." in page
    assert "Keep it again" in page
    assert at_check.send().url == Booking.objects.get().get_absolute_url()


def test_a_time_whose_hold_has_ended_can_be_kept_again(at_check, clock):
    clock.now += 26 * MINUTE
    at_check.post("keep", step="check")
    assert "until <bdi>09:41 (London time)</bdi>" in at_check.page("check")


def test_who_comes_too_late_gets_other_times_and_keeps_the_answers(at_check, clock, ask, listing):
    data = at_check.hidden()
    clock.now += 26 * MINUTE
    ask(hours=25, by=UserFactory(), now=clock.now)
    for response in (at_check.post("check", data), at_check.client.get(at_check.post("keep", step="check").url)):
        page = " ".join(response.content.decode().split())
        assert response.status_code == 409
        assert "That time was just taken." in page
        assert "Your answers are saved." in page
        assert page.count('type="radio"') == 5
        assert f'action="{at("ask", listing.pk)}"' in page
    assert at_check.keep("2026-11-24T10:30Z").url == at("ask-check", listing.pk)
    assert "Camera off &amp; breaks." in at_check.page("check")


def test_a_pause_that_began_before_the_last_button_is_said_and_the_answers_are_kept(at_check, listing):
    data = at_check.hidden()
    calendars.pause(listing.host, now=NOW)
    response = at_check.post("check", data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "There are no free times at the moment." in page
    assert "Your answers are saved." in page
    assert "Keep this time and continue" not in page
    assert not Booking.objects.exists()


def test_a_session_of_one_s_own_at_that_time_is_named(at_check, clock, seeker):
    data = at_check.hidden()
    elsewhere = PeerSessionFactory(open_all_week=True)
    own = bookings.ask(
        elsewhere, by=seeker, starts_at=NOW + timedelta(hours=25), minutes=30, answers=bookings.Answers(), now=NOW
    )
    response = at_check.post("check", data)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Another session or request takes your time then." in page
    assert own.get_absolute_url() in page
    assert Booking.objects.count() == 1


def test_no_page_counts_down(at_check):
    for name in ("needs", "check"):
        page = at_check.page(name)
        assert "seconds" not in page
        assert "setInterval" not in page


# -- What was promised


@pytest.mark.parametrize(
    "change",
    [
        {"price": 2000},
        {"title": "Another title"},
        {"cancellation": "strict"},
        {"require_request_approval": False},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_has_changed_meanwhile_is_shown_before_anything_is_sent(at_check, change, listing):
    data = at_check.hidden()
    PeerSession.objects.update(**change)
    url, page = shown(at_check.client.post(at("ask-check", listing.pk), data, follow=True))
    assert url == at("ask-check", listing.pk)
    assert "The host has changed something." in page
    assert "Camera off &amp; breaks." in page
    assert not Booking.objects.exists()
    assert at_check.send().url == Booking.objects.get().get_absolute_url()


def test_without_a_change_the_same_promise_is_sent(at_check):
    """The control of the test above."""
    assert at_check.post("check", at_check.hidden()).status_code == 302
    assert Booking.objects.exists()


@pytest.mark.parametrize("promised", ["", "x", "0" * 32, "\x00"])
def test_a_promise_that_nobody_was_shown_is_refused(at_check, promised):
    at_check.send(promised=promised)
    assert not Booking.objects.exists()


def test_another_window_that_changed_the_time_does_not_send_it_unseen(at_check, listing):
    data = at_check.hidden()
    at_check.keep("2026-11-25T09:00Z")
    _url, page = shown(at_check.client.post(at("ask-check", listing.pk), data, follow=True))
    assert "has changed in another window" in page
    assert not Booking.objects.exists()


def test_ground_rules_are_read_and_ticked_in_their_present_version(at_check, listing):
    terms.publish(listing.host, text="Be kind.", now=NOW)
    assert "Be kind." in at_check.page("check")
    response = at_check.send()
    assert response.status_code == 200
    assert "Please read the ground rules, then tick this box." in response.content.decode()
    data = at_check.hidden() | {"accepted": "on"}
    terms.publish(listing.host, text="Be kind and be there.", now=NOW)
    _url, page = shown(at_check.client.post(at("ask-check", listing.pk), data, follow=True))
    assert "Be kind and be there." in page
    assert not Booking.objects.exists()
    at_check.send(accepted="on")
    assert Booking.objects.get().terms_version == 2


def test_a_price_that_is_no_longer_offered_is_chosen_anew(wizard, listing):
    PeerSession.objects.update(price=3000, reduced_price=1500)
    wizard.keep()
    wizard.post("needs", SAID, price_kind="reduced")
    assert "£15.00</bdi> (reduced price)" in wizard.page("check")
    PeerSession.objects.update(reduced_price=None, pay_what_you_can=True)
    assert wizard.get("check").url == f"{at('ask-needs', listing.pk)}?again"
    page = wizard.client.get(f"{at('ask-needs', listing.pk)}?again").content.decode()
    assert "Camera off &amp; breaks." in page
    assert 'aria-invalid="true"' in page


# -- Bound to its listing


def test_a_draft_of_one_listing_cannot_be_sent_at_another(at_check, clock):
    other = PeerSessionFactory(open_all_week=True)
    data = at_check.hidden()
    before = everything()
    response = at_check.client.post(at("ask-check", other.pk), data)
    assert response.url == f"{other.get_absolute_url()}#times"
    assert everything() == before


def test_an_unpublished_listing_is_a_404_that_leaks_no_title(at_check, listing):
    data = at_check.hidden()
    listings.unpublish(listing)
    title = PeerSession.objects.get().title
    for name in ("", "needs", "check"):
        for response in (at_check.get(name), at_check.post(name, data)):
            assert response.status_code == 404
            assert title not in response.content.decode()
    assert at_check.post("keep", step="check").status_code == 404
    mine = at_check.client.get(f"{at('bookings')}?show=drafts").content.decode()
    assert title not in mine
    assert at("ask-discard", listing.pk) in mine
    assert title not in at_check.page("discard")
    assert at_check.post("discard").status_code == 302
    assert not BookingDraft.objects.exists()
    assert at_check.post("discard").status_code == 404


def test_a_draft_is_its_writer_s_alone(at_check, client, listing, stranger):
    client.force_login(stranger)
    assert at_check.get("check").status_code == 302
    client.post(at("ask-discard", listing.pk))
    assert BookingDraft.objects.count() == 1
    assert listing.title not in client.get(f"{at('bookings')}?show=drafts").content.decode()


# -- When the database is busy


def test_a_busy_database_is_answered_with_a_page_that_can_be_sent_again(at_check, monkeypatch):
    data = at_check.hidden()

    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(bookings, "locked_calendars", locked)
        response = at_check.post("check", data)
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "Nothing is lost" in page
    assert f'name="promised" value="{data["promised"]}"' in page
    assert not Booking.objects.exists()
    assert at_check.post("check", data).url == Booking.objects.get().get_absolute_url()


# -- Asking again


def test_a_request_that_was_declined_gives_its_answers_to_the_next_one(at_check, listing):
    at_check.send()
    booking = Booking.objects.get()
    bookings.decline(booking, by=listing.host, message="", now=NOW)
    page = at_check.client.get(booking.get_absolute_url()).content.decode()
    assert f'name="again" value="{booking.pk}"' in page
    assert page.count('type="radio"') == 5
    assert at_check.keep("2026-11-24T11:00Z", again=booking.pk).url == at("ask-check", listing.pk)
    assert "Camera off &amp; breaks." in at_check.page("check")


@pytest.mark.parametrize("again", ["", "x", "00000000-0000-0000-0000-000000000000", "\x00"])
def test_answers_are_taken_over_from_one_s_own_request_alone(wizard, again, ask, listing):
    theirs = ask(hours=48, by=UserFactory(), note="Not yours to read.")
    wizard.keep(again=again)
    assert holds.find(listing, by=wizard.client.get("/sessions/bookings/").wsgi_request.user).answers == {}
    wizard.keep(again=theirs.pk)
    assert BookingDraft.objects.get().answers == {}


def test_what_their_host_has_to_put_right_is_told_to_the_seeker_kindly(at_check, on_account, listing):
    PeerSession.objects.update(price=1500, require_request_approval=False)
    on_account.refuses_to_begin = True
    url, page = shown(at_check.client.post(at("ask-check", listing.pk), at_check.hidden(), follow=True))
    assert url == at("ask-check", listing.pk)
    assert "The host cannot take bookings at the moment." in page
    assert "You have no account." not in page
    assert "Camera off &amp; breaks." in page
    assert not Booking.objects.exists()


def test_who_reads_the_answers_is_said_before_they_are_written(client, clock, listing, seeker):
    client.force_login(seeker)
    holds.start(listing, by=seeker, starts_at=NOW + timedelta(days=1), minutes=30, now=NOW)
    needs = at("ask-needs", listing.pk)
    assert "Only <bdi>" in client.get(needs).text
    cohost = ProfileFactory(display_name="Kim").user
    cohost.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    grants.add_cohost(listing, user=cohost, by=listing.host)
    page = client.get(needs).text
    assert "who hosts with them: <bdi>Kim</bdi>." in page
    assert "Only <bdi>" not in page
