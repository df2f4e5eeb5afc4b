"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.scenario import kept, portfolio, views

urlpatterns = [
    path("need/scenarios/", views.workbench, name="scenario-workbench"),
    path("need/scenarios/redraw/", views.redraw, name="scenario-redraw"),
    path("need/scenarios/file.<str:kind>", views.weeks_file, name="scenario-file"),
    path("need/scenarios/assumptions/", views.assumptions, name="scenario-assumptions"),
    path("need/scenarios/portfolio/", portfolio.overview, name="scenario-portfolio"),
    path("need/scenarios/save/", kept.save, name="scenario-save"),
    path("need/scenarios/<int:number>/", kept.detail, name="scenario-detail"),
    path("need/scenarios/<int:number>/share/", kept.share, name="scenario-share"),
    path("need/scenarios/<int:number>/delete/", kept.delete, name="scenario-delete"),
]
