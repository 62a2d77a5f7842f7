from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from neuro_cms.models import HomePage


@dataclass(frozen=True, kw_only=True)
class FirstTexts:
    """What a new home page says until an editor changes it. The button is left out when it leads nowhere."""

    title: str
    hero_heading: str
    hero_subheading: str
    intro: str
    button_text: str = ""
    button_link: str = ""


class RootPageInUse(Exception):
    code = "root_page_in_use"

    def __init__(self) -> None:
        super().__init__(_("The website already has a start page of another kind."))


def set_up_home_page(texts: FirstTexts) -> tuple[HomePage, bool]:
    """Put a published ``HomePage`` where Wagtail's welcome page is. Returns the page and whether it is new.

    An existing home page is left exactly as it is. Pages below the welcome page move below the new one.
    Raises ``RootPageInUse`` when the default site starts at a page that is not Wagtail's welcome page, and
    ``django.core.exceptions.ValidationError`` for texts that an editor could not save either.
    """
    with transaction.atomic():
        existing = HomePage.objects.first()
        if existing is not None:
            return existing, False
        site = Site.objects.filter(is_default_site=True).first()
        if site is not None and site.root_page.specific_class is not Page:
            raise RootPageInUse
        return _replace_welcome_page(site, texts), True


def _replace_welcome_page(site: Any, texts: FirstTexts) -> HomePage:
    welcome = site.root_page if site is not None and not site.root_page.is_root() else None
    if welcome is not None:
        # The new page wants this slug, and must stand beside the old one until the site points to it.
        welcome.slug = "wagtail-welcome"
        welcome.save(update_fields=["slug"])
    home = HomePage(
        title=texts.title,
        hero_heading=texts.hero_heading,
        hero_subheading=texts.hero_subheading,
        button_text=texts.button_text,
        button_link=texts.button_link,
        intro=texts.intro,
    )
    Page.get_first_root_node().add_child(instance=home)
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    else:
        site.root_page = home
        site.save()
    if welcome is not None:
        for child in welcome.get_children():
            child.move(home, pos="last-child")
        Page.objects.get(pk=welcome.pk).delete()
    HomePage.objects.get(pk=home.pk).save_revision().publish()
    home.refresh_from_db()
    return home
