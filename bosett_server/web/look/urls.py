"""Addresses of the look: a reader's choices, the list of shortcuts, the living style page."""

from __future__ import annotations

from django.urls import path

from bosett_server.web.look import views

app_name = "look"
urlpatterns = [
    path("look/", views.look_page, name="page"),
    path("look/household", views.household_page, name="household"),
    path("look/preferences", views.preferences, name="preferences"),
    path("look/shortcuts", views.shortcuts, name="shortcuts"),
]
