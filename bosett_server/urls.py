"""Every address: each web room brings its own, the API stands under /api/v1."""

from django.conf import settings
from django.urls import include, path

from bosett_server.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    *[path("", include(f"bosett_server.web.{room}.urls")) for room in settings.WEB_ROOMS],
]
handler403 = "bosett_server.web.error_pages.not_permitted"
handler404 = "bosett_server.web.error_pages.not_found"
handler500 = "bosett_server.web.error_pages.our_fault"
