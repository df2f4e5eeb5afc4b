"""Words for commitments, verdicts, parties and the facts they rest on."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bosett.agreement.problem import Party, Verdict
from bosett.rules import Certainty

COMMITMENTS: dict[str, tuple[Promise, Promise]] = {
    "enough_places": (
        _("Enough places for everybody who needs one"),
        _(
            "Places voted for against the need. At risk while answers are open; not kept when all have answered."
        ),
    ),
    "voluntariness": (
        _("The number is the municipality's own choice"),
        _("Nobody is assigned above what a municipality allows, in any group."),
    ),
    "time_to_plan": (
        _("The municipalities have time to plan"),
        _("Days from the request to the year it is for. Good: 60 days, at least: 30."),
    ),
    "settled_fast": (
        _("People are settled as fast as possible"),
        _("Ready households that have waited over 180 days. Good: at most 5 per cent, at risk: up to 10."),
    ),
    "regular_mapping": (
        _("The municipalities' expenses are mapped regularly"),
        _("Years since the last mapped year. Good: at most 1, at risk: 2."),
    ),
}
VERDICTS: dict[Verdict, tuple[Promise, str]] = {
    Verdict.KEPT: (_("Kept"), "success"),
    Verdict.AT_RISK: (_("At risk"), "warning"),
    Verdict.NOT_KEPT: (_("Not kept"), "danger"),
    Verdict.CANNOT_BE_SAID: (_("Cannot be said"), "neutral"),
}
PARTIES: dict[Party, Promise] = {
    Party.AID: _("Ministry of Labour and Social Inclusion"),
    Party.JD: _("Ministry of Justice and Public Security"),
    Party.BFD: _("Ministry of Children and Families"),
    Party.KDD: _("Ministry of Local Government and Regional Development"),
    Party.KS: _("KS"),
    Party.STATE: _("the State"),
    Party.MUNICIPALITIES: _("the municipalities"),
}
FACTS: dict[str, Promise] = {
    "need": _("Need"),
    "voted": pgettext_lazy("stage", "Voted"),
    "short": _("Short"),
    "awaiting": _("Municipalities without a vedtak in force"),
    "municipalities_above": _("Municipality groups above what is allowed"),
    "persons_above": _("Persons above what is allowed"),
    "rows": _("Municipality groups looked at"),
    "planning_days": _("Days to plan in"),
    "good": _("Good from"),
    "least": _("At least"),
    "waiting": _("Households that wait"),
    "waiting_over_180_days": _("Of them over 180 days"),
    "last_data_year": _("Last year that was mapped"),
    "lag_years": _("Years since"),
}
MISSING: dict[str, Promise] = {
    "need_persons": _("the need for the year"),
    "voted_persons": _("a vedtak in force"),
    "awaiting_municipalities": _("the round of the year"),
    "assigned_against_allowed": _("what was assigned and allowed that day; kept for today only"),
    "anmodning_sent_on": _("the day the request was sent"),
    "ready_wait_days": _("how long households had waited that day; kept for today only"),
    "last_mapping_data_year": _("when the expenses were last mapped; not stored in this service yet"),
}
CERTAINTIES: dict[Certainty, Promise] = {
    Certainty.SOURCE: _("from the source"),
    Certainty.DERIVED: _("worked out from the source"),
    Certainty.MEDIUM: _("fairly sure"),
    Certainty.ASSUMED: _("our assumption"),
}
