import re
import time
from dataclasses import asdict, fields, replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.core import mail, signing
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from neuro_accounts import preferences, profiles
from neuro_accounts.context_processors import accounts
from neuro_accounts.middleware import PreferencesMiddleware
from neuro_accounts.models import DisplayPreferences, User
from neuro_accounts.notification_types import registered
from neuro_accounts.notifications import deliver_due, notify, register
from neuro_accounts.preferences import NOTHING, Choices
from neuro_accounts.testing import ProfileFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A13")]

PAGE = "/me/display/"
DARK_AND_LARGE = Choices(theme="dark", size="large")

# What stylesheets may rely on.
ATTRIBUTES = {
    "theme": {"light", "dark"},
    "calm": {"on"},
    "contrast": {"more"},
    "motion": {"none", "allow"},
    "font": {"opendyslexic", "lexend", "device"},
    "size": {"large", "xlarge"},
    "spacing": {"wide", "wider"},
    "tint": {"cream", "mint", "sky", "rose"},
}
EACH = [(name, value) for name, values in ATTRIBUTES.items() for value in sorted(values)]


def cookie(choices, **signing_options):
    """The cookie that we would write for these choices."""
    kept = {name: value for name, value in asdict(choices).items() if value}
    return {preferences.COOKIE: signing.dumps(kept, **{"salt": preferences.SALT, **signing_options})}


def log_in(client, person):
    """Through a login form, as people do: only then are there cookies."""
    User.objects.filter(pk=person.pk).update(is_staff=True)
    form = {"username": person.username, "password": "password"}
    assert client.post("/admin/login/?next=/me/display/", form).status_code == 302


class TestChoices:
    def test_who_was_never_asked_has_chosen_nothing_and_asking_writes_nothing(self, person):
        assert preferences.of(person) == NOTHING
        assert preferences.attributes(NOTHING) == {}
        assert not DisplayPreferences.objects.exists()

    def test_settings_of_the_model_and_of_the_choices_are_the_same(self):
        columns = {field.name for field in DisplayPreferences._meta.fields}
        assert columns - {"id", "user"} == {field.name for field in fields(Choices)}

    def test_the_model_knows_the_attributes_that_stylesheets_rely_on_and_no_others(self):
        known = {name: set(options) - {""} for name, options in preferences.OPTIONS.items() if options}
        assert known == {**ATTRIBUTES, "clock": {"12"}, "times": {"calendar"}}

    @pytest.mark.parametrize(("name", "value"), EACH)
    def test_each_choice_is_kept_and_becomes_one_attribute(self, person, name, value):
        preferences.save(person, Choices(**{name: value}))
        assert preferences.attributes(preferences.of(person)) == {name: value}
        assert preferences.attributes(preferences.of(User.objects.get())) == {name: value}

    def test_the_clock_and_the_way_times_are_shown_are_no_attributes(self):
        assert preferences.attributes(Choices(clock="12", times="calendar")) == {}

    def test_the_way_times_are_shown_is_kept_for_members_and_guests(self, person, client):
        preferences.save(person, Choices(times="calendar"))
        assert preferences.of(User.objects.get()).times == "calendar"
        client.post(PAGE, {"times": "calendar"})
        assert preferences.from_cookie({name: kept.value for name, kept in client.cookies.items()}).times == "calendar"

    def test_saving_again_replaces_and_putting_back_takes_everything_away(self, person):
        preferences.save(person, DARK_AND_LARGE)
        preferences.save(person, Choices(theme="light"))
        assert preferences.of(person) == Choices(theme="light")
        preferences.reset(person)
        assert preferences.of(User.objects.get()) == NOTHING

    def test_a_stored_value_that_is_no_longer_known_is_dropped(self, person):
        preferences.save(person, DARK_AND_LARGE)
        DisplayPreferences.objects.update(theme="neon")
        assert preferences.of(User.objects.get()) == Choices(size="large")


