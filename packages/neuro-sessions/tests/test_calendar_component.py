"""The component ``request_calendar``: one month as a table of links, without any script."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.template import Context, Template, engines
from django.utils import timezone, translation

from neuro_accounts import preferences
from neuro_accounts.preferences import Choices
from neuro_sessions.availability import Slot
from neuro_sessions.slot_picker import pick
from tests.conftest import NOW  # Monday 23 November 2026, 09:00 UTC

pytestmark = pytest.mark.feature("E4", "E25")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEW_YORK, LONDON, TOKYO = (ZoneInfo(name) for name in ("America/New_York", "Europe/London", "Asia/Tokyo"))


def slot(days=0, hours=0, minutes=45):
    start = NOW + days * DAY + hours * HOUR
    return Slot(start, start + timedelta(minutes=minutes))


# Two today, one on Friday 27 November, three on Friday 4 December, one in January.
SLOTS = [slot(0), slot(0, 5), slot(4), slot(11), slot(11, 4), slot(11, 10), slot(45)]


def picked(query="", slots=SLOTS, **kwargs):
    return pick(slots, durations=[45], query=QueryDict(query), now=NOW, **kwargs)


def cells(month):
    return {cell.date.day: cell for week in month.weeks for cell in week if cell}


def rendered(rf, query="", **kwargs):
    template = engines["django"].from_string(
        "{% load neuro_sessions %}{% request_calendar available_slots=slots durations=durations action='/ask/'"
        " host_name='Sam' host_zone=zone / %}"
    )
    context = {"slots": SLOTS, "durations": [45], "zone": LONDON, **kwargs}
    return " ".join(template.render(context, rf.get(f"/{query}")).split())


@pytest.fixture(autouse=True)
def clock_stands_still(clock):
    """The component reads the time itself, as views do."""


@pytest.fixture(autouse=True)
def reader_in_london():
    with timezone.override(LONDON):
        yield


# -- What is shown


def test_the_list_comes_first(rf):
    html = rendered(rf)
    assert "<details" in html
    assert "<table" not in html
    assert "Monday 23 November 2026: 2 times" in html
    assert 'href="?view=calendar#times"' in html


def test_a_month_is_a_table_with_its_name_and_the_days_of_the_week(rf):
    html = rendered(rf, "?view=calendar")
    assert re.search(r"<caption[^>]*>November 2026</caption>", html)
    heads = re.findall(r'<th scope="col" abbr="(\w+)">(\w+)</th>', html)
    assert heads[0] == ("Monday", "Mon")
    assert [short for _name, short in heads] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_a_free_day_is_a_link_that_says_how_many_times_and_other_days_are_words(rf):
    html = rendered(rf, "?view=calendar&month=2026-12")
    links = re.findall(r'<a id="day-([\d-]+)" href="([^"]+)"[^>]*>(.*?)</a>', html)
    assert [(day, url) for day, url, _words in links] == [
        ("2026-12-04", "?view=calendar&amp;date=2026-12-04#day"),
    ]
    assert re.sub(r"<[^>]+>", " ", links[0][2]).split() == ["4", "Friday", "4", "December,", "3", "times"]
    assert html.count("no times") == 30


def test_the_links_of_the_months_name_them_and_stop_where_there_is_nothing():
    november, december, january = (
        picked(f"view=calendar&month={month}").month for month in ("2026-11", "2026-12", "2027-01")
    )
    assert november.before is None
    assert november.after.name == december.name == "December 2026"
    assert december.before.name == "November 2026"
    assert january.name == "January 2027"
    assert january.after is None


def test_a_chosen_day_shows_its_times_under_a_heading_that_can_take_the_focus(rf):
    html = rendered(rf, "?view=calendar&date=2026-12-04")
    assert '<legend> <h3 id="day" tabindex="-1"> Times on Friday 4 December 2026 </h3> </legend>' in html
    assert re.findall(r"<legend> (\w+) \(London time\)", html) == ["Morning", "Afternoon", "Evening"]
    assert 'value="2026-12-04T09:00Z"' in html
    assert '<a href="#day-2026-12-04">Choose a different day</a>' in html
    assert html.count('aria-current="true"') == 1
    assert '<form method="get" action="/ask/"' in html
    assert '<input type="hidden" name="minutes" value="45"' in html
    assert "Nothing is booked yet." in html


def test_without_times_another_session_is_the_way_on(rf, db):
    html = rendered(rf, "?view=calendar", slots=[])
    assert "There are no free times at the moment." in html
    assert "<table" not in html


def test_lengths_come_first_and_keep_the_view_and_the_day(rf):
    html = rendered(rf, "?view=calendar&date=2026-12-04&minutes=60", durations=[60, 45])
    assert html.index("Length") < html.index("<table")
    assert '<input type="hidden" name="date" value="2026-12-04"' in html
    assert 'id="minutes-60" value="60" checked' in html


# -- What is chosen, and what is odd


def test_the_display_setting_decides_until_the_address_says_otherwise():
    assert picked(prefers="calendar").view == "calendar"
    assert picked("view=list", prefers="calendar").view == "list"
    assert picked("view=calendar").view == "calendar"
    assert picked("view=x", prefers="calendar").view == "calendar"


def test_the_month_of_the_first_free_time_is_shown_first():
    assert picked("view=calendar", slots=SLOTS[3:]).month.name == "December 2026"


@pytest.mark.parametrize(
    "odd", ["", "zzz", "2026-13", "2026-02-30", "0000-00", "0001-01", "9999-12", "9999-12-31", "\x00", "-1", "9" * 30]
)
def test_an_odd_month_or_day_counts_as_not_chosen(odd):
    query = QueryDict(mutable=True)
    query.update({"view": "calendar", "month": odd, "date": odd})
    month = pick(SLOTS, durations=[45], query=query, now=NOW).month
    assert month.name in {"November 2026", "January 2027"}


def test_a_day_without_times_is_not_chosen():
    shown = picked("view=calendar&date=2026-12-05")
    assert shown.day is None
    assert shown.month.name == "December 2026"
    assert not cells(shown.month)[5].is_chosen


def test_a_month_without_times_says_so_and_leads_on(rf):
    html = rendered(rf, "?view=calendar&month=2026-12", slots=[slot(0), slot(45)])
    assert "There are no free times in December 2026." in html
    assert "Next month: January 2027" in html


def test_other_choices_of_the_page_stay_in_its_links():
    shown = picked("minutes=45&reviews=2&view=calendar&month=2026-12")
    assert shown.month.before.url == "?minutes=45&reviews=2&view=calendar&month=2026-11#calendar"


# -- Days and clocks of the reader


def test_days_are_those_of_the_reader():
    late = [slot(6, 14)]  # 23:00 on Sunday in London
    assert [day for day, cell in cells(picked("view=calendar", slots=late).month).items() if cell.url] == [29]
    with timezone.override(TOKYO):
        assert [day for day, cell in cells(picked("view=calendar", slots=late).month).items() if cell.url] == [30]


def test_the_host_s_own_time_stands_below_where_it_is_another_one(rf):
    html = rendered(rf, "?view=calendar&date=2026-12-04", zone=NEW_YORK)
    assert "<bdi>09:00 to 09:45</bdi>" in html
    assert "<bdi>04:00 to 04:45</bdi> for <bdi>Sam</bdi>" in html
    assert "Below each one stands the same time for <bdi>Sam</bdi>, in New York time." in html
    same = rendered(rf, "?view=calendar&date=2026-12-04", zone=LONDON)
    assert "for <bdi>Sam</bdi>" not in same
    assert "All times are in London time." in same


def test_the_host_s_weekday_is_named_where_it_is_another_one():
    with timezone.override(TOKYO):
        (day,) = picked(slots=[slot(0, 7)], host_zone=NEW_YORK).days
    ((_part, (choice,)),) = day.parts
    assert (choice.words, choice.host_words) == ("01:00 to 01:45", "Monday, 11:00 to 11:45")


def test_times_are_written_on_the_clock_that_the_reader_chose():
    with preferences.clock_of(Choices(clock="12")):
        (day,) = picked(slots=[slot(0, 5)], host_zone=NEW_YORK).days
    ((_part, (choice,)),) = day.parts
    assert (choice.words, choice.host_words) == ("2:00 PM to 2:45 PM", "9:00 AM to 9:45 AM")


def test_a_change_of_clocks_before_the_session_is_announced_with_its_day():
    after = [slot(126)]  # Monday 29 March 2027
    assert picked(slots=after).clock_changes == [("London", "Sunday 28 March 2027")]
    assert picked(slots=after, host_zone=NEW_YORK).clock_changes == [
        ("London", "Sunday 28 March 2027"),
        ("New York", "Sunday 14 March 2027"),
    ]
    assert picked(slots=[slot(124)], host_zone=LONDON).clock_changes == []
    with timezone.override("UTC"):
        assert picked(slots=after).clock_changes == []


def test_only_what_is_on_the_page_is_announced():
    slots = [*(slot(day) for day in range(8)), slot(126)]
    assert picked(slots=slots).clock_changes == []
    assert picked("from=2027-03-01", slots=slots).clock_changes != []


def test_weeks_begin_as_the_reader_s_language_has_it():
    with translation.override("en-us"):
        month = picked("view=calendar").month
    assert month.weekdays[0][0] == "Sunday"
    assert month.weeks[0][0].date.day == 1


def test_the_calendar_says_what_a_screen_reader_hears_when_the_month_changes(rf):
    html = rendered(rf, "?view=calendar&month=2026-12")
    assert 'data-nm-said="December 2026: 1 day with times"' in html


def test_the_component_works_in_a_template_without_a_request():
    template = Template("{% load neuro_sessions %}{% request_calendar available_slots=slots durations=lengths / %}")
    assert "2 times" in template.render(Context({"slots": SLOTS, "lengths": [45]}))
