import os

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend

pytestmark = [pytest.mark.django_db, pytest.mark.feature("A6")]

LIST = "/dev/mailbox/"


@pytest.fixture
def folder(settings, tmp_path):
    settings.DEBUG = True
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": str(tmp_path)}}}
    return tmp_path


def write(folder, *texts, at=0):
    """One file of mails, as the file backend writes it."""
    mails = [EmailMultiAlternatives(f"Subject {text}", text, "a@example.org", ["b@example.org"]) for text in texts]
    for message in mails:
        message.attach_alternative("<script>alert(1)</script>", "text/html")
    connection = EmailBackend(file_path=str(folder))
    connection.send_messages(mails)
    os.utime(connection._get_filename(), (at, at))


def test_mails_are_listed_the_newest_first(client, folder):
    write(folder, "one", "two", at=100)
    write(folder, "three", at=200)
    page = client.get(LIST).text
    assert page.index("Subject three") < page.index("Subject two") < page.index("Subject one")


def test_the_text_is_shown_safely_with_links(client, folder):
    write(folder, "<b>Bold</b> http://testserver/confirm-email/MQ:1abc:x-y_z/")
    mail = client.get(LIST).context["mails"][0]
    page = client.get(f"{LIST}{mail.file}/{mail.number}/").text
    assert 'href="http://testserver/confirm-email/MQ:1abc:x-y_z/"' in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page
    assert "<script>" not in page
    assert "This mail also has an HTML part." in page


def test_an_empty_mailbox_says_so(client, folder):
    assert "There are no mails yet." in client.get(LIST).text


@pytest.mark.parametrize("rest", ["nothing/0/", "..%2F..%2Fetc/0/", "x/99999999999999999999999/", "%00/0/"])
def test_an_unknown_mail_is_not_found(client, folder, rest):
    write(folder, "one")
    assert client.get(f"{LIST}{rest}").status_code == 404


def test_a_number_beyond_the_file_is_not_found(client, folder):
    write(folder, "one")
    mail = client.get(LIST).context["mails"][0]
    assert client.get(f"{LIST}{mail.file}/{10**30}/").status_code == 404


def test_outside_development_there_is_no_mailbox(client, folder, settings):
    write(folder, "one")
    mail = client.get(LIST).context["mails"][0]
    settings.DEBUG = False
    assert client.get(LIST).status_code == 404
    assert client.get(f"{LIST}{mail.file}/{mail.number}/").status_code == 404
