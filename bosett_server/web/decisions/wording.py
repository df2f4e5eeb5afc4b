"""Words and tones for the states of an answer, its kinds, its conditions and its groups."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bosett.decisions import AnswerKind, ReservationCode
from bosett.decisions.supplement import Shortage
from bosett.terms.groups import Group
from bosett_server.queries.decision_lines import FilterState

STATES: dict[FilterState, tuple[Promise, str]] = {
    FilterState.SAME: (_("As asked"), "success"),
    FilterState.FEWER: (_("Fewer than asked"), "warning"),
    FilterState.MORE: (_("More than asked"), "success"),
    FilterState.ZERO: (_("Zero vedtak"), "danger"),
    FilterState.TO_APPROVE: (_("To be approved"), "info"),
    FilterState.AWAITING: (_("Awaits the council"), "info"),
    FilterState.NO_ANSWER: (_("No answer"), "warning"),
    FilterState.UNKNOWN: (pgettext_lazy("answer", "Unknown"), "neutral"),
    FilterState.NOT_ASKED: (pgettext_lazy("answer", "Not asked"), "neutral"),
}

KINDS: dict[AnswerKind, Promise] = {
    AnswerKind.NUMBER: _("A number"),
    AnswerKind.ZERO: _("Zero"),
    AnswerKind.AWAITING: _("Not decided yet"),
}

GROUPS: dict[Group, Promise] = {
    Group.ALL: _("All persons"),
    Group.EM_UNDER15: _("Unaccompanied minors under 15"),
    Group.EM_15_17: _("Unaccompanied minors 15–17"),
}

RESERVATIONS: dict[ReservationCode, Promise] = {
    ReservationCode.NO_UNACCOMPANIED_MINORS: _("No unaccompanied minors"),
    ReservationCode.FAMILIES_WITH_CHILDREN_ONLY: _("Only families with children"),
    ReservationCode.NO_COMPLEX_NEEDS: _("Nobody with extensive needs"),
    ReservationCode.ONLY_COLLECTIVE_PROTECTION: _("Only persons with collective protection"),
    ReservationCode.FAMILY_REUNION_ON_TOP: _("Family reunification comes on top"),
    ReservationCode.FAMILY_REUNION_INCLUDED: _("Family reunification is inside the number"),
    ReservationCode.UP_TO: _("“Up to” the number"),
    ReservationCode.HOUSING_FOUND_FIRST: _("If housing is found"),
    ReservationCode.COSTS_COVERED: _("If the costs are covered"),
    ReservationCode.NO_AGREED_SELF_SETTLEMENT: _("No agreed self-settlement"),
    ReservationCode.OTHER: _("Another condition"),
}

SHORTAGES: dict[Shortage, Promise] = {
    Shortage.HOUSING: pgettext_lazy("shortage", "Housing"),
    Shortage.ECONOMY: pgettext_lazy("shortage", "Economy"),
    Shortage.STAFF: pgettext_lazy("shortage", "Staff"),
    Shortage.SCHOOL: pgettext_lazy("shortage", "School"),
    Shortage.KINDERGARTEN: pgettext_lazy("shortage", "Kindergarten"),
    Shortage.HEALTH: pgettext_lazy("shortage", "Health services"),
    Shortage.TEACHING: pgettext_lazy("shortage", "Norwegian teaching"),
    Shortage.INTERPRETER: pgettext_lazy("shortage", "Interpreters"),
    Shortage.WORK: pgettext_lazy("shortage", "Work"),
    Shortage.EARLIER_SETTLED: pgettext_lazy("shortage", "Those settled earlier"),
    Shortage.OTHER: pgettext_lazy("shortage", "Something else"),
}
