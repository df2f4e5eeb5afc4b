"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.inbox import views

urlpatterns = [
    path("inbox/", views.overview, name="inbox-overview"),
    path("inbox/read/", views.read, name="inbox-read"),
]
