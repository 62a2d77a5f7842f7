from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from neuromancers import demo


class Command(BaseCommand):
    help = "Fills the development site with demo people and sessions. Repeating it adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--superuser", action="store_true", help="also make the superuser for development")

    def handle(self, *args: Any, superuser: bool, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The passwords of the demo people are public: this works in development only.")
        call_command("setup_home_page", button_text="Find a session", button_link="/sessions/", stdout=self.stdout)
        call_command("publish_sessions_index", stdout=self.stdout)
        call_command("load_crisis_services", stdout=self.stdout)
        demo.seed(superuser=superuser, now=timezone.now())
        self._print_accounts(superuser=superuser)

    def _print_accounts(self, *, superuser: bool) -> None:
        self.stdout.write("\nDemo people, all invented. Log in with:")
        for person in demo.PEOPLE:
            self.stdout.write(f"  {person.username:<12} {demo.PASSWORD:<18} {person.role}")
        if superuser:
            username, _email, password = demo.SUPERUSER
            self.stdout.write(f"  {username:<12} {password:<18} superuser")
