"""Sentences of the grants room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bosett.grants import assumptions

REFUSALS: dict[str, str | Promise] = {
    "grant_year_out_of_range": _("Grants can be computed for %(first)s to %(last)s, not for %(year)s."),
    "grant_line_is_never_overwritten": _(
        "A stored grant line is never changed. Compute the year again: a new line then replaces the old one."
    ),
    "rate_has_no_source": _(
        "Row %(row)s has no source. Say where the rates are from, here or in the column source_title."
    ),
    "rate_is_a_fraction": _(
        "Row %(row)s has the amount %(found)s. A rate is in whole kroner. Correct the file and choose it again."
    ),
    "rates_overlap": _(
        "Row %(row)s overlaps with the row before of the same rate (%(found)s). Give each year one row."
    ),
    "rates_have_a_gap": _(
        "Before row %(row)s there are years without a row (%(found)s). Fill them in, or load the two periods apart."
    ),
    "rate_table_wrong": _(
        "Row %(row)s, column %(column)s cannot be used. It says %(found)s. Allowed is: %(allowed)s."
    ),
    "rate_table_changes_nothing": _("Everything in the table counts already. There is nothing to bring in."),
    "rate_table_applied_already": _(
        "This very file counts already. Take it back first if you want to apply it anew."
    ),
    "rate_table_moved_on": _(
        "Somebody has applied the table or taken it back meanwhile. Open it again to see."
    ),
    "published_in_the_future": _("%(day)s has not come yet. Give the day on which the rates were published."),
    "file_type_not_read": _("Choose a file that ends with one of these: %(endings)s."),
}
NOTICES: dict[str, str | Promise] = {}

SCHEMES: dict[str, str | Promise] = {
    "integration": pgettext_lazy("grant scheme", "Integration grant"),
    "elder": pgettext_lazy("grant scheme", "Supplement for persons over 60"),
    "kindergarten": pgettext_lazy("grant scheme", "Supplement for kindergarten"),
    "unaccompanied_minor": pgettext_lazy("grant scheme", "Grant for unaccompanied minors"),
}

STATUSES: dict[str, str | Promise] = {
    "calculated": pgettext_lazy("grant status", "calculated"),
    "rate_missing": pgettext_lazy("grant status", "no known rate"),
}

RATE_STATES: dict[str, str | Promise] = {
    "checked": pgettext_lazy("rate table", "looked at, does not count yet"),
    "applied": pgettext_lazy("rate table", "counts"),
    "undone": pgettext_lazy("rate table", "taken back"),
}

CERTAINTIES: dict[str, str | Promise] = {
    "source": pgettext_lazy("certainty", "The value stands in the source."),
    "derived": pgettext_lazy("certainty", "The value is worked out from sums that were paid."),
    "medium": pgettext_lazy("certainty", "The value is from a second-hand source."),
    "assumed": pgettext_lazy("certainty", "The value is assumed."),
}

ASSUMPTIONS: dict[str, str | Promise] = {
    assumptions.SETTLEMENT_DATE: _(
        "We assume that the settlement date decides the year, not the day of registration."
    ),
    assumptions.LEAVING_YEAR: _(
        "We assume that the year in which a person leaves the country is paid whole."
    ),
    assumptions.FAMILY_UNCHECKED: _(
        "It is not checked whether the family applied within five years of the reference person's settlement."
    ),
    assumptions.SETTLEMENT_MONTH: _("We assume that the month of settlement counts as a whole month."),
    assumptions.NOT_SPLIT: _(
        "We assume that a supplement goes to the first municipality and is not divided when somebody moves."
    ),
    assumptions.SPLIT_ALIKE: _(
        "We assume that the grant for unaccompanied minors is divided at a move as the integration grant is."
    ),
    assumptions.DECEMBER: _("We assume that a move in December does not reach into the next year."),
    assumptions.IN_SEQUENCE: _("We assume that two moves in a year are counted one after the other."),
}

MOVE_RULES: dict[str, str | Promise] = {
    "twelfths_month_and_next": _(
        "At a move, the month of the move and the next month stay with the municipality that the person left."
    ),
    "eighths_by_quarter": _("At a move, the year is divided in eighths by the quarter of the move."),
}


def assumption(text: str) -> str:
    """An assumption in the reader's language; the library's own words where there is no sentence here."""
    if text in ASSUMPTIONS:
        return str(ASSUMPTIONS[text])
    language = get_language() or "nb"
    label = assumptions.LABELS.get(text)
    return text if label is None else label.in_language(language if language in ("en", "nb", "nn") else "nb")
