from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from ...models import SessionsIndexPage


class Command(BaseCommand):
    help = "Publishes every sessions index page; makes one under the default site's home page where there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        if not SessionsIndexPage.objects.exists():
            self._create()
        for page in SessionsIndexPage.objects.not_live():
            # What editors have drafted goes out as it is.
            (page.get_latest_revision() or page.save_revision()).publish()
            self.stdout.write(f"Published “{page}”.")
        self.stdout.write(self.style.SUCCESS("The sessions index is published."))

    def _create(self) -> None:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            raise CommandError("There is no default site. Make one in the Wagtail admin first.")
        slug = reverse("neuro_sessions:list").strip("/")
        if "/" in slug:
            raise CommandError(f"The sessions are mounted at /{slug}/: make the index page by hand at that path.")
        if site.root_page.get_children().filter(slug=slug).exists():
            raise CommandError(f"Another page stands at /{slug}/ already: give it another slug first.")
        page = SessionsIndexPage(title=_("Find a session"), slug=slug, live=False)
        site.root_page.add_child(instance=page)
