"""Sentences of the scenario room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "scenario_name_taken": _("You have a comparison with this name. Choose another."),
    "scenario_name_missing": _("Give the comparison a name."),
    "scenario_out_of_range": _("%(what)s is %(found)s. Choose from %(least)s to %(most)s."),
    "scenario_shared_already": _("This comparison is shared already."),
}
NOTICES: dict[str, str | Promise] = {}
