"""Hosts say when people can meet them: plain forms, one page for a listing and one for the rules of the host."""

import re
from datetime import date, time, timedelta

import pytest
from django.contrib.auth.models import Permission

from neuro_accounts import preferences
from neuro_accounts.preferences import Choices
from neuro_accounts.testing import ProfileFactory, UserFactory
from neuro_sessions import availability, calendars, grants
from neuro_sessions.forms.availability import WeekForm
from neuro_sessions.forms.rules import RulesForm, span_words
from neuro_sessions.models import DateOverride, HostCalendar, PeerSessionAvailability
from neuro_sessions.testing import PeerSessionFactory, WindowFactory
from tests.conftest import NOW  # Monday 23 November 2026, 09:00 UTC
from tests.pages import at, everything, shown

pytestmark = [pytest.mark.django_db, pytest.mark.feature("E3")]

MONDAY, TUESDAY = "day_0", "day_1"


@pytest.fixture
def host(db):
    return ProfileFactory(display_name="Sam", time_zone="Europe/London").user


@pytest.fixture
def offer(host):
    """A listing with one time: Mondays from 09:00 to 12:00 in London."""
    offer = PeerSessionFactory(host=host, title="Noise")
    WindowFactory(peer_session=offer, weekday=0, start_time=time(9), end_time=time(12), time_zone="Europe/London")
    return offer


@pytest.fixture
def cohost(client, clock, offer, host, stranger):
    stranger.user_permissions.add(Permission.objects.get(codename="add_peersession"))
    assert grants.add_cohost(offer, user=stranger, by=host)
    client.force_login(stranger)
    return client


@pytest.fixture
def editor(client, clock, offer, host):
    client.force_login(host)
    return client


def rows(listing, **days):
    """What the form of the week sends, in its order: ``day_0=["09:00-12:00"]``."""
    sent = {"act": "week"}
    for day in range(7):
        for number, span in enumerate(days.get(f"day_{day}", [])):
            start, _dash, end = span.partition("-")
            sent |= {f"day_{day}-{number}-start": start, f"day_{day}-{number}-end": end}
        sent[f"day_{day}-whole"] = "on"
    stored = listing.availability.filter(repeats="weekly")
    return sent | {"seen": WeekForm(stored=stored)["seen"].value()}


def week(listing):
    stored = listing.availability.filter(repeats="weekly").order_by("weekday", "start_time")
    return [(row.weekday, f"{row.start_time:%H:%M}-{row.end_time:%H:%M}") for row in stored]


def text(response):
    return " ".join(response.text.split())


def selected(page, name):
    """What the select of this name shows."""
    control = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    found = re.search(r'value="([^"]*)"\s+selected', control[0])
    return found[1] if found else ""


# -- The usual week


def test_the_page_shows_seven_days_each_with_its_times_in_the_host_s_zone(editor, offer):
    page = text(editor.get(at("availability", offer.pk)))
    days = re.findall(r"<legend>\s*(\w+day):?\s*</legend>", page)
    assert days == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    assert "You set these times in London time." in page
    assert (selected(page, "day_0-0-start"), selected(page, "day_0-0-end")) == ("09:00", "12:00")
    assert page.count("No times") == 6
    options = re.findall(r'<option value="([^"]*)"', page[: page.index("</select>")])
    assert options[:4] == ["", "00:00", "00:15", "00:30"]
    assert len(options) == 97


def test_adding_a_time_brings_an_empty_row_and_keeps_what_was_typed_without_saving(editor, offer):
    before = everything()
    page = editor.post(at("availability", offer.pk), rows(offer, day_0=["09:00-15:30"]) | {"add": TUESDAY}).text
    assert everything() == before
    assert (selected(page, "day_0-0-end"), selected(page, "day_1-0-start")) == ("15:30", "")
    assert "Error:" not in page
    again = rows(offer, day_0=["09:00-15:30"], day_1=["-"]) | {"add": TUESDAY}
    assert 'name="day_1-1-start"' in editor.post(at("availability", offer.pk), again).text


