from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusFlagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from neuro_cms import crisis
from neuro_cms.models import CrisisService


class CrisisServiceFilterSet(WagtailFilterSet):
    country = django_filters.ChoiceFilter(label=_("Country"), choices=lambda: crisis.covered_countries().items())
    to_check = django_filters.ChoiceFilter(
        label=_("Last checked"), choices=[("yes", _("Never, or over six months ago"))], method="filter_to_check"
    )

    class Meta:
        model = CrisisService
        fields = ["country", "kind"]

    def filter_to_check(self, queryset: Any, name: str, value: str) -> QuerySet[CrisisService]:
        found: QuerySet[CrisisService] = queryset.to_check(on=timezone.localdate())
        return found


class CrisisServiceViewSet(SnippetViewSet):
    model = CrisisService
    icon = "help"
    add_to_admin_menu = True
    filterset_class = CrisisServiceFilterSet
    search_fields = ["name"]
    list_display = [
        "name",
        Column("country", label=_("Country"), accessor="get_country_display", sort_key="country"),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        "phone",
        Column("last_checked", label=_("Last checked"), sort_key="last_checked"),
        StatusFlagColumn(
            "needs_a_check",
            label=_("Check"),
            accessor=lambda service: service.needs_a_check(on=timezone.localdate()),
            true_label=_("Needs a check"),
        ),
    ]


register_snippet(CrisisServiceViewSet)
