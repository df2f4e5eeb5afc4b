"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.statistics import views
from bosett_server.web.statistics.open import (
    compare,
    country,
    county,
    defects,
    maps,
    municipality,
    pressure,
    sources,
)

urlpatterns = [
    path("statistics/", views.overview, name="statistics-overview"),
    path("statistics/publish/", views.publish, name="statistics-publish"),
    path("statistics/country/", country.country, name="statistics-country"),
    path("statistics/counties/<str:code>/", county.county, name="statistics-county"),
    path("statistics/municipalities/<str:code>/", municipality.municipality, name="statistics-municipality"),
    path("statistics/map/", maps.the_map, name="statistics-map"),
    path("statistics/map/frames/", maps.frames, name="statistics-map-frames"),
    path("statistics/map/picture/", maps.picture_file, name="statistics-map-picture"),
    path("statistics/compare/", compare.compare, name="statistics-compare"),
    path("statistics/pressure/", pressure.pressure, name="statistics-pressure"),
    path("statistics/figures/<int:number>/", sources.figure, name="statistics-figure"),
    path("statistics/defects/", defects.defects, name="statistics-defects"),
    path("statistics/data/", sources.data, name="statistics-data"),
    path("statistics/<str:name>.<str:kind>", views.download, name="statistics-file"),
    path("data/catalog", sources.catalogue, name="statistics-catalogue"),
    path("data/catalog.<str:kind>", sources.catalogue, name="statistics-catalogue-kind"),
    path("data/<str:name>.<str:kind>", sources.dump, name="statistics-dump"),
]