def test_saving_replaces_the_week_and_says_what_changed(editor, offer):
    sent = rows(offer, day_0=["14:00-16:00", "09:00-12:00"], day_2=["22:00-00:00"], day_4=["-"])
    _path, page = shown(editor.post(at("availability", offer.pk), sent, follow=True))
    assert week(offer) == [(0, "09:00-12:00"), (0, "14:00-16:00"), (2, "22:00-00:00")]
    assert {row.time_zone for row in offer.availability.all()} == {"Europe/London"}
    assert "Your usual week is saved. Monday is now 09:00 to 12:00, 14:00 to 16:00." in page
    assert "Wednesday is now 22:00 to 00:00." in page
    assert "Tuesday is now" not in page
    _path, page = shown(editor.post(at("availability", offer.pk), rows(offer, day_2=["22:00-00:00"]), follow=True))
    assert "Monday has no times now." in page
    _path, page = shown(editor.post(at("availability", offer.pk), rows(offer, day_2=["22:00-00:00"]), follow=True))
    assert "It is the same as before." in page


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        (["09:00-12:00", "11:00-13:00"], "09:00 to 12:00 and 11:00 to 13:00 overlap. Change one of them."),
        (["11:00-13:00", "09:00-12:00"], "09:00 to 12:00 and 11:00 to 13:00 overlap. Change one of them."),
        (["22:00-00:00", "23:00-23:30"], "22:00 to 00:00 and 23:00 to 23:30 overlap. Change one of them."),
        (["00:00-00:00", "09:00-10:00"], "overlap. Change one of them."),
        (["12:00-10:00"], "12:00 to 10:00: the end must be later than the start."),
        (["22:00-02:00"], "For a time over midnight, add two: until midnight, and from 00:00."),
        (["12:00-12:00"], "12:00 to 12:00: the end must be later than the start."),
        (["12:00-"], "Choose both: when the time starts and when it ends."),
        (["-12:00"], "Choose both: when the time starts and when it ends."),
        (["x-y"], "Choose both: when the time starts and when it ends."),
        (["25:00-26:00"], "Choose both: when the time starts and when it ends."),
    ],
)
def test_rows_that_do_not_fit_come_back_with_a_sentence_at_their_day(editor, offer, spans, words):
    before = everything()
    response = editor.post(at("availability", offer.pk), rows(offer, day_1=spans))
    assert everything() == before
    page = text(response)
    assert "<title> Error:" in page
    tuesday = re.search(r"<legend>\s*Tuesday.*?<legend>\s*Wednesday", page)[0]
    assert words in tuesday
    assert 'aria-invalid="true"' in tuesday
    assert page.count('aria-invalid="true"') == tuesday.count('aria-invalid="true"')


def test_times_that_touch_do_not_overlap(editor, offer):
    editor.post(at("availability", offer.pk), rows(offer, day_0=["09:00-10:00", "10:00-00:00"]))
    assert week(offer) == [(0, "09:00-10:00"), (0, "10:00-00:00")]


def test_a_day_is_copied_to_the_days_that_are_chosen_and_saved(editor, offer):
    sent = rows(offer, day_0=["09:00-12:00"], day_1=["20:00-21:00"], day_3=["08:00-09:00"])
    sent |= {"copy": MONDAY, "day_0-copy": ["1", "2"], "day_3-copy": ["6"]}
    _path, page = shown(editor.post(at("availability", offer.pk), sent, follow=True))
    assert week(offer) == [(0, "09:00-12:00"), (1, "09:00-12:00"), (2, "09:00-12:00"), (3, "08:00-09:00")]
    assert "Wednesday is now 09:00 to 12:00." in page


def test_copying_to_no_day_asks_which(editor, offer):
    before = everything()
    page = text(editor.post(at("availability", offer.pk), rows(offer, day_0=["09:00-12:00"]) | {"copy": MONDAY}))
    assert "Choose at least one day to copy to." in page
    assert everything() == before


@pytest.mark.parametrize("odd", ["", "day_9", "x", "\x00", "9" * 30])
def test_odd_days_to_add_or_copy_break_nothing(editor, offer, odd):
    for act in ("add", "copy", "act"):
        sent = rows(offer, day_0=["09:00-12:00"]) | {act: odd, f"{odd}-copy": [odd]}
        assert editor.post(at("availability", offer.pk), sent).status_code in (200, 302)
    assert week(offer) == [(0, "09:00-12:00")]


