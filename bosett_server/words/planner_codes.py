"""Words for the codes of the planner: resources, promises, what speaks against a home."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bosett.decisions.commitments import CommitmentKind, ToldBy
from bosett.decisions.homes import Misfit
from bosett.decisions.planner import Resource

RESOURCES: dict[Resource, Promise] = {
    Resource.HOUSING: pgettext_lazy("resource", "Places in homes"),
    Resource.SCHOOL: pgettext_lazy("resource", "Places in school"),
    Resource.KINDERGARTEN: pgettext_lazy("resource", "Places in kindergarten"),
    Resource.TEACHING: pgettext_lazy("resource", "Places in Norwegian teaching"),
    Resource.HEALTH: pgettext_lazy("resource", "Places in health services"),
    Resource.STAFF: pgettext_lazy("resource", "Staff hours"),
    Resource.INTERPRETER: pgettext_lazy("resource", "Interpreter hours"),
}
UNITS: dict[Resource, Promise] = {
    Resource.HOUSING: _(
        "Places for persons in homes you can let. Leave out homes that are promised already."
    ),
    Resource.SCHOOL: _("Places free in classes and introduction groups."),
    Resource.KINDERGARTEN: _("Places free."),
    Resource.TEACHING: _("Places free in Norwegian teaching."),
    Resource.HEALTH: _("Persons you can give a doctor and a first examination."),
    Resource.STAFF: _("Hours in the month to receive those who come in it."),
    Resource.INTERPRETER: _("Hours in the month for those who come in it."),
}
KINDS: dict[CommitmentKind, Promise] = {
    CommitmentKind.EARLIER_YEAR: pgettext_lazy("commitment", "Assigned in an earlier year"),
    CommitmentKind.THIS_YEAR: pgettext_lazy("commitment", "Assigned in the year"),
    CommitmentKind.FAMILY: pgettext_lazy("commitment", "Arriving family"),
    CommitmentKind.SECONDARY_MOVE: pgettext_lazy("commitment", "Moving here"),
    CommitmentKind.OTHER: pgettext_lazy("commitment", "Others"),
}
TOLD_BY: dict[ToldBy, Promise] = {
    ToldBy.REGISTER: pgettext_lazy("told by", "The register"),
    ToldBy.UDI: pgettext_lazy("told by", "UDI"),
    ToldBy.NAV: pgettext_lazy("told by", "Nav"),
    ToldBy.OTHER_PLACE: pgettext_lazy("told by", "Another municipality"),
    ToldBy.OWN: pgettext_lazy("told by", "Our own estimate"),
}
MISFITS: dict[Misfit, Promise] = {
    Misfit.TOO_FEW_BEDROOMS: _("Too few bedrooms"),
    Misfit.NOT_STEP_FREE: _("Not step-free"),
    Misfit.NOT_FREE_THEN: _("Cannot be let in those days"),
    Misfit.HELD: _("Somebody else has it then"),
    Misfit.RENT: _("The rent is above the wish"),
    Misfit.SCHOOL_FAR: _("The way to school is above the wish"),
}
