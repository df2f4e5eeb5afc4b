"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.agreement import views

urlpatterns = [path("agreement/", views.overview, name="agreement-overview")]