def test_a_form_that_was_cut_off_deletes_no_hours_wherever_it_ends(editor, offer):
    sent = rows(offer, day_0=["14:00-16:00"], day_2=["09:00-12:00"])
    before = everything()
    fields = list(sent.items())
    assert fields[-1][0] == "seen"
    for end in range(1, len(fields)):
        page = text(editor.post(at("availability", offer.pk), dict(fields[:end])))
        assert everything() == before, end
        assert "Your week did not arrive whole. Please look at it again." in page
    assert editor.post(at("availability", offer.pk), sent).status_code == 302


def test_the_mark_of_the_week_is_the_last_field_of_its_form(editor, offer):
    page = editor.get(at("availability", offer.pk)).text
    form = page[page.index('data-nm="usual-week"') :].partition("</form>")[0]
    names = re.findall(r'<(?:input|select|button)[^>]*?name="([^"]+)"', form)
    assert names[-1] == "seen"
    assert names.index("day_0-whole") > names.index("day_0-0-end")


def test_a_day_that_did_not_come_whole_stays_as_it_is(editor, offer):
    sent = rows(offer, day_2=["09:00-10:00"])
    del sent["day_0-whole"]
    assert editor.post(at("availability", offer.pk), sent).status_code == 302
    assert week(offer) == [(0, "09:00-12:00"), (2, "09:00-10:00")]


def test_a_day_that_came_whole_and_empty_has_no_times(editor, offer):
    """The control of the test above."""
    assert editor.post(at("availability", offer.pk), rows(offer, day_2=["09:00-10:00"])).status_code == 302
    assert week(offer) == [(2, "09:00-10:00")]


def test_a_week_that_has_changed_in_another_window_is_looked_at_again(editor, offer):
    stale = rows(offer, day_0=["14:00-16:00"])
    editor.post(at("availability", offer.pk), rows(offer, day_0=["09:00-12:00"], day_1=["08:00-09:00"]))
    before = everything()
    response = editor.post(at("availability", offer.pk), stale)
    page = text(response)
    assert everything() == before
    assert response.status_code == 200
    assert "<title> Error:" in page
    assert "The week has changed in another window. Please look at it again." in page
    assert "Stored now: 08:00 to 09:00." in page
    assert "Stored now: 09:00 to 12:00." in page
    assert selected(page, "day_0-0-start") == "14:00", "what was typed is not lost"
    again = stale | {"seen": response.context["week"]["seen"].value()}
    assert editor.post(at("availability", offer.pk), again).status_code == 302
    assert week(offer) == [(0, "14:00-16:00")]


@pytest.mark.parametrize("press", [{"add": TUESDAY}, {"day_3-0-start": "12:00", "day_3-0-end": "10:00"}])
def test_a_page_in_between_does_not_make_an_old_week_a_new_one(editor, offer, press):
    stale = rows(offer, day_0=["14:00-16:00"])
    offer.availability.update(time_zone="UTC")
    page = editor.post(at("availability", offer.pk), stale | press).context["week"]
    if "add" in press:
        assert page["seen"].value() == stale["seen"]
    else:
        assert "has changed in another window" in str(page.non_field_errors())
    assert offer.availability.get().time_zone == "UTC"


@pytest.mark.parametrize("odd", ["x", "\x00", "9" * 5000])
def test_an_odd_mark_stores_nothing(editor, offer, odd):
    before = everything()
    assert editor.post(at("availability", offer.pk), rows(offer) | {"seen": odd}).status_code == 200
    assert everything() == before


def test_a_form_that_says_nothing_of_the_week_leaves_it(editor, offer):
    before = everything()
    assert editor.post(at("availability", offer.pk), {"weekday": "1"}).status_code == 200
    assert everything() == before


def test_a_time_between_the_quarters_of_an_hour_is_kept(editor, offer):
    WindowFactory(peer_session=offer, weekday=1, start_time=time(9, 5), end_time=time(9, 50), time_zone="Europe/London")
    page = editor.get(at("availability", offer.pk)).text
    assert (selected(page, "day_1-0-start"), selected(page, "day_1-0-end")) == ("09:05", "09:50")


