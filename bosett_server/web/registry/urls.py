"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.registry import views

urlpatterns = [
    path("municipalities/", views.overview, name="registry-overview"),
    path("municipalities/<str:code>/", views.detail, name="registry-municipality"),
]
