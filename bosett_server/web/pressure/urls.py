"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.pressure import views

urlpatterns = [
    path("pressure/", views.overview, name="pressure-overview"),
    path("pressure/alerts/", views.alerts, name="pressure-alerts"),
    path("pressure/<str:code>/parts/", views.parts, name="pressure-parts"),
    path("pressure/<str:code>/", views.pulse, name="pressure-pulse"),
]
