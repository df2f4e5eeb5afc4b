"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.statistics import views

urlpatterns = [
    path("statistics/", views.overview, name="statistics-overview"),
    path("statistics/publish/", views.publish, name="statistics-publish"),
    path("statistics/<str:name>.<str:kind>", views.download, name="statistics-file"),
]
