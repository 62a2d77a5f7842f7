from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...meeting_place import meeting_place

LINK = "https://meet.example.org/a-room-that-does-not-exist"


class Command(BaseCommand):
    help = "Makes listings for trying things out: published, free of charge, open all week. Needs factory-boy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", type=int, default=20, help="How many listings to make.")

    def handle(self, *args: Any, size: int, **options: Any) -> None:
        try:
            from ...testing import PeerSessionFactory
        except ImportError as error:
            raise CommandError(
                "Install neuro-sessions[testing] first: the listings are made by factory-boy."
            ) from error
        people = ModelBackend().with_perm("neuro_sessions.add_peersession", include_superusers=False)
        hosts = list(people.order_by("pk"))
        if not hosts:
            raise CommandError("There are no hosts yet: make some first, for example with seed_users.")
        number = self._next_number()
        for index in range(size):
            PeerSessionFactory(
                host=hosts[index % len(hosts)],
                slug=f"example-{number + index}",
                title=f"Example {number + index}",
                meeting_link=LINK if meeting_place().asks_for_link else "",
                open_all_week=True,
            )
            self.stdout.write(f"\r{index + 1} of {size}", ending="")
        self.stdout.write(self.style.SUCCESS(f"\nMade {size} listings."))

    def _next_number(self) -> int:
        from ...models import PeerSession

        numbers = PeerSession.objects.filter(slug__regex=r"^example-[0-9]+$").values_list("slug", flat=True)
        return max((int(slug.removeprefix("example-")) for slug in numbers), default=0) + 1
