import uuid

import pytest
from django.apps import apps
from django.core import mail
from django.utils import timezone

from neuro_accounts import announcements, hosting, inbox
from neuro_accounts.models import Delivery, HostApplication, Profile
from neuro_accounts.notifications import deliver_due, notify
from neuro_accounts.testing import HostApplicationFactory, ProfileFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGES = ["/me/profile/", "/me/inbox/", "/me/become-a-host/", "/me/host-applications/"]
ODD = ["\x00", "9" * 400, "-1", "é" * 3000, "{{7*7}}", "2026-02-31", "' OR 1=1"]


def everything():
    """All rows of all models, to show that nothing was written."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._meta.label != "sessions.Session"
    }


def messages_for(person, count=1):
    for number in range(count):
        notify("test.greeting", person, source_type="test", source_id=number, now=timezone.now())
    deliver_due(now=timezone.now())


@pytest.mark.parametrize("address", PAGES)
def test_guests_are_asked_to_log_in(client, address):
    assert client.get(address).url == f"/login/?next={address}"


@pytest.mark.parametrize("address", [*PAGES, "/me/time-zone/", "/me/host-applications/{pk}/"])
def test_get_changes_nothing(client, staff, address):
    application = HostApplicationFactory()
    messages_for(staff)
    client.force_login(staff)
    before = everything()
    answer = client.get(address.format(pk=application.pk))
    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert everything() == before


@pytest.mark.parametrize("address", ["/me/inbox/read-all/", f"/me/inbox/{uuid.uuid4()}/read/"])
def test_acts_need_a_post(signed_in, address):
    assert signed_in.get(address).status_code == 405


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("address", [*PAGES, "/me/time-zone/"])
def test_odd_input_never_breaks_a_page(client, staff, address, odd):
    client.force_login(staff)
    fields = ["time_zone", "display_name", "pronouns", "bio", "message", "answer", "decision", "page", "next"]
    assert client.get(address, {"page": odd, "next": odd}).status_code == 200
    assert client.post(address, dict.fromkeys(fields, odd)).status_code in (200, 302, 405)
    assert client.post(address, {}).status_code in (200, 302, 405)


@pytest.mark.parametrize("pk", ["1", "not-a-uuid", str(uuid.uuid4()), "0" * 32, "%00"])
def test_an_unknown_id_is_not_found(client, staff, pk):
    client.force_login(staff)
    assert client.get(f"/me/host-applications/{pk}/").status_code == 404
    assert client.post(f"/me/inbox/{pk}/read/").status_code == 404


@pytest.mark.feature("A3")
class TestProfile:
    def test_it_is_saved(self, signed_in, person):
        typed = {"display_name": " Ada \t L ", "pronouns": "she/her", "bio": "Hello", "time_zone": "Asia/Tokyo"}
        answer = signed_in.post("/me/profile/", typed, follow=True)
        assert "Your profile is saved." in answer.text
        stored = Profile.objects.get(user=person)
        assert (stored.display_name, stored.pronouns, stored.time_zone) == ("Ada L", "she/her", "Asia/Tokyo")

    def test_an_error_keeps_what_was_typed(self, signed_in):
        answer = signed_in.post("/me/profile/", {"display_name": "x" * 81, "bio": "Keep this", "time_zone": ""})
        assert "Error:" in answer.text
        assert "Keep this" in answer.text
        assert not Profile.objects.exists()

    def test_saving_keeps_what_the_page_does_not_show(self, signed_in, person):
        ProfileFactory(user=person, language="de")
        signed_in.post("/me/profile/", {"display_name": "Ada"})
        assert Profile.objects.get().language == "de"


@pytest.mark.feature("A5")
class TestInbox:
    def test_messages_are_listed_with_the_unread_count(self, signed_in, person):
        messages_for(person, count=2)
        page = signed_in.get("/me/inbox/")
        assert "Your messages: 2 unread" in page.text
        assert page.text.count('<a href="/somewhere/">Hello from Ada</a>') == 2
        assert page.context["unread_count"]() == 2

    def test_one_is_marked_as_read_and_the_page_number_is_kept(self, signed_in, person):
        messages_for(person, count=2)
        message = Delivery.objects.inbox_of(person)[0]
        answer = signed_in.post(f"/me/inbox/{message.pk}/read/", {"page": "2"})
        assert answer.url == "/me/inbox/?page=2"
        first_time = Delivery.objects.get(pk=message.pk).read_at
        signed_in.post(f"/me/inbox/{message.pk}/read/")
        assert Delivery.objects.get(pk=message.pk).read_at == first_time
        assert inbox.unread_count(person) == 1

    def test_all_are_marked_as_read(self, signed_in, person):
        messages_for(person, count=3)
        signed_in.post("/me/inbox/read-all/")
        assert inbox.unread_count(person) == 0

    def test_long_lists_have_pages(self, signed_in, person):
        messages_for(person, count=13)
        first, second = signed_in.get("/me/inbox/"), signed_in.get("/me/inbox/?page=2")
        assert "Page 1 of 2" in first.text
        assert len(second.context["page"].object_list) == 1

    def test_the_messages_of_others_are_not_found(self, signed_in):
        other = UserFactory()
        messages_for(other)
        message = Delivery.objects.inbox_of(other).get()
        assert signed_in.post(f"/me/inbox/{message.pk}/read/").status_code == 404
        assert inbox.unread_count(other) == 1
        signed_in.post("/me/inbox/read-all/")
        assert inbox.unread_count(other) == 1
        assert "Hello from Ada" not in signed_in.get("/me/inbox/").text

    def test_mails_are_no_inbox_messages(self, signed_in, person):
        messages_for(person)
        by_mail = Delivery.objects.get(channel="email")
        assert signed_in.post(f"/me/inbox/{by_mail.pk}/read/").status_code == 404


@pytest.mark.feature("A15")
class TestBecomeHost:
    PAGE = "/me/become-a-host/"

    def test_the_whole_way(self, client, person, staff):
        client.force_login(person)
        answer = client.post(self.PAGE, {"message": "I would like to help."}, follow=True)
        assert "We have your application." in answer.text
        assert "<form" not in answer.text
        application = HostApplication.objects.get()

        client.force_login(staff)
        assert str(application.pk) in client.get("/me/host-applications/").text
        page = f"/me/host-applications/{application.pk}/"
        answer = client.post(page, {"answer": "Welcome to us", "decision": "accept"}, follow=True)
        assert "Your answer is saved." in answer.text

        client.force_login(person)
        page = client.get(self.PAGE).text
        assert "You are a host." in page
        assert "Welcome to us" in page

    def test_asking_twice_shows_the_true_state(self, signed_in):
        signed_in.post(self.PAGE, {"message": "One"})
        answer = signed_in.post(self.PAGE, {"message": "Two"}, follow=True)
        assert "We have your application." in answer.text
        assert HostApplication.objects.count() == 1

    def test_deciding_twice_shows_the_true_state(self, client, staff):
        application = HostApplicationFactory()
        hosting.decline(application, by=staff, now=timezone.now())
        client.force_login(staff)
        answer = client.post(f"/me/host-applications/{application.pk}/", {"decision": "accept"}, follow=True)
        assert "This application was decided before." in answer.text
        assert "Declined" in answer.text
        assert not hosting.is_host(application.applicant)

    def test_a_decision_that_is_none_is_an_error_and_keeps_the_answer(self, client, staff):
        application = HostApplicationFactory()
        client.force_login(staff)
        answer = client.post(f"/me/host-applications/{application.pk}/", {"decision": "eat", "answer": "My words"})
        assert "Choose one of the two buttons" in answer.text
        assert "My words" in answer.text
        assert HostApplication.objects.get().is_pending

    def test_only_staff_open_the_queue_and_its_applications(self, signed_in, person):
        own, other = HostApplicationFactory(applicant=person), HostApplicationFactory()
        assert signed_in.get("/me/host-applications/").status_code == 403
        for application in (own, other):
            page = f"/me/host-applications/{application.pk}/"
            assert signed_in.get(page).status_code == 404
            assert signed_in.post(page, {"decision": "accept"}).status_code == 404
        assert HostApplication.objects.filter(state="pending").count() == 2

    def test_those_that_wait_come_first(self, client, staff):
        decided, waiting = HostApplicationFactory(), HostApplicationFactory()
        hosting.accept(decided, by=staff, now=timezone.now())
        client.force_login(staff)
        assert list(client.get("/me/host-applications/").context["page"]) == [waiting, decided]

    def test_the_queue_asks_as_often_for_ten_as_for_one(self, client, staff, django_assert_max_num_queries):
        HostApplicationFactory.create_batch(10)
        client.force_login(staff)
        with django_assert_max_num_queries(9):
            client.get("/me/host-applications/")

    def test_a_mail_server_that_is_down_does_not_break_the_page(
        self, signed_in, staff, mail_server_down, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            answer = signed_in.post(self.PAGE, {"message": "Please"})
        assert answer.status_code == 302
        row = Delivery.objects.get(channel="email")
        assert (row.recipient, row.type) == (staff, announcements.HOST_APPLICATION_RECEIVED.key)
        assert row.next_attempt_at > timezone.now()
        assert mail.outbox == []
        assert inbox.unread_count(staff) == 1


@pytest.mark.parametrize("then", ["foo", "neuro_accounts:inbox", "//elsewhere.example/", "https://elsewhere.example/"])
def test_an_odd_place_to_go_on_to_leads_back_to_the_page(client, then):
    response = client.post("/me/time-zone/", {"time_zone": "Europe/Paris", "next": then})
    assert response.url == "/me/time-zone/"
