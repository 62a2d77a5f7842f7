"""For views of any app: a UUID that comes as text, and the name of the route that led to a view."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def parse_uuid_param(name: str) -> Callable[[View[...]], View[...]]:
    """``@parse_uuid_param("listing")``: the view gets ``listing`` as a ``UUID``. Other text, or none, is a 404.

    The text is the argument of that name where the route gives one, else the parameter of that name in the query::

        @parse_uuid_param("listing")
        def compare(request, listing): ...  # /compare/?listing=0b7c…

    Around a method, such as a route of a Wagtail page, put ``method_decorator(parse_uuid_param("listing"))``.
    """

    def decorate(view: View[...]) -> View[...]:
        @wraps(view)
        def with_uuid(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            given = kwargs.get(name, request.GET.get(name, ""))
            return view(request, *args, **(kwargs | {name: _uuid_or_404(given)}))

        return with_uuid

    return decorate


def with_route_name(view: View[...]) -> View[...]:
    """The view finds the name of the route that led to it, such as ``neuro_sessions:detail``, as
    ``request.route_name``; empty where the route has no name or the view was called by other code.
    """

    @wraps(view)
    def named(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = request.resolver_match
        # view_name of a route without a name is the path of its function.
        request.route_name = match.view_name if match and match.url_name else ""  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return named


def _uuid_or_404(given: object) -> UUID:
    if isinstance(given, UUID):
        return given
    try:
        return UUID(str(given))
    except ValueError as error:
        raise Http404 from error
