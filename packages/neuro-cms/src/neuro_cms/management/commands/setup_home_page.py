from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from neuro_cms.home import FirstTexts, RootPageInUse, set_up_home_page


class Command(BaseCommand):
    help = "Put a published home page where Wagtail's welcome page is. Repeating it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--title", default=_("Home"))
        parser.add_argument("--heading", default=_("Talk with someone who understands"))
        parser.add_argument(
            "--subheading", default=_("Calm video sessions with peers who know neurodivergent life from the inside.")
        )
        parser.add_argument(
            "--intro", default=_("Choose a time that suits you. Nothing is booked until you and your host both agree.")
        )
        parser.add_argument("--button-text", default="", help="words on the button, with --button-link")
        parser.add_argument("--button-link", default="", help="a path such as /sessions/")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = FirstTexts(
            title=options["title"],
            hero_heading=options["heading"],
            hero_subheading=options["subheading"],
            intro=options["intro"],
            button_text=options["button_text"],
            button_link=options["button_link"],
        )
        try:
            page, created = set_up_home_page(texts)
        except RootPageInUse as refusal:
            self.stdout.write(f"{refusal} Nothing was changed.")
            return
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        if created:
            self.stdout.write(f"The home page “{page.title}” is published.")
        else:
            self.stdout.write(f"The home page “{page.title}” is already there. Nothing was changed.")
