"""The same names at the same addresses as ``neuro_sessions.urls``; the index is the editors' page where one is live."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from wagtail.views import serve

from ... import urls as plain
from ...views import listings

app_name = "neuro_sessions"


def index(request: HttpRequest) -> HttpResponse:
    try:
        response: HttpResponse = serve(request, request.path_info.lstrip("/"))
    except Http404:
        return listings.index(request)
    return response


urlpatterns = [path("", index, name="list"), *(route for route in plain.urlpatterns if route.name != "list")]
