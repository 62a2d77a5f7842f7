from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

STEP = 10


class Command(BaseCommand):
    help = "Makes invented people with profiles, for trying out and for development."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, default=10, help="How many people to make (default: 10).")
        parser.add_argument("--groups", nargs="*", default=[], help='Names of groups, for example "Peer".')
        parser.add_argument("--password", default=None, help="Password of all of them. Default: nobody can log in.")

    def handle(self, *args: Any, count: int, groups: list[str], password: str | None, **options: Any) -> None:
        try:
            from neuro_accounts.testing import ProfileFactory
        except ModuleNotFoundError as error:
            raise CommandError("seed_users needs factory-boy: pip install 'neuro-accounts[testing]'.") from error
        if count < 1:
            raise CommandError("--count must be at least 1.")
        for number in range(1, count + 1):
            ProfileFactory.create(user__groups=groups, user__password=password)
            if number % STEP == 0 or number == count:
                self.stdout.write(f"{number} of {count} people made.")
