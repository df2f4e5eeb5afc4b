"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.distribution import compare, views, workshop

urlpatterns = [
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
    path("requests/<int:year>/draft/<str:code>/", views.line, name="distribution-line"),
]
