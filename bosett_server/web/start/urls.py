"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.start import views

urlpatterns = [path("", views.start, name="start")]
