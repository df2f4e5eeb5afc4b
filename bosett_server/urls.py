"""Every address: each web room brings its own, the API stands under /api/v1."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from bosett_server.api import api
from bosett_server.api.problems import our_fault as api_fault
from bosett_server.web import error_pages

urlpatterns = [
    path("api/v1/", api.urls),
    *[path("", include(f"bosett_server.web.{room}.urls")) for room in settings.WEB_ROOMS],
]
handler403 = "bosett_server.web.error_pages.not_permitted"
handler404 = "bosett_server.web.error_pages.not_found"


def handler500(request: HttpRequest) -> HttpResponse:
    """A fault before any page or call was reached: a problem for machines, a page for people."""
    return api_fault() if request.path.startswith("/api/") else error_pages.our_fault(request)  # type: ignore[arg-type]
