"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.search import views

urlpatterns = [path("search/", views.results, name="search-results")]
