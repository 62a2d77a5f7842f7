"""What the Content Security Policies let a browser do, shown with servers of other origins."""

from contextlib import ExitStack

import pytest
from django.utils.csp import CSP, build_policy
from playwright.sync_api import Browser, Page, expect

from e2e.origins import Answer, Origin, origin, page
from neuromancers.settings.policies import PUBLIC_POLICY

pytestmark = [pytest.mark.e2e, pytest.mark.feature("W3")]

ADD_FRAME = "url => document.body.append(Object.assign(document.createElement('iframe'), {src: url}))"
USES = "document.featurePolicy.allowedFeatures()"


@pytest.fixture
def tab(browser: Browser, site):
    """A tab of a browser that nobody watches: what is blocked here is blocked on purpose."""
    context = browser.new_context(base_url=site.url)
    yield context.new_page()
    context.close()


def blocked(page: Page, act: str, argument: object = None) -> str:
    """The directive that stopped what this script does."""
    told = "document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective))"
    directive: str = page.evaluate(f"argument => new Promise(done => {{ {told}; ({act})(argument) }})", argument)
    return directive


@pytest.mark.feature("V4")
def test_meeting_is_shown_in_the_room_with_camera_and_microphone(site, tab: Page, meetings: Origin):
    tab.goto(site.paths["neuro_video:room"])
    expect(tab.frame_locator("iframe").get_by_role("heading")).to_have_text("A meeting elsewhere")
    assert meetings.asked[-1].endswith("?role=guest")
    allowed = set(tab.frames[1].evaluate(USES))
    assert {"camera", "microphone", "display-capture", "fullscreen"} <= allowed
    assert "geolocation" not in allowed


@pytest.mark.feature("V4")
def test_meeting_is_shown_on_no_other_page(site, tab: Page, meetings: Origin):
    for path in ("/", site.paths["neuro_video:local-room"]):
        tab.goto(path)
        before = len(meetings.asked)
        assert blocked(tab, ADD_FRAME, meetings.url) == "frame-src"
        assert len(meetings.asked) == before


def test_room_frames_no_other_origin(site, tab: Page):
    with origin(lambda path: (200, {}, page("Another place"))) as another:
        tab.goto(site.paths["neuro_video:room"])
        assert blocked(tab, ADD_FRAME, another.url) == "frame-src"
        assert another.asked == []


def test_form_may_lead_to_the_payment_hosts_and_nowhere_else(browser: Browser):
    """Our policy, with a server on this machine in the place of Stripe: a payment begins with a redirected form."""
    paying = ["https://checkout.stripe.com", "https://connect.stripe.com"]
    assert PUBLIC_POLICY["form-action"] == [CSP.SELF, *paying]
    with ExitStack() as stack:
        paid, strange = (stack.enter_context(origin(lambda path: (200, {}, page("Arrived")))) for _number in range(2))
        policy = build_policy({**PUBLIC_POLICY, "form-action": [CSP.SELF, paid.url]})

        def ours(path: str) -> Answer:
            targets = {"/to-the-host": paid.url, "/elsewhere": strange.url}
            if path in targets:
                return 303, {"Location": f"{targets[path]}/checkout"}, ""
            forms = "".join(f'<form method="post" action="{to}"><button>{to}</button></form>' for to in targets)
            return 200, {"Content-Security-Policy": policy}, page("Pay") + forms

        shop = stack.enter_context(origin(ours))
        tab = browser.new_page()
        tab.goto(shop.url)
        tab.get_by_role("button", name="/to-the-host").click()
        expect(tab.get_by_role("heading")).to_have_text("Arrived")
        tab.goto(shop.url)
        press = "name => document.querySelector(`form[action='${name}'] button`).click()"
        assert blocked(tab, press, "/elsewhere") == "form-action"
        assert strange.asked == []
        tab.close()
