"""Sentences of the list of households: its changes and its search."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "no_household_chosen": _("Nothing is chosen. Tick at least one row, and try again."),
    "too_many_chosen": _("At most %(most)s households can be changed at once. Choose fewer."),
    "too_many_match": _(
        "More than %(most)s households fit these filters, too many to change at once. Filter the list further."
    ),
    "cut_has_changed": _(
        "Somebody has changed the list since you saw it: the change would have gone through for %(was)s households,"
        " now for %(now)s. Nothing was changed. Look at the preview again."
    ),
    "no_such_change": _("There is no such change (%(kind)s)."),
    "no_such_need": _("There is no such code of need (%(need)s)."),
    "change_does_not_go": _(
        "The change does not go through for %(household)s, so nothing was changed. Look at the preview again."
    ),
    "changed_since": _("%(household)s has been changed since, so nothing was taken back. Open it and look."),
    "value_not_brought_back": _(
        "This was decided and not only written down (%(field)s), so it is not brought back here. Take the step anew."
    ),
    "value_stands_already": _("This value stands already, so nothing was changed."),
    "fact_acted_on": _(
        "The household has come further, and others have acted on this fact. Record what has happened instead."
    ),
    "undo_is_over": _("The time to undo is over. Open the households and change them back."),
}
NOTICES: dict[str, str | Promise] = {}
