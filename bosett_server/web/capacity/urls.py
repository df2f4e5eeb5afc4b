"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.capacity import centre, overview, register

urlpatterns = [
    path("reception/", overview.overview, name="capacity-overview"),
    path("reception/new/", centre.new, name="capacity-new-centre"),
    path("reception/households/new/", register.register, name="capacity-register-household"),
    path("reception/<int:centre>/", centre.detail, name="capacity-centre"),
    path("reception/<int:centre>/announce/", centre.announce, name="capacity-announce"),
    path("reception/<int:centre>/places/", centre.places, name="capacity-places"),
    path("reception/<int:centre>/contract/", centre.contract, name="capacity-contract"),
    path("reception/<int:centre>/close/", centre.close, name="capacity-close"),
]