class TestCookie:
    def test_a_cookie_that_we_wrote_counts(self):
        assert preferences.from_cookie(cookie(DARK_AND_LARGE)) == DARK_AND_LARGE

    @pytest.mark.parametrize(
        "forged",
        [
            cookie(DARK_AND_LARGE, key="another key"),
            cookie(DARK_AND_LARGE, salt="another purpose"),
            {preferences.COOKIE: '{"theme": "dark"}'},
            {preferences.COOKIE: "a:b:c"},
            {preferences.COOKIE: "\x00\udcff💥"},
            {preferences.COOKIE: "x" * 4000},
            {preferences.COOKIE: ""},
            {},
        ],
    )
    def test_a_forged_or_odd_cookie_is_ignored(self, forged):
        assert preferences.from_cookie(forged) == NOTHING

    def test_a_changed_cookie_is_ignored(self):
        value = cookie(DARK_AND_LARGE)[preferences.COOKIE]
        other = cookie(Choices(theme="light"))[preferences.COOKIE]
        changed = ":".join([other.split(":")[0], *value.split(":")[1:]])
        assert preferences.from_cookie({preferences.COOKIE: changed}) == NOTHING

    def test_a_cookie_is_ignored_after_a_year_and_not_before(self, monkeypatch):
        written, day, now = cookie(DARK_AND_LARGE), 24 * 60 * 60, time.time()
        monkeypatch.setattr(time, "time", lambda: now + 364 * day)
        assert preferences.from_cookie(written) == DARK_AND_LARGE
        monkeypatch.setattr(time, "time", lambda: now + 366 * day)
        assert preferences.from_cookie(written) == NOTHING

    def test_names_and_values_that_are_not_known_are_dropped_and_the_others_stay(self):
        kept = {"theme": "dark", "size": "gigantic", "font": ["lexend"], "next": "/", "user": 1}
        written = {preferences.COOKIE: signing.dumps(kept, salt=preferences.SALT)}
        assert preferences.from_cookie(written) == Choices(theme="dark")

    @pytest.mark.parametrize("secure", [True, False])
    def test_the_cookie_is_as_closed_as_that_of_the_session(self, client, settings, secure):
        settings.SESSION_COOKIE_SECURE = secure
        client.post(PAGE, {"theme": "dark"})
        written = client.cookies[preferences.COOKIE]
        assert bool(written["secure"]) is secure
        assert written["httponly"]
        assert written["samesite"] == "Lax"
        assert written["max-age"] == timedelta(days=365).total_seconds()
        assert "dark" not in written.value


