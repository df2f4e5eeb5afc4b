"""Sentences of the statistics room, and what its numbers mean."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS: dict[str, str | Promise] = {
    "publish_year_out_of_range": _("Tables can be published for %(first)s to %(last)s, not for %(year)s."),
    "table_would_reveal": _(
        "The tables were not published: %(cells)s hidden numbers could have been worked out from the others."
    ),
}
NOTICES: dict[str, str | Promise] = {}

MEASURES: dict[str, str | Promise] = {
    "need": pgettext_lazy("measure", "Need"),
    "asked": pgettext_lazy("measure", "Asked"),
    "voted": pgettext_lazy("measure", "Voted"),
    "agreed": pgettext_lazy("measure", "Agreed"),
    "settled": pgettext_lazy("measure", "Settled"),
}

DEFINITIONS: dict[str, str | Promise] = {
    "need": _(
        "Persons that the State expects to need a municipality in the year, as last stated for the whole country."
    ),
    "asked": _("Persons that the municipalities are asked to settle in the year."),
    "voted": _(
        "Persons in vedtak that are in force. A municipality that has not decided yet is not counted as zero."
    ),
    "agreed": _(
        "Persons whom a municipality has accepted: settled, or on their way. They draw on the year's vedtak."
    ),
    "settled": _("Persons who have arrived in the municipality that accepted them, under the year's vedtak."),
}
