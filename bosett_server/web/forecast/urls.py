"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.forecast import views

urlpatterns = [
    path("need/", views.overview, name="forecast-overview"),
    path("need/new/", views.state_need, name="forecast-state-need"),
]