class TestPage:
    def test_a_guest_s_choice_is_in_the_first_bytes_of_the_next_page(self, client, django_assert_num_queries):
        answer = client.post(PAGE, {"theme": "dark", "size": "large"}, follow=True)
        assert answer.redirect_chain == [(PAGE, 302)]
        assert 'dir="ltr" data-theme="dark" data-size="large">' in answer.text
        assert "Your display settings are saved." in answer.text
        with django_assert_num_queries(0):
            assert 'data-theme="dark"' in client.get("/me/time-zone/").text
        assert not DisplayPreferences.objects.exists()

    def test_a_member_s_choice_is_there_on_every_device(self, signed_in, person):
        signed_in.post(PAGE, {"theme": "dark"})
        assert preferences.COOKIE not in signed_in.cookies
        other_device = Client()
        other_device.force_login(person)
        assert 'data-theme="dark"' in other_device.get(PAGE).text

    def test_the_choices_of_a_guest_do_not_count_for_a_member(self, signed_in):
        signed_in.cookies.load(cookie(DARK_AND_LARGE))
        assert "data-" not in signed_in.get(PAGE).text

    def test_what_is_chosen_is_marked_on_the_form(self, signed_in):
        signed_in.post(PAGE, {"theme": "dark", "clock": "12"})
        text = signed_in.get(PAGE).text
        assert text.count("checked") == len(preferences.NAMES)
        for name, value in (("theme", "dark"), ("clock", "12"), ("font", "")):
            assert f'name="{name}" value="{value}"' in text
            assert text.split(f'name="{name}" value="{value}"')[1].split(">")[0].endswith("checked")

    def test_a_setting_that_was_not_sent_stays_as_it_was(self, signed_in, person):
        signed_in.post(PAGE, {"theme": "dark", "font": "lexend"})
        signed_in.post(PAGE, {"theme": ""})
        assert preferences.of(User.objects.get()) == Choices(font="lexend")

    @pytest.mark.parametrize("value", ["neon", "\x00", "💥", "x" * 5000, "<script>"])
    def test_a_value_that_is_none_is_an_error_that_changes_nothing_and_keeps_the_rest(self, signed_in, value):
        signed_in.post(PAGE, {"theme": "dark"})
        answer = signed_in.post(PAGE, {"theme": value, "size": "large"})
        assert answer.status_code == 200
        assert "Error:" in answer.text
        assert answer.text.split('name="size" value="large"')[1].split(">")[0].endswith("checked")
        assert 'data-theme="dark"' in answer.text
        assert preferences.of(User.objects.get()) == Choices(theme="dark")

    def test_one_press_puts_everything_back_for_a_member_and_for_the_guest_they_were(self, signed_in):
        signed_in.cookies.load(cookie(DARK_AND_LARGE))
        signed_in.post(PAGE, {"theme": "dark", "clock": "12"})
        answer = signed_in.post(PAGE, {"theme": "neon", "reset": "1"}, follow=True)
        assert "Everything looks normal again." in answer.text
        assert preferences.of(User.objects.get()) == NOTHING
        assert signed_in.cookies[preferences.COOKIE].value == ""

    def test_one_press_puts_everything_back_for_a_guest(self, client):
        client.post(PAGE, {"theme": "dark"})
        answer = client.post(PAGE, {"theme": "dark", "reset": "1"}, follow=True)
        assert "data-" not in answer.text
        assert client.cookies[preferences.COOKIE].value == ""

    def test_reading_the_page_changes_nothing(self, signed_in):
        assert signed_in.get(PAGE).status_code == 200
        assert signed_in.head(PAGE).status_code == 200
        assert signed_in.get(PAGE, {"reset": "1", "theme": "dark"}).status_code == 200
        assert preferences.COOKIE not in signed_in.cookies
        assert not DisplayPreferences.objects.exists()

    @pytest.mark.parametrize("act", [{}, {"reset": "1"}])
    def test_the_page_that_somebody_came_from_is_the_next_one(self, client, act):
        assert 'name="next" value="/me/time-zone/"' in client.get(PAGE, {"next": "/me/time-zone/"}).text
        assert client.post(PAGE, {"next": "/me/time-zone/", **act}).url == "/me/time-zone/"

    @pytest.mark.parametrize("act", [{}, {"reset": "1"}])
    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\x00"])
    def test_another_site_is_never_the_next_page(self, client, target, act):
        answer = client.post(PAGE, {"next": target, **act})
        assert answer.status_code in (200, 302)
        assert answer.headers.get("Location", PAGE) == PAGE

    def test_a_page_that_depends_on_the_cookie_says_so_to_caches(self, client):
        assert "Cookie" in client.get(PAGE).headers["Vary"]

    def test_the_settings_cost_a_member_no_query_of_their_own(self, person, client, django_assert_num_queries):
        ProfileFactory(user=person)
        preferences.save(person, DARK_AND_LARGE)
        for who in (person, UserFactory()):
            client.force_login(who)
            client.get(PAGE)
            with django_assert_num_queries(3):  # the session, the person, the profile with the settings
                client.get(PAGE)


class TestSignIn:
    def test_an_account_that_was_never_asked_takes_over_what_the_guest_chose(self, client, person):
        client.post(PAGE, {"theme": "dark", "clock": "12"})
        log_in(client, person)
        assert preferences.of(User.objects.get()) == Choices(theme="dark", clock="12")
        assert 'data-theme="dark"' in client.get(PAGE).text

    @pytest.mark.parametrize("answer", [Choices(theme="light"), NOTHING])
    def test_the_answer_of_an_account_wins_also_when_it_is_back_to_normal(self, client, person, answer):
        preferences.save(person, answer)
        client.post(PAGE, {"theme": "dark", "font": "lexend"})
        log_in(client, person)
        assert preferences.of(User.objects.get()) == answer

    def test_a_forged_cookie_is_not_taken_over(self, client, person):
        client.cookies.load(cookie(DARK_AND_LARGE, key="another key"))
        log_in(client, person)
        assert not DisplayPreferences.objects.exists()

    def test_who_is_signed_in_by_code_needs_no_request(self, person):
        user_logged_in.send(User, request=None, user=person)
        assert not DisplayPreferences.objects.exists()


