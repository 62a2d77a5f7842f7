from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from neuro_cms.body import BodyField
from neuro_cms.links import validate_address


class HomePage(Page):
    """The start page: what this place is in one sentence, one way on, then what editors want to say."""

    hero_heading = models.CharField(_("heading"), max_length=120, help_text=_("Say in one sentence what this is."))
    hero_subheading = models.CharField(_("subheading"), max_length=255, blank=True)
    button_text = models.CharField(
        _("words on the button"), max_length=40, blank=True, help_text=_("Say what happens, like “Find a session”.")
    )
    button_link = models.CharField(
        _("where the button leads"),
        max_length=255,
        blank=True,
        validators=[validate_address],
        help_text=_("A path of this website, like /sessions/, or an address that starts with https://."),
    )
    intro = models.TextField(_("introduction"), blank=True)
    body = BodyField(blank=True, verbose_name=_("body"))

    template = "neuro_cms/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("hero_heading", "hero_subheading", "button_text", "button_link")],
            heading=_("Top of the page"),
        ),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def clean(self) -> None:
        super().clean()
        if bool(self.button_text) != bool(self.button_link):
            raise ValidationError({"button_link": _("A button needs words and an address, or neither.")})
