"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.handover import steps, views

urlpatterns = [
    path("matters/", views.overview, name="handover-list"),
    path("matters/new/", steps.new, name="handover-new"),
    path("matters/<int:matter>/", views.detail, name="handover-matter"),
    path("matters/<int:matter>/hand-over/", steps.give, name="handover-give"),
    path("matters/<int:matter>/refuse/", steps.refuse, name="handover-refuse"),
    path("matters/<int:matter>/accept/", steps.accept, name="handover-accept"),
    path("matters/<int:matter>/take-back/", steps.take_back, name="handover-take-back"),
    path("matters/<int:matter>/close/", steps.close, name="handover-close"),
]
