"""Addresses of the look: choices, shortcuts, sources, accessibility, the living style page."""

from __future__ import annotations

from django.urls import path

from bosett_server.web.look import views

app_name = "look"
urlpatterns = [
    path("look/", views.look_page, name="page"),
    path("sources", views.sources, name="sources"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("look/household", views.household_page, name="household"),
    path("look/preferences", views.preferences, name="preferences"),
    path("look/shortcuts", views.shortcuts, name="shortcuts"),
]