def test_times_are_read_on_the_host_s_clock_and_sent_as_before(editor, offer, host):
    preferences.save(host, Choices(clock="12"))
    page = editor.get(at("availability", offer.pk)).text
    assert '<option value="14:30">2:30 PM</option>' in re.sub(r"\s+>", ">", page)
    assert '<option value="00:00">Midnight</option>' in re.sub(r"\s+>", ">", page)


def test_times_that_were_meant_in_another_zone_are_said_before_they_are_saved(editor, offer):
    assert "still meant in" not in editor.get(at("availability", offer.pk)).text
    offer.availability.update(time_zone="America/New_York")
    assert "Some of these times are still meant in New York time." in text(editor.get(at("availability", offer.pk)))


def test_removing_a_time_asks_first_and_says_that_bookings_stay(editor, offer):
    window = offer.availability.get()
    address = at("availability-delete", window.pk)
    assert f'href="{address}"' in editor.get(at("availability", offer.pk)).text
    assert "Monday, 09:00 to 12:00 (London time)" in editor.get(address).text
    assert offer.availability.exists()
    path, page = shown(editor.post(address, follow=True))
    assert path == at("availability", offer.pk)
    assert "Bookings that you have stay as they are." in page
    assert not offer.availability.exists()


def test_a_row_that_was_changed_but_not_saved_has_no_link_to_remove_it(editor, offer):
    remove = at("availability-delete", offer.availability.get().pk)
    for span, links in (("09:00-12:00", 1), ("10:00-12:00", 0)):
        page = editor.post(at("availability", offer.pk), rows(offer, day_0=[span]) | {"add": MONDAY}).text
        assert page.count(remove) == links


# -- Times that are not there every week


def other(**fields):
    sent = {"act": "time", "time-repeats": "once", "time-start_time": "10:00", "time-end_time": "11:00"}
    for name, day in {"first_day": date(2026, 12, 3), **fields}.items():
        if isinstance(day, date):
            parts = {"day": day.day, "month": day.month, "year": day.year}
            sent |= {f"time-{name}_{part}": number for part, number in parts.items()}
        else:
            sent[f"time-{name}"] = day
    return sent


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Thursday 3 December 2026, 10:00 to 11:00 (London time)"),
        ({"repeats": "monthly"}, "Every month on day 3, from Thursday 3 December 2026, 10:00 to 11:00 (London time)"),
        (
            {"repeats": "daily", "last_day": date(2026, 12, 5)},
            "Every day, from Thursday 3 December 2026, until Saturday 5 December 2026, 10:00 to 11:00 (London time)",
        ),
    ],
)
def test_a_time_that_is_not_weekly_is_added_and_listed_with_its_days(editor, offer, fields, words):
    _path, page = shown(editor.post(at("availability", offer.pk), other(**fields), follow=True))
    assert "The time is added." in page
    assert words in page
    stored = offer.availability.exclude(repeats="weekly").get()
    assert (stored.repeats, stored.first_day) == (fields.get("repeats", "once"), date(2026, 12, 3))
    assert stored.time_zone == "Europe/London"
    assert week(offer) == [(0, "09:00-12:00")]
    assert at("availability-delete", stored.pk) in page


def test_saving_the_week_leaves_the_other_times(editor, offer):
    editor.post(at("availability", offer.pk), other())
    editor.post(at("availability", offer.pk), rows(offer, day_2=["09:00-10:00"]))
    assert PeerSessionAvailability.objects.filter(repeats="once").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"repeats": ""}, "This field is required."),
        ({"end_time": "09:00"}, "The end must be later than the start."),
        ({"end_time": "09:00"}, "For a time over midnight, add two: until midnight, and from 00:00."),
        ({"first_day": date(2026, 11, 22)}, "This day is over. Choose today or a later day."),
        (
            {"repeats": "daily", "first_day": date(2026, 11, 1), "last_day": date(2026, 11, 22)},
            "This day is over. Choose today or a later day.",
        ),
        ({"repeats": "daily", "last_day": date(2026, 12, 1)}, "The last day cannot be before the first."),
        ({"first_day_day": "31", "first_day_month": "2", "first_day_year": "2027"}, "This month has fewer days."),
        ({"first_day_month": "x"}, "The month is a number from 1 to 12."),
        ({"first_day_year": "26"}, "The year has four numbers, such as 2026."),
        ({"start_time": "10:07"}, "not one of the available choices"),
    ],
)
def test_a_time_that_does_not_fit_comes_back_open_with_its_sentence(editor, offer, fields, words):
    page = text(editor.post(at("availability", offer.pk), other(**fields)))
    assert words in page
    assert "<title> Error:" in page
    assert re.search(r'<details class="nm-accordion" open>\s*<summary>Add a time that is there once', page)
    assert offer.availability.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"first_day": date(2026, 11, 23)},
        {"repeats": "daily", "first_day": date(2026, 11, 1)},
        {"repeats": "monthly", "first_day": date(2026, 11, 1), "last_day": date(2026, 11, 23)},
        {"first_day": date(2026, 12, 3), "last_day": date(2026, 12, 3)},
    ],
)
def test_a_time_that_is_not_over_yet_is_taken(editor, offer, fields):
    assert editor.post(at("availability", offer.pk), other(**fields)).status_code == 302
    assert offer.availability.count() == 2


