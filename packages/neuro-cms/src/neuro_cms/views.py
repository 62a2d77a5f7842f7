from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from neuro_cms import conf, countries, crisis
from neuro_cms.forms import CountryForm


def show_help(request: HttpRequest) -> HttpResponse:
    """Numbers for a crisis, by country; then how to reach a person of this site."""
    wanted = conf.get()
    covered = crisis.covered_countries()
    asked = request.GET.get("country", "")
    country = asked if asked in covered else wanted.crisis_country
    names = countries.names()
    # The site's own country may have no services yet. A select without it would show another country as chosen.
    offered = {code: name for code, name in names.items() if code in covered or code == country}
    context = {
        "country": names[country],
        "services": crisis.services_in(country),
        "form": CountryForm(countries=offered, chosen=country) if covered else None,
        "support_email": wanted.support_email,
        "support_answers_within_days": wanted.support_answers_within_days,
    }
    return render(request, "neuro_cms/help.html", context)
