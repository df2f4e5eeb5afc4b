"""Addresses of the log."""

from django.urls import path

from bosett_server.web.audit import views

urlpatterns = [
    path("audit/", views.overview, name="audit-overview"),
    path("audit/export.csv", views.export, name="audit-export"),
]
