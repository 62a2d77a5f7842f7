"""The addresses of the site, and one for each error page: while debugging, Django shows pages of its own instead."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import select_template
from django.urls import path

from neuromancers.urls import urlpatterns as of_the_site

ERROR_PAGES = ["400", "403", "403_csrf", "404", "429", "500", "503"]


def error_page(request: HttpRequest, name: str) -> HttpResponse:
    """What people see in production, but for the status, which a browser's console would report."""
    # These are shown when nothing can be relied on, not even a request.
    alone = name in ("400", "500", "503")
    template = select_template([f"{name}.html", f"neuro_cms/ui/pages/{name}.html"])
    return HttpResponse(template.render(None if alone else {}, None if alone else request))


urlpatterns = [path("error-pages/<str:name>/", error_page), *of_the_site]
