"""Addresses of the imports room."""

from django.urls import path

from bosett_server.web.imports import files, persons, upload, views

urlpatterns = [
    path("imports/", views.overview, name="imports-overview"),
    path("imports/shipped/", views.shipped, name="imports-shipped"),
    path("imports/new/<slug:kind>/", upload.figures, name="imports-upload"),
    path("imports/persons/new/<slug:kind>/", persons.upload, name="imports-persons-upload"),
    path("imports/persons/<int:number>/apply/", persons.apply, name="imports-persons-apply"),
    path("imports/persons/<int:number>/drop/", persons.drop, name="imports-persons-drop"),
    path("imports/templates/<slug:kind>.csv", files.template, name="imports-template"),
    path("imports/<int:number>/", views.detail, name="imports-detail"),
    path("imports/<int:number>/apply/", views.apply, name="imports-apply"),
    path("imports/<int:number>/undo/", views.undo, name="imports-undo"),
    path("imports/<int:number>/drop/", views.drop, name="imports-drop"),
    path("imports/<int:number>/difference.<str:form>", files.difference_file, name="imports-difference"),
    path("imports/<int:number>/defects.<str:form>", files.defects_file, name="imports-defects"),
]
