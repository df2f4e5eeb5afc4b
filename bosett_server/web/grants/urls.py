"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.grants import views

urlpatterns = [
    path("grants/", views.overview, name="grants-overview"),
    path("grants/compute/", views.compute, name="grants-compute"),
    path("grants/lines/<int:number>/", views.detail, name="grants-line"),
    path("grants/<str:code>/<int:year>/", views.lines, name="grants-lines"),
    path("grants/<str:code>/<int:year>/file.<str:kind>", views.export, name="grants-export"),
]
