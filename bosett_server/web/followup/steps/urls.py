"""Addresses of the steps of a household's life."""

from django.urls import path

from bosett_server.web.followup.steps import (
    events,
    interview,
    protection,
    ready,
    reception,
    reconcile,
    restoring,
    settlement,
)

HOME = "households/<uuid:household>/"
urlpatterns = [
    path("households/reconcile/", reconcile.reconcile, name="followup-reconcile"),
    path("households/reconcile/template/", reconcile.template, name="followup-reconcile-template"),
    path(f"{HOME}permit/", reception.permit, name="followup-permit"),
    path(f"{HOME}centre/", reception.centre, name="followup-centre"),
    path(f"{HOME}interview/", interview.overview, name="followup-interview"),
    path(f"{HOME}interview/hold/", interview.hold, name="followup-interview-hold"),
    path(f"{HOME}interview/sheet/", interview.sheet, name="followup-interview-sheet"),
    path(f"{HOME}interview/withdraw-consent/", interview.withdraw_consent, name="followup-withdraw-consent"),
    path(f"{HOME}interview/<slug:code>/", interview.part, name="followup-interview-part"),
    path(f"{HOME}protect/", protection.protect, name="followup-protect"),
    path(f"{HOME}lift-protection/", protection.lift, name="followup-lift-protection"),
    path(f"{HOME}ready/", ready.ready, name="followup-ready"),
    path(f"{HOME}event/", events.which, name="followup-event"),
    path(f"{HOME}event/<slug:kind>/", events.event, name="followup-event-kind"),
    path(f"{HOME}recheck/", events.recheck, name="followup-recheck"),
    path(f"{HOME}date/", settlement.agree, name="followup-date"),
    path(f"{HOME}settle/", settlement.record, name="followup-settle"),
    path(f"{HOME}history/<int:change>/<slug:field>/", restoring.restore, name="followup-restore"),
    path(f"{HOME}move/", settlement.move, name="followup-move"),
]