def test_months_without_that_day_are_spoken_of(editor, offer):
    page = text(editor.get(at("availability", offer.pk)))
    assert "Every month: months without that day have no such time." in page


# -- Changes to the week


def change(**fields):
    sent = {"act": "change", "change-kind": "away"}
    for name, day in {"first_day": date(2026, 12, 24), **fields}.items():
        if isinstance(day, date):
            parts = {"day": day.day, "month": day.month, "year": day.year}
            sent |= {f"change-{name}_{part}": number for part, number in parts.items()}
        else:
            sent[f"change-{name}"] = day
    return sent


def test_days_away_are_added_and_listed_for_all_listings_of_the_host(editor, offer, host):
    sent = change(last_day=date(2026, 12, 26), note="Visiting family")
    _path, page = shown(editor.post(at("availability", offer.pk), sent, follow=True))
    words = "Thursday 24 December 2026 to Saturday 26 December 2026: away"
    assert f"Your change is saved: {words}." in page
    assert "Visiting family" in page
    override = DateOverride.objects.get()
    assert (override.host_id, override.is_away, override.last_day) == (host.pk, True, date(2026, 12, 26))
    another = PeerSessionFactory(host=host)
    assert words in text(editor.get(at("availability", another.pk)))


def test_other_hours_of_a_day_need_both_clock_times(editor, offer):
    page = text(editor.post(at("availability", offer.pk), change(kind="hours", start_time="10:00")))
    assert "Choose a time." in page
    assert not DateOverride.objects.exists()
    sent = change(kind="hours", start_time="10:00", end_time="12:00")
    _path, page = shown(editor.post(at("availability", offer.pk), sent, follow=True))
    assert "Thursday 24 December 2026: 10:00 to 12:00 (London time)" in page
    override = DateOverride.objects.get()
    assert (override.start_time, override.end_time, override.last_day) == (time(10), time(12), date(2026, 12, 24))


