"""Addresses of this room's pages; `/protocols/` is for everybody."""

from django.urls import path

from bosett_server.web.consultation import (
    actions,
    files,
    matters,
    meetings,
    outcomes,
    positions,
    protocols,
    views,
)

ROOM = "agreement/consultation/"
urlpatterns = [
    path(ROOM, views.overview, name="consultation-overview"),
    path(f"{ROOM}actions.<str:kind>", files.action_list, name="consultation-action-list"),
    path(f"{ROOM}calendar.ics", files.own_calendar, name="consultation-own-calendar"),
    path(f"{ROOM}meetings/new/", meetings.new, name="consultation-meeting-new"),
    path(f"{ROOM}meetings/<int:number>/", meetings.one, name="consultation-meeting"),
    path(f"{ROOM}meetings/<int:number>/change/", meetings.change, name="consultation-meeting-change"),
    path(f"{ROOM}meetings/<int:number>/agenda/", meetings.agenda, name="consultation-agenda"),
    path(f"{ROOM}meetings/<int:number>/step/", meetings.step, name="consultation-meeting-step"),
    path(f"{ROOM}meetings/<int:number>/calendar.ics", files.calendar, name="consultation-calendar"),
    path(
        f"{ROOM}meetings/<int:number>/papers/<int:pack_number>.<str:form>",
        files.papers,
        name="consultation-papers",
    ),
    path(f"{ROOM}meetings/<int:number>/write/<str:kind>/", outcomes.write, name="consultation-write"),
    path(f"{ROOM}meetings/<int:number>/decide/", outcomes.decision, name="consultation-decide"),
    path(f"{ROOM}meetings/<int:number>/give/", outcomes.give, name="consultation-give"),
    path(f"{ROOM}matters/new/", matters.new, name="consultation-matter-new"),
    path(f"{ROOM}matters/<int:number>/", matters.one, name="consultation-matter"),
    path(f"{ROOM}matters/<int:number>/text/", matters.write, name="consultation-matter-write"),
    path(f"{ROOM}matters/<int:number>/support/", matters.support, name="consultation-support"),
    path(f"{ROOM}matters/<int:number>/merge/", matters.merge, name="consultation-merge"),
    path(f"{ROOM}matters/<int:number>/step/", matters.step, name="consultation-matter-step"),
    path(f"{ROOM}matters/<int:number>/<str:kind>/", positions.write, name="consultation-position"),
    path(f"{ROOM}actions/<int:number>/", actions.one, name="consultation-action"),
    path(f"{ROOM}actions/<int:number>/due/", actions.due, name="consultation-action-due"),
    path("protocols/", protocols.overview, name="consultation-protocols"),
    path("protocols/<int:number>/", protocols.one, name="consultation-protocol"),
]
