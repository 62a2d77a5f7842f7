from typing import Any

from django.core.management.base import BaseCommand

from neuro_accounts.groups import setup_default_groups


class Command(BaseCommand):
    help = "Makes the groups of NEURO_ACCOUNTS['GROUPS'] with their permissions. Repeating it is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        names = ", ".join(group.name for group in setup_default_groups())
        self.stdout.write(f"Groups are set up: {names}.")
