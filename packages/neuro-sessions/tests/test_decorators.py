from uuid import UUID

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils.decorators import method_decorator

from neuro_sessions.decorators import parse_uuid_param, with_route_name

pytestmark = pytest.mark.feature("E15")
KEY = "0b7c3a52-9d5f-4f1e-8a55-1f0c6a3f7b11"


@parse_uuid_param("listing")
def compare(request, listing):
    """Compares."""
    return HttpResponse(repr(listing))


class RoutedPage:
    """Such as a page of Wagtail with routes of its own."""

    @method_decorator(parse_uuid_param("listing"))
    def compare(self, request, listing):
        return HttpResponse(repr(listing))


@with_route_name
def named(request, **kwargs):
    return HttpResponse(f"<{request.route_name}>")


urlpatterns = [path("named/<int:number>/", named, name="of-number"), path("unnamed/", named)]


def ask(view, query="", **kwargs):
    return view(RequestFactory().get(f"/compare/{query}"), **kwargs).content.decode()


def test_a_uuid_comes_from_the_route_or_from_the_query():
    expected = repr(UUID(KEY))
    assert ask(compare, f"?listing={KEY}") == expected
    assert ask(compare, f"?listing={KEY.upper()}") == expected
    assert ask(compare, "?listing=x", listing=KEY) == expected
    assert ask(compare, listing=UUID(KEY)) == expected
    assert ask(RoutedPage().compare, listing=KEY) == expected
    assert (compare.__name__, compare.__doc__) == ("compare", "Compares.")


@pytest.mark.parametrize("odd", ["", "x", KEY[:-1], f"{KEY}0", "%00", "-1", "9" * 5000, "’", f"{KEY} or 1=1", "{}"])
def test_text_that_is_no_uuid_is_not_found(odd):
    with pytest.raises(Http404):
        ask(compare, f"?listing={odd}")
    with pytest.raises(Http404):
        ask(compare, listing=odd)


def test_a_missing_uuid_is_not_found():
    with pytest.raises(Http404):
        ask(compare)
    with pytest.raises(Http404):
        ask(compare, listing=None)


@override_settings(ROOT_URLCONF=__name__)
def test_a_view_learns_the_name_of_its_route(client):
    assert client.get("/named/7/").content == b"<of-number>"
    assert client.get("/unnamed/").content == b"<>"
    assert ask(named) == "<>"
