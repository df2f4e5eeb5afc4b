"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.forecast import ahead, family, lags, ledger, months, outlook, views

urlpatterns = [
    path("need/", views.overview, name="forecast-overview"),
    path("need/ledger/", ledger.overview, name="forecast-ledger"),
    path("need/ledger/new/", ledger.new, name="forecast-ledger-new"),
    path("need/ledger/outcome/", ledger.outcome, name="forecast-ledger-outcome"),
    path("need/months/", months.overview, name="forecast-months"),
    path("need/months/new/", months.new, name="forecast-months-new"),
    path("need/months/ahead/", ahead.overview, name="forecast-months-ahead"),
    path("need/months/ahead/new/", ahead.new, name="forecast-months-ahead-new"),
    path("need/family/", family.overview, name="forecast-family"),
    path("need/lags/", lags.overview, name="forecast-lags"),
    path("need/outlook/", outlook.overview, name="forecast-outlook"),
    path("need/new/", views.state_need, name="forecast-state-need"),
]
