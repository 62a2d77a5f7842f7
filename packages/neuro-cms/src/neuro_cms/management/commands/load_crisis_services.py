from typing import Any

from django.core.management.base import BaseCommand

from neuro_cms import countries
from neuro_cms.crisis import load_shipped_services


class Command(BaseCommand):
    help = "Add the crisis services that come with this package. A country that has any row is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        names = countries.names()
        added = [names[code] for code in load_shipped_services()]
        if added:
            self.stdout.write(f"Crisis services added for {', '.join(added)}. Nobody has checked them yet.")
        else:
            self.stdout.write("There are crisis services for every country of ours. Nothing was changed.")
