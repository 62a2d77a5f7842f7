import re
from html import unescape
from urllib.parse import urlsplit

from django.core import mail
from django.test import Client

from neuro_accounts.models import Delivery
from tests.pages import Page

PASSWORD = "a-long-unlikely-phrase"


class Visitor:
    """A person with a browser, who reads pages and fills in their forms. Fails when an answer is not a page."""

    def __init__(self, username: str) -> None:
        self.username = username
        self.email = f"{username}@example.org"
        self.browser = Client()
        self.text = ""
        self.path = ""

    def open(self, path: str) -> str:
        return self._read(self.browser.get(path, follow=True))

    def send(self, path: str, **fields: object) -> str:
        return self._read(self.browser.post(path, fields, follow=True))

    def link(self, pattern: str) -> str:
        """The first address on the page that matches."""
        addresses = re.findall(r'(?:href|action)="([^"]+)"', self.text)
        found = next((unescape(address) for address in addresses if re.search(pattern, address)), None)
        assert found, f"{self.path} has no link like {pattern}"
        return found

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no hidden field {name!r} on {self.path}"
        return found[1]

    def follow(self, pattern: str) -> str:
        return self.open(self.link(pattern))

    def sees(self, words: str) -> bool:
        return words in unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.text)))

    def log_in(self) -> str:
        return self.send("/login/", login=self.username, password=PASSWORD)

    def sign_up(self, *, display_name: str) -> None:
        self.open("/signup/")
        version = re.search(r'name="terms"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="terms"', self.text)
        assert version
        self.send(
            "/signup/",
            username=self.username,
            email=self.email,
            password1=PASSWORD,
            password2=PASSWORD,
            date_of_birth="1990-05-17",
            display_name=display_name,
            terms=version[1] or version[2],
        )

    def confirm_address(self) -> None:
        link = re.search(r"https?://\S+/confirm-email/\S+", self.last_mail("confirm").body)
        assert link
        self.open(urlsplit(link[0]).path)
        self.send(self.path)

    def last_mail(self, words: str) -> mail.EmailMessage:
        """The newest mail to this person with these words in its subject."""
        to_me = [message for message in mail.outbox if message.to == [self.email]]
        found = [message for message in to_me if words.lower() in message.subject.lower()]
        assert found, f"no mail like “{words}” to {self.username}, only {[message.subject for message in to_me]}"
        return found[-1]

    def is_told(self, words: str) -> str:
        """By mail and in the inbox; the path of the page that the message leads to, which opens."""
        message = self.last_mail(words)
        self.open("/me/inbox/")
        assert self.sees(message.subject), f"{message.subject} is not in the inbox of {self.username}"
        delivery = Delivery.objects.get(recipient__username=self.username, channel="site", title=message.subject)
        assert delivery.path in message.body
        self.open(delivery.path)
        return delivery.path

    def _read(self, response: object) -> str:
        assert response.status_code == 200, (response.status_code, response.request["PATH_INFO"])
        self.text = response.text
        self.path = response.request["PATH_INFO"]
        assert Page(self.text).tags.count("h1") == 1
        return self.text
