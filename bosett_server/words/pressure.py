"""Words of the pulse: sectors, steps, reasons, refusals."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bosett.agreement.pressure import Sector

SECTORS: dict[Sector, str | Promise] = {
    Sector.HOUSING: _("Housing"),
    Sector.SCHOOL: _("School"),
    Sector.KINDERGARTEN: _("Kindergarten"),
    Sector.HEALTH: _("Health and GPs"),
    Sector.NAV: "NAV",
    Sector.CHILD_WELFARE: _("Child welfare"),
    Sector.NORWEGIAN: _("Norwegian training"),
    Sector.INTERPRETERS: _("Interpreters"),
}
STEPS: dict[int, Promise] = {
    1: _("No pressure"),
    2: _("Some pressure"),
    3: _("Pressed"),
    4: _("Hard pressed"),
    5: _("Nothing more can be taken"),
}
REASONS: dict[str, Promise] = {
    "none_to_rent": _("Nothing to rent"),
    "too_small": _("Homes too small for families"),
    "rent": _("Rent too high"),
    "not_step_free": _("None step-free"),
    "rooms": _("Too few places or rooms"),
    "staff": _("Too few staff"),
    "teachers": _("Too few teachers"),
    "gp_lists": _("GPs without room on their lists"),
    "waiting_time": _("Long waits"),
    "foster_homes": _("Too few foster homes"),
    "languages": _("No interpreter in the language"),
    "money": pgettext_lazy("reason", "Money"),
    "distance": pgettext_lazy("reason", "Distance"),
}
REFUSALS: dict[str, str | Promise] = {
    "pulse_empty": _("Answer for at least one sector. Leave out those you cannot say anything about."),
    "pulse_step_wrong": _("Choose a step from 1 to %(most)s."),
    "pulse_reason_wrong": _("Choose reasons from the list of the sector."),
    "pulse_month_closed": _("Only the last %(months)s months can be answered."),
    "pulse_answered": _("The month has been answered already. Open the answer to change it."),
}
NOTICES: dict[str, str | Promise] = {
    "pressure_crossed": _("Hard pressed: %(sectors)s of your sectors have crossed the threshold."),
    "pressure_crossed_county": _(
        "Hard pressed: %(sectors)s of the county's sectors have crossed the threshold."
    ),
    "pressure_crossed_many": _(
        "Pressure has crossed the threshold in %(municipalities)s municipalities and %(counties)s counties."
    ),
    "pulse_due": _("Tell how pressed your housing and services are. It takes two minutes."),
}
