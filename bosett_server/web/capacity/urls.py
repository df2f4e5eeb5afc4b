"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.capacity import alerts, centre, contracts, overview, processes, register, situation

urlpatterns = [
    path("reception/", overview.overview, name="capacity-overview"),
    path("reception/situation/", situation.overview, name="capacity-situation"),
    path("reception/alerts/", alerts.overview, name="capacity-alerts"),
    path("reception/new/", centre.new, name="capacity-new-centre"),
    path("reception/households/new/", register.register, name="capacity-register-household"),
    path("reception/<int:centre>/", centre.detail, name="capacity-centre"),
    path("reception/<int:centre>/announce/", centre.announce, name="capacity-announce"),
    path("reception/<int:centre>/places/", centre.places, name="capacity-places"),
    path("reception/<int:centre>/contract/", contracts.new, name="capacity-contract"),
    path("reception/<int:centre>/process/", processes.start, name="capacity-start-process"),
    path("reception/contracts/", contracts.overview, name="capacity-contracts"),
    path("reception/processes/", processes.overview, name="capacity-processes"),
    path("reception/processes/<int:process>/", processes.detail, name="capacity-process"),
    path("reception/processes/<int:process>/step/<slug:step>/", processes.take, name="capacity-take-step"),
    path("reception/processes/<int:process>/statement/", processes.statement, name="capacity-statement"),
    path("reception/processes/<int:process>/give-up/", processes.give_up, name="capacity-give-up"),
    path("reception/<int:centre>/close/", centre.close, name="capacity-close"),
]