@pytest.mark.parametrize(
    "days",
    [{"first_day": date(2026, 11, 22)}, {"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 22)}],
)
def test_days_that_are_over_are_refused_kindly(editor, offer, days):
    page = text(editor.post(at("availability", offer.pk), change(**days)))
    assert "This day is over. Choose today or a later day." in page
    assert not DateOverride.objects.exists()


def test_today_is_the_day_of_the_host(editor, offer, host, clock):
    clock.now = NOW.replace(hour=3)
    host.neuro_profile.time_zone = "America/New_York"
    host.neuro_profile.save()
    editor.post(at("availability", offer.pk), change(first_day=date(2026, 11, 22)))
    assert DateOverride.objects.exists()


def test_days_away_may_have_begun(editor, offer):
    editor.post(at("availability", offer.pk), change(first_day=date(2026, 11, 1), last_day=date(2026, 11, 23)))
    assert DateOverride.objects.exists()


def test_clock_times_do_not_count_for_days_away(editor, offer):
    editor.post(at("availability", offer.pk), change(start_time="10:00", end_time="12:00"))
    assert DateOverride.objects.get().is_away


def test_a_change_is_removed_after_a_question_and_leads_back(editor, offer):
    editor.post(at("availability", offer.pk), change())
    address = f"{at('override-delete', DateOverride.objects.get().pk)}?of={offer.pk}"
    assert address in editor.get(at("availability", offer.pk)).text
    assert "Thursday 24 December 2026: away" in editor.get(address).text
    assert DateOverride.objects.exists()
    path, page = shown(editor.post(address, follow=True))
    assert path == at("availability", offer.pk)
    assert "These days are as usual again." in page
    assert not DateOverride.objects.exists()


@pytest.mark.parametrize("odd", ["", "zzz", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_an_odd_way_back_leads_to_the_hosting_page(editor, offer, odd):
    editor.post(at("availability", offer.pk), change())
    address = at("override-delete", DateOverride.objects.get().pk)
    assert editor.get(address, {"of": odd}).status_code == 200
    assert editor.post(address, {"of": odd}).url == at("hosting")


def test_changes_that_are_over_are_not_listed(editor, offer, clock):
    editor.post(at("availability", offer.pk), change())
    clock.now = NOW + timedelta(days=33)
    assert "24 December" not in editor.get(at("availability", offer.pk)).text


# -- What people see, and what is booked already


def test_the_preview_is_what_people_are_offered(editor, offer, client):
    page = editor.get(at("availability", offer.pk)).text
    preview = page[page.index("Next free times people will see") :].partition("</ol>")[0]
    slots = availability.free_slots(offer, minutes=30, since=NOW, until=NOW + timedelta(days=60), now=NOW)
    stamps = [f"{slot.starts_at:%Y-%m-%dT%H:%M}+00:00" for slot in slots[:7]]
    assert re.findall(r'datetime="([^"]+)"', preview) == stamps


def test_a_pause_is_why_there_is_no_preview(editor, offer, host):
    calendars.pause(host, now=NOW)
    assert "None, because of a pause." in text(editor.get(at("availability", offer.pk)))


def test_bookings_outside_the_new_times_are_kept_and_named_with_links(editor, offer, ask):
    booking = ask(listing=offer, hours=7 * 24 + 1)
    assert "outside these times" not in editor.get(at("availability", offer.pk)).text
    _path, page = shown(editor.post(at("availability", offer.pk), rows(offer, day_2=["09:00-12:00"]), follow=True))
    assert "One booking is outside these times. It stays as it is." in page
    assert f'href="{booking.get_absolute_url()}"' in page
    booking.refresh_from_db()
    assert booking.state == "requested"


# -- Who may


def test_a_co_host_changes_the_times_of_this_listing_and_nothing_else_of_the_host(cohost, offer, host):
    day = date(2026, 12, 24)
    private = DateOverride.objects.create(host=host, first_day=day, last_day=day, time_zone="UTC", note="Hospital")
    page = text(cohost.get(at("availability", offer.pk)))
    assert "Thursday 24 December 2026: away" in page
    assert "Hospital" not in page
    assert at("override-delete", private.pk) not in page
    assert cohost.post(at("availability", offer.pk), rows(offer, day_2=["09:00-12:00"])).status_code == 302
    assert week(offer) == [(2, "09:00-12:00")]
    before = everything()
    assert cohost.post(at("availability", offer.pk), change()).status_code == 200
    for method in (cohost.get, cohost.post):
        assert method(at("override-delete", private.pk)).status_code == 404
    assert everything() == before
    assert cohost.post(at("availability-delete", offer.availability.get().pk)).status_code == 302


def test_a_co_host_does_not_see_bookings_of_the_host_s_other_listings(cohost, offer, host, ask):
    other_listing = PeerSessionFactory(host=host, open_all_week=True)
    hidden = ask(listing=other_listing, hours=30)
    own = ask(listing=offer, hours=7 * 24 + 1, by=UserFactory())
    other_listing.availability.all().delete()
    offer.availability.all().delete()
    page = cohost.get(at("availability", offer.pk)).text
    assert own.get_absolute_url() in page
    assert hidden.get_absolute_url() not in page


def test_strangers_find_nothing(client, offer, host, stranger):
    override = DateOverride.objects.create(
        host=host, first_day=date(2026, 12, 24), last_day=date(2026, 12, 24), time_zone="UTC"
    )
    client.force_login(stranger)
    before = everything()
    addresses = [
        at("availability", offer.pk),
        at("availability-delete", offer.availability.get().pk),
        at("override-delete", override.pk),
    ]
    for address in addresses:
        assert (client.get(address).status_code, client.post(address, rows(offer)).status_code) == (404, 404)
    assert everything() == before


# -- Rules


RULES = {
    "notice_minutes": "1440",
    "horizon_days": "30",
    "interval_minutes": "30",
    "buffer_before_minutes": "10",
    "buffer_after_minutes": "15",
    "max_per_day": "2",
    "max_per_week": "5",
    "holiday_country": "GB",
}


def test_rules_begin_with_what_is_usual_here(editor):
    page = text(editor.get(at("rules")))
    for words in ("As usual here: 2 hours", "As usual here: 60 days", "As usual here: 15 minutes", "As many as fit"):
        assert words in page
    assert not HostCalendar.objects.exists()


def test_rules_are_kept_for_all_listings_and_a_region_is_asked_for_next(editor, host):
    _path, page = shown(editor.post(at("rules"), RULES, follow=True))
    assert "Your rules are saved. You can choose a region for the public holidays now." in page
    calendar = HostCalendar.objects.get(host=host)
    assert {name: str(getattr(calendar, name)) for name in RULES} == RULES
    assert "Scotland" in page
    editor.post(at("rules"), RULES | {"holiday_region": "SCT"})
    calendar.refresh_from_db()
    assert calendar.holiday_region == "SCT"
    _path, page = shown(
        editor.post(at("rules"), RULES | {"holiday_country": "DE", "holiday_region": "SCT"}, follow=True)
    )
    calendar.refresh_from_db()
    assert (calendar.holiday_country, calendar.holiday_region) == ("DE", "")


def test_a_rule_that_is_emptied_is_as_usual_again(editor, host):
    editor.post(at("rules"), RULES)
    editor.post(at("rules"), dict.fromkeys(RULES, ""))
    calendar = HostCalendar.objects.get(host=host)
    assert (calendar.notice_minutes, calendar.max_per_day, calendar.buffer_after_minutes) == (None, None, 0)
    assert calendar.holiday_country == ""


@pytest.mark.parametrize("odd", ["-1", "zzz", "9" * 30, "\x00", "1.5"])
def test_an_odd_rule_comes_back_and_changes_nothing(editor, odd):
    for name in RULES:
        response = editor.post(at("rules"), RULES | {name: odd})
        assert response.status_code == 200
        assert "<title> Error:" in text(response)
    assert not HostCalendar.objects.filter(notice_minutes=1440).exists()


def test_a_stored_rule_that_is_not_in_the_list_stays_chosen(host):
    form = RulesForm(calendar=HostCalendar(host=host, notice_minutes=95, interval_minutes=25))
    assert '<option value="95" selected>95 minutes</option>' in str(form["notice_minutes"])
    assert '<option value="25" selected>25 minutes</option>' in str(form["interval_minutes"])


def test_regions_are_named_as_people_of_the_country_name_them(host):
    form = RulesForm(calendar=HostCalendar(host=host, holiday_country="DE"))
    names = dict(form.fields["holiday_region"].choices)
    assert (names["BY"], names["NW"]) == ("Bayern", "Nordrhein-Westfalen")


def test_lengths_of_time_are_said_in_the_largest_unit():
    words = {0: "none", 15: "15 minutes", 60: "1 hour", 90: "90 minutes", 1440: "1 day", 20160: "2 weeks"}
    assert {minutes: span_words(minutes) for minutes in words} == words


# -- The pause


def test_a_pause_stops_new_requests_and_can_be_ended(editor, offer, host):
    assert editor.get(at("pause")).url == editor.get(at("resume")).url == at("rules")
    path, page = shown(editor.post(at("pause"), follow=True))
    assert path == at("rules")
    assert "Your pause has started." in page
    assert "Your pause started on" in page
    assert f'action="{at("resume")}"' in page
    assert HostCalendar.objects.get(host=host).paused_at == NOW
    _path, page = shown(editor.post(at("resume"), follow=True))
    assert "Your pause is over." in page
    assert HostCalendar.objects.get(host=host).paused_at is None
