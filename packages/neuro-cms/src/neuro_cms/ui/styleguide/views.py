from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from neuro_cms.ui import colours
from neuro_cms.ui.styleguide import forms, looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One colour as text: its contrast on each ground."""

    token: str
    colour: str
    ratios: dict[str, float]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every component in every state, in the look that the query chooses. Outside development there is no such page."""
    if not settings.DEBUG:
        raise Http404
    choices = looks.chosen(request.GET)
    context = {
        "display": looks.display(choices),
        "links": looks.links(choices),
        "rows": contrasts(looks.palette(choices)),
        "sample_form": forms.with_errors() if "form" in choices else forms.SampleForm(),
        "filter_form": forms.FilterForm(prefix="filter"),
    }
    return render(request, "neuro_cms_styleguide/page.html", context)


def contrasts(theme: str) -> list[Row]:
    palette = colours.palettes()[theme]
    return [
        Row(
            token=token,
            colour=palette[token],
            ratios={ground: colours.contrast(palette[token], palette[ground]) for ground in colours.GROUNDS},
        )
        for token in (*colours.TEXTS, *colours.LINES)
    ]
