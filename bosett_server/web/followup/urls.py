"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.followup import changes, exporting, file, listing, results
from bosett_server.web.followup.steps import urls as steps

urlpatterns = [
    path("households/", listing.overview, name="followup-list"),
    path("households/views/", listing.keep_view, name="followup-keep-view"),
    path("households/views/<int:view>/drop/", listing.drop_view, name="followup-drop-view"),
    path("households/export/", exporting.export, name="followup-export"),
    path("households/change/", changes.look_first, name="followup-change"),
    path("households/change/do/", changes.carry_out, name="followup-change-do"),
    path("households/undo/", changes.take_back, name="followup-undo"),
    path("households/<uuid:household>/", file.detail, name="followup-file"),
    path("households/<uuid:household>/numbers/", file.numbers, name="followup-numbers"),
    path("households/<uuid:household>/history/", file.history, name="followup-history"),
    path("followup/", results.overview, name="results-overview"),
    path("followup/moves/", results.moves, name="results-moves"),
    path("followup/places/", results.places, name="results-places"),
    path("followup/places/<str:code>/", results.place, name="results-place"),
    path("followup/work/", results.work, name="results-work"),
    *steps.urlpatterns,
]
