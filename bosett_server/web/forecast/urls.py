"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.forecast import ledger, months, outlook, views

urlpatterns = [
    path("need/", views.overview, name="forecast-overview"),
    path("need/ledger/", ledger.overview, name="forecast-ledger"),
    path("need/ledger/new/", ledger.new, name="forecast-ledger-new"),
    path("need/ledger/outcome/", ledger.outcome, name="forecast-ledger-outcome"),
    path("need/months/", months.overview, name="forecast-months"),
    path("need/months/new/", months.new, name="forecast-months-new"),
    path("need/outlook/", outlook.overview, name="forecast-outlook"),
    path("need/new/", views.state_need, name="forecast-state-need"),
]
