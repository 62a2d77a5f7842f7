"""The journey of a newcomer in a browser, with JavaScript and again without: only what people can see and press."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from neuromancers.demo import MEDICATION, PEOPLE
from neuromancers.demo import PASSWORD as DEMO_PASSWORD

PASSWORD = "a-long-unlikely-phrase"
HOST_ZONE = "America/New_York"
QUARTER, TO_ASK_AND_PAY = 15 * 60, 60
DEMO_PEOPLE = {person.username: person.display_name for person in PEOPLE}


class Person:
    """Somebody with a browser window of their own."""

    def __init__(self, context: BrowserContext, username: str, name: str) -> None:
        self.page: Page = context.new_page()
        self.username, self.name = username, name
        self.email = f"{username}@example.org"

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button).first.click()

    def follow(self, link: str) -> None:
        self.page.get_by_role("link", name=link).first.click()

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").fill(value)

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def log_in(self, password: str = PASSWORD) -> None:
        self.page.goto("/login/")
        self.fill(login=self.username, password=password)
        self.page.locator("main form.nm-form").get_by_role("button").last.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("My bookings")

    def open_message(self, words: str) -> None:
        """The notification on the site, and the same one as a mail; ends on the page it leads to."""
        self.page.goto("/dev/mailbox/")
        mail = self.page.get_by_role("article").filter(has_text=self.email).get_by_role("link", name=words)
        expect(mail.first).to_be_visible()
        self.page.goto("/")
        self.follow("Notifications")
        self.follow(words)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def arrives(request, open_browser) -> Callable[..., Person]:
    suffix = "on" if request.param else "off"

    def person(username: str, name: str = "") -> Person:
        """A newcomer of this name, or one of the demo people."""
        context = open_browser(java_script_enabled=request.param)
        if username in DEMO_PEOPLE:
            return Person(context, username, DEMO_PEOPLE[username])
        return Person(context, f"{username}-{suffix}", f"{name} {suffix}")

    return person


@pytest.mark.e2e
@pytest.mark.feature("A15", "E5", "E8", "E25", "W4")
def test_whole_booking_is_walked_by_pages_alone(arrives):
    host, seeker, team = arrives("hanna", "Hanna"), arrives("sasha", "Sasha"), arrives("nia-team")
    for newcomer in (host, seeker):
        sign_up(newcomer)
    become_host(host, team)
    title = f"A calm hour with {host.name}"
    offer_session(host, title)
    ask(seeker, title)
    approve(host, seeker)
    pay(seeker, host)
    meet(seeker, host)
    review(seeker, title)
    host.open_message("Somebody reviewed")
    host.sees("We found two things to try.")


@pytest.mark.e2e
@pytest.mark.feature("E8", "E17", "E19", "E21", "E25")
def test_booked_session_gets_another_time_and_is_cancelled_by_its_rule(arrives):
    host, seeker = arrives("robin-host"), arrives("mika", "Mika")
    sign_up(seeker)
    host.log_in(DEMO_PASSWORD)
    ask(seeker, MEDICATION.title)
    approve(host, seeker)
    pay(seeker, host)
    agree_to_another_time(seeker, host)
    cancel(seeker, host)


def sign_up(person: Person) -> None:
    page = person.page
    page.goto("/")
    person.follow("Sign up")
    person.fill(username=person.username, email=person.email, password1=PASSWORD, password2=PASSWORD)
    person.fill(date_of_birth="1990-05-17", display_name=person.name)
    page.locator("main [name=terms]").check()
    page.locator("main form.nm-form").get_by_role("button").last.click()
    person.follow("Development mailbox")
    page.get_by_role("article").filter(has_text=person.email).get_by_role("link").first.click()
    page.locator("main a[href*=confirm-email]").first.click()
    page.locator("main form").get_by_role("button").first.click()
    person.log_in()
    person.open_message("Your account is ready")


def become_host(host: Person, team: Person) -> None:
    host.page.goto("/me/become-a-host/")
    host.fill(message="I have learnt to say no kindly.")
    host.press("Send my application")
    host.sees("We have your application.")
    team.log_in(DEMO_PASSWORD)
    team.open_message(f"{host.name} asks to become a host")
    team.sees("I have learnt to say no kindly.")
    team.press("Accept the application")
    host.open_message("You are a host now")


def offer_session(host: Person, title: str) -> None:
    page = host.page
    page.goto("/")
    host.follow("Change the time zone")
    page.locator("main [name=time_zone]").select_option(HOST_ZONE)
    page.locator("main form.nm-form").get_by_role("button").last.click()
    host.follow("Hosting")
    host.follow("Offer a session")
    host.fill(title=title, description="We look at one day together.", amount="15")
    page.get_by_label("30 minutes").check()
    host.press("Save and add times")
    host.sees("New York time")
    today = datetime.now(ZoneInfo(HOST_ZONE))
    for day in (today, today + timedelta(days=1)):
        times = page.get_by_role("group", name=f"{day:%A}", exact=True)
        times.get_by_role("button", name="Add a time").click()
        expect(times.locator("select")).to_have_count(2)
        for edge in times.locator("select").all():
            edge.select_option("00:00")
    page.locator("main").get_by_role("button", name="Save my usual week").last.click()
    host.sees("Next free times people will see")
    availability = page.url
    host.press("Publish the session")
    host.press("Connect a sandbox payout account")
    host.sees("Connected")
    page.goto(availability)
    host.press("Publish the session")
    host.sees("Your session is published.")


def ask(seeker: Person, title: str) -> None:
    page = seeker.page
    # The first free time begins with the next quarter of an hour. It must still be ahead when it is paid.
    until_then = QUARTER - time.time() % QUARTER
    if until_then < TO_ASK_AND_PAY:
        time.sleep(until_then)
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Find a session").click()
    seeker.follow(title)
    seeker.sees("London time")
    page.locator("main [name=start]").first.check()
    seeker.press("Continue with this time")
    seeker.press("Keep this time and continue")
    seeker.sees("We keep this time for you until")
    seeker.fill(note="My neighbours are loud.")
    seeker.press("Continue to the last step")
    seeker.sees("My neighbours are loud.")
    seeker.press("Send my request")
    seeker.sees("Your request is sent.")


def approve(host: Person, seeker: Person) -> None:
    host.open_message(f"{seeker.name} asks for")
    host.sees("My neighbours are loud.")
    host.press("Say yes")
    host.sees("You said yes.")


def pay(seeker: Person, host: Person) -> None:
    seeker.open_message(f"{host.name} said yes")
    seeker.follow("Pay £15.00")
    seeker.sees("£15.00")
    seeker.follow("Go back without paying")
    seeker.follow("Pay £15.00")
    seeker.press("Continue to pay £15.00")
    seeker.press("Decline the card")
    seeker.sees("The card was declined.")
    seeker.follow("Go back without paying")
    seeker.press("Continue to pay £15.00")
    seeker.press("Pay £15.00")
    seeker.sees("You are booked.")
    seeker.open_message("You paid £15.00")
    host.open_message(f"{seeker.name} paid")


def agree_to_another_time(seeker: Person, host: Person) -> None:
    host.follow("Suggest another time")
    choice = host.page.locator("main [name=start]").first
    choice.check()
    words = host.page.locator(f"label[for='{choice.get_attribute('id')}'] bdi").first.inner_text()
    host.press("Continue with this time")
    host.sees("Until they agree, the time stays as it is.")
    host.press("Suggest this time")
    host.sees("You suggested this time.")
    seeker.open_message("Another time for")
    seeker.sees(f"{host.name} suggests this time.")
    seeker.sees(words)
    seeker.press("Agree to the new time")
    seeker.sees("The new time is set.")
    facts = seeker.page.locator("main dl")
    expect(facts).to_contain_text(words)
    expect(seeker.page.locator("main")).not_to_contain_text("Another time is suggested")
    host.open_message("has a new time")
    host.sees(words)


def cancel(seeker: Person, host: Person) -> None:
    """Less than a day before it begins, so half of the price goes back."""
    seeker.follow("Cancel the session")
    seeker.sees("You get £7.50 back.")
    seeker.sees(f"{host.name} keeps £7.50.")
    seeker.sees("you get 50 % of the price back")
    seeker.follow("Keep the session")
    seeker.follow("Cancel the session")
    seeker.press("Cancel the session")
    seeker.sees("You have cancelled this session.")
    seeker.sees("You get £7.50 back.")
    host.open_message("is cancelled")
    host.sees(f"£7.50 goes back to {seeker.name}.")


def meet(seeker: Person, host: Person) -> None:
    for person, role in ((seeker, "Guest"), (host, "Host")):
        person.page.locator("main a[href$='/join/']").first.click()
        person.press("Join now")
        person.sees(person.name)
        person.sees(role)
        person.follow("Leave the room")
    host.follow("We have finished")
    host.sees("can write a review.")
    host.press("Finish the session")
    host.sees("The session is over.")


def review(seeker: Person, title: str) -> None:
    page = seeker.page
    page.goto("/sessions/bookings/?show=past")
    seeker.follow(title)
    seeker.follow("Write a review")
    page.locator("main [name=rating][value='4']").check()
    seeker.fill(text="We found two things to try.")
    page.locator("main form.nm-form").get_by_role("button").last.click()
    seeker.sees("Your review is shown now.")
    seeker.sees("We found two things to try.")
