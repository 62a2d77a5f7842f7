from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from ...views import listings


class SessionsIndexPage(Page):
    """The editors' page over the list of sessions. Its path must be the one where the sessions are mounted."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    # Addresses under this page belong to listings.
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("sessions index page")
        verbose_name_plural = _("sessions index pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return listings.index(request, page=self)
