"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.placement import cards, decide, desk, offers, places, self_settlement

urlpatterns = [
    path("proposals/", desk.overview, name="placement-desk"),
    path("proposals/run/", desk.run, name="placement-run"),
    path("proposals/places/", desk.remaining, name="placement-remaining"),
    path("proposals/preview/", decide.preview_bulk, name="placement-preview"),
    path("proposals/decide/", decide.decide_bulk, name="placement-decide-bulk"),
    path("proposals/<int:number>/", decide.detail, name="placement-proposal"),
    path("proposals/<int:number>/decide/", decide.as_proposed, name="placement-decide"),
    path("proposals/household/<uuid:household>/", decide.override, name="placement-override"),
    path("proposals/out/", offers.overview, name="placement-offers"),
    path("proposals/out/<int:number>/", offers.detail, name="placement-offer"),
    path("proposals/out/<int:number>/withdraw/", offers.withdraw, name="placement-withdraw"),
    path("proposals/out/<int:number>/answer/<int:enquiry>/", offers.answer, name="placement-answer-question"),
    path("cards/", cards.overview, name="placement-cards"),
    path("cards/<int:number>/", cards.detail, name="placement-card"),
    path("cards/<int:number>/accept/", cards.accept, name="placement-accept"),
    path("cards/<int:number>/decline/", cards.decline, name="placement-decline"),
    path("cards/<int:number>/ask/", cards.ask, name="placement-ask"),
    path("municipalities/<str:code>/places/", places.overview, name="placement-places"),
    path(
        "municipalities/<str:code>/places/<int:opening>/withdraw/",
        places.withdraw,
        name="placement-close-places",
    ),
    path("self-settlement/", self_settlement.overview, name="placement-self-settlements"),
    path("self-settlement/new/<uuid:household>/", self_settlement.register, name="placement-self-settle"),
    path("self-settlement/<int:number>/", self_settlement.detail, name="placement-self-settlement"),
    path("self-settlement/<int:number>/answer/", self_settlement.answer, name="placement-self-answer"),
    path("self-settlement/<int:number>/decide/", self_settlement.decide, name="placement-self-decide"),
    path("self-settlement/<int:number>/withdraw/", self_settlement.withdraw, name="placement-self-withdraw"),
]
