"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.distribution import assignment_journal, compare, hearings, rounds, views, workshop

urlpatterns = [
    path("proposals/journal/", assignment_journal.assignments, name="distribution-assignments"),
    path("requests/<int:year>/workshop/", workshop.workshop, name="distribution-workshop"),
    path("requests/<int:year>/workshop/sets/", workshop.sets, name="distribution-sets"),
    path("requests/<int:year>/workshop/compare/", compare.compare, name="distribution-compare"),
    path("requests/<int:year>/workshop/keep/", workshop.keep, name="distribution-keep"),
    path("requests/<int:year>/workshop/indicator/", workshop.bring, name="distribution-bring"),
    path(
        "requests/<int:year>/workshop/indicator/<int:number>/drop/",
        workshop.drop_figures,
        name="distribution-drop-figures",
    ),
    path("requests/<int:year>/workshop/<int:number>/share/", workshop.share, name="distribution-share"),
    path("requests/<int:year>/workshop/<int:number>/drop/", workshop.drop, name="distribution-drop"),
    path("requests/<int:year>/workshop/<int:number>/adopt/", workshop.adopt, name="distribution-adopt"),
    path("requests/<int:year>/draft/", views.draft, name="distribution-draft"),
    path("requests/<int:year>/draft/send/", views.send, name="distribution-send"),
    path("requests/<int:year>/draft/discard/", views.discard, name="distribution-discard"),
    path("requests/<int:year>/draft/hearings/", hearings.overview, name="distribution-hearings"),
    path("requests/<int:year>/draft/hearings/ask/", hearings.ask, name="distribution-hearings-ask"),
    path(
        "requests/<int:year>/draft/hearings/<int:number>/",
        hearings.write_down,
        name="distribution-write-down",
    ),
    path("requests/hearings/", hearings.own, name="distribution-own-hearings"),
    path("requests/hearings/<int:number>/", hearings.answer, name="distribution-hearing"),
    path("requests/<int:year>/rounds/", rounds.versions_page, name="distribution-rounds"),
    path("requests/<int:year>/rounds/<int:number>/", rounds.round_page, name="distribution-round"),
    path("requests/<int:year>/rounds/<int:number>/letters/", rounds.order, name="distribution-letters-order"),
    path(
        "requests/<int:year>/rounds/<int:number>/progress/",
        rounds.progress,
        name="distribution-letter-progress",
    ),
    path("requests/<int:year>/rounds/<int:number>/journal.zip", rounds.journal, name="distribution-journal"),
    path(
        "requests/<int:year>/rounds/<int:number>/letters/<str:code>/",
        rounds.letter,
        name="distribution-letter",
    ),
    path("requests/<int:year>/draft/<str:code>/", views.line, name="distribution-line"),
]
