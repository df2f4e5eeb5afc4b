"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.distribution import views

urlpatterns = [
    path("requests/<int:year>/draft/", views.draft, name="distribution-draft"),
    path("requests/<int:year>/draft/send/", views.send, name="distribution-send"),
    path("requests/<int:year>/draft/discard/", views.discard, name="distribution-discard"),
    path("requests/<int:year>/draft/<str:code>/", views.line, name="distribution-line"),
]
