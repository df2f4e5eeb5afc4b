"""Words for the numbers of the first screen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TILES = {
    "ready": _("households ready for a municipality"),
    "waiting_long": _("have waited more than 90 days"),
    "minors_ready": _("unaccompanied minors ready"),
    "easy": _("proposals that can be accepted as they are"),
    "hard": _("proposals that need you"),
    "came_back": _("came back since yesterday"),
    "questions": _("questions from municipalities without an answer"),
    "need": _("persons need a place this year"),
    "asked": _("asked for in all"),
    "voted": _("places in approved vedtak"),
    "awaiting": _("municipalities have not decided yet"),
    "assigned": _("persons assigned to a municipality this year"),
    "settled": _("persons settled this year"),
    "cards": _("households to answer"),
    "cards_due": _("answers due within two days"),
    "without_date": _("households without a settlement date"),
    "coming": _("persons on their way to you"),
    "our_vedtak": _("places in your vedtak"),
    "places_left": _("places left"),
    "over_by": _("persons over your vedtak: no new assignments"),
    "asked_of_us": _("persons you are asked to settle this year"),
    "to_approve": _("recorded vedtak to approve"),
    "to_interview": _("households waiting for their settlement interview"),
    "moving_this_week": _("households move within a week"),
    "here_over_a_year": _("households have been in reception for over a year"),
    "places": _("places in reception"),
    "residents": _("residents"),
    "centres": _("centres"),
    "not_announced": _("openings not announced yet"),
    "children_waiting": _("children wait for their settlement interview"),
    "children_ready": _("children ready for a municipality"),
    "log_rows": _("events in the log since yesterday"),
    "refusals": _("refusals since yesterday"),
    "role_grants": _("role grants in force"),
    "ending_soon": _("role grants end within 30 days"),
}
