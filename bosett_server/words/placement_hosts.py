"""Sentences and words around what a municipality tells for the placement: homes it offers, whom it can receive."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

REFUSALS: Words = {
    "host_row_has_ended": _("This has ended already. Open the page again."),
    "home_offered_already": _("This home is offered already."),
    "home_not_to_be_offered": _(
        "Somebody has this home or is to have it, or it is no longer free. Change that first in the list of homes."
    ),
    "home_taken_meanwhile": _(
        "The home for %(household)s is no longer offered, or another household has it. Start a new run, or choose"
        " for yourself."
    ),
    "criterion_is_barred": _(
        "“%(criterion)s” cannot be a criterion: the law protects it (%(law)s). Choose among those in the list."
    ),
    "criteria_too_many": _("Choose %(most)s at most."),
    "criterion_twice": _("Choose each one once."),
    "criterion_not_known": _("Choose among those in the list."),
}
NOTICES: Words = {}
CRITERIA: Words = {
    "household_of_1": _("One person alone"),
    "household_of_2_3": _("Households of 2 or 3"),
    "household_of_4_5": _("Households of 4 or 5"),
    "household_of_6_more": _("Households of 6 or more"),
    "work_or_study_here": _("Has work or studies here"),
    "wished_to_come": _("Has wished to come here"),
    "waited_long": _("Has waited more than 90 days"),
}
ENDED: Words = {
    "taken_back": _("Taken back"),
    "let": _("Somebody has got it"),
    "changed": _("The home was changed"),
}