class TestLoading:
    def test_profile_and_settings_are_read_in_one_query_and_remembered(self, person, django_assert_num_queries):
        profiles.change(person, time_zone="Asia/Tokyo")
        preferences.save(person, DARK_AND_LARGE)
        fresh = User.objects.get()
        with django_assert_num_queries(1):
            profiles.load(fresh)
            assert str(profiles.time_zone_of(fresh)) == "Asia/Tokyo"
            assert preferences.of(fresh) == DARK_AND_LARGE

    def test_that_there_is_nothing_is_remembered_too(self, person, django_assert_num_queries):
        with django_assert_num_queries(1):
            profiles.load(person)
            assert profiles.display_name(person) == person.username
            assert preferences.of(person) == NOTHING

    def test_somebody_who_was_erased_meanwhile_is_no_error(self, person):
        User.objects.all().delete()
        profiles.load(person)


class TestTemplateVariables:
    def test_a_page_that_nobody_authenticated_has_them(self, rf):
        request = rf.get("/")
        request.COOKIES.update(cookie(DARK_AND_LARGE))
        assert accounts(request) == {"display": {"theme": "dark", "size": "large"}, "time_format": "H:i"}

    def test_the_time_format_follows_the_clock(self, rf):
        request = rf.get("/")
        with preferences.clock_of(Choices(clock="12")):
            assert accounts(request)["time_format"] == "g:i A"


class TestClock:
    AFTERNOON = Template("{% load neuro_accounts %}{{ moment|time_of_day }}")

    @pytest.fixture
    def afternoon(self, now):
        return Context({"moment": now + timedelta(hours=2, minutes=30)})

    @timezone.override("UTC")
    def test_times_have_24_hours_unless_12_are_chosen(self, afternoon):
        assert self.AFTERNOON.render(afternoon) == "14:30"
        with preferences.clock_of(Choices(clock="12")):
            assert self.AFTERNOON.render(afternoon) == "2:30 PM"

    def test_the_clock_does_not_leak_into_the_next_request_or_out_of_an_error(self, rf):
        def fail(request):
            assert preferences.clock_format() == "g:i A"
            raise ZeroDivisionError

        request = rf.get("/")
        request.user = AnonymousUser()
        request.COOKIES.update(cookie(Choices(clock="12")))
        with pytest.raises(ZeroDivisionError):
            PreferencesMiddleware(fail)(request)
        assert preferences.clock_format() == "H:i"

    @pytest.mark.parametrize(("clock", "written"), [("", "12:00"), ("12", "12:00 PM")])
    def test_the_inbox_follows_the_clock(self, signed_in, person, now, clock, written):
        preferences.save(person, Choices(clock=clock))
        notify("test.greeting", person, source_type="test", source_id=1, now=now)
        deliver_due(now=now)
        assert f"Monday 30 November 2026, {written} (London time)" in signed_in.get("/me/inbox/").text

    @pytest.mark.parametrize(("clock", "pattern"), [("", r"It is \d\d:\d\d there"), ("12", r"\d [AP]M there")])
    def test_the_time_zone_page_follows_the_clock(self, client, clock, pattern):
        client.post(PAGE, {"clock": clock})
        assert re.search(pattern, client.get("/me/time-zone/").text)

    def test_a_message_has_the_clock_of_its_recipient(self, now, greeting):
        def facts(delivery):
            return {"time": self.AFTERNOON.render(Context({"moment": now + timedelta(hours=3)})), "path": "/"}

        register(replace(registered(greeting), key="test.clock", subject="{time}", facts=facts, text="x", action="x"))
        readers = {"1": Choices(clock="12"), "2": NOTHING}
        for number, choices in readers.items():
            person = UserFactory(email=f"{number}@example.org")
            preferences.save(person, choices)
            notify("test.clock", person, source_type="test", source_id=number, now=now)
        deliver_due(now=now)
        assert {message.to[0][0]: message.subject for message in mail.outbox} == {"1": "3:00 PM", "2": "15:00"}
