from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from neuro_cms.ui import conf

TEMPLATES = ["503.html", "neuro_cms/ui/pages/503.html"]


class MaintenanceMiddleware:
    """Answers 503 with a page while the file of ``MAINTENANCE_FILE`` is there: touch it, and every process sees it.

    It belongs above everything that needs the database, and below what serves static files.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = conf.get()
        if not wanted.maintenance_file or not Path(wanted.maintenance_file).exists():
            return self.get_response(request)
        response = HttpResponse(render_to_string(TEMPLATES), status=503)
        response.headers["Retry-After"] = str(wanted.maintenance_retry_seconds)
        add_never_cache_headers(response)
        return response
