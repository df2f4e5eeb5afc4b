"""Sentences of the scenario room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "scenario_needs_a_person": _("Only a person can keep a comparison, not a machine."),
    "scenario_name_taken": _("You have a comparison with this name. Choose another."),
    "scenario_name_missing": _("Give the comparison a name."),
    "scenario_dial_out_of_range": _(
        "A dial cannot be turned there: found %(found)s, allowed is %(allowed)s."
    ),
    "scenario_no_vedtak": _(
        "No municipality has voted for %(year)s yet, so it is not known how many can be settled. Say in the workbench"
        " how many places it shall assume."
    ),
    "scenario_shared_already": _("This comparison is shared already."),
}
NOTICES: dict[str, str | Promise] = {}
DIALS: dict[str, str | Promise] = {
    "arrivals": _("Arrivals, times what UDI expects"),
    "buffer": _("Places more than residents"),
    "standby": _("Places on standby"),
    "municipal_places": _("Municipal places, times what is voted"),
    "earlier_weeks": _("Next year's request, weeks earlier"),
    "faster_ready": _("Time from permit to ready, times today's"),
    "private_share": _("Share under collective protection who live privately"),
    "weeks": _("Weeks ahead"),
}
GROUPS: dict[str, str | Promise] = {
    "collective": _("Collective protection"),
    "asylum": _("Other asylum seekers"),
    "em_15_17": _("Unaccompanied minors 15–17"),
    "em_under15": _("Unaccompanied minors under 15"),
    "ordinary": _("Ordinary places"),
    "minors_15_17": _("Places for unaccompanied minors 15–17"),
    "care_centre": _("Places in care centres"),
    "standby": _("Places on standby"),
    "settlement": _("Settlement"),
}
