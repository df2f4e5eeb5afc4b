"""Published numbers of settled persons by municipality and year, as the reconciliation of payments asks for them."""

from __future__ import annotations

from bosett.sources.shipped import shipped_figures
from bosett.terms.figure import State


def published_settled() -> dict[tuple[str, int], int]:
    """(municipality, year) -> settled persons of all groups; a hidden or unknown number is not there."""
    return {
        (one.place, one.year): int(one.value)
        for table in shipped_figures()
        for one in table.observations
        if (one.measure_id, one.dataset_id, one.breakdown) == ("settled", "settlement", ())
        and one.state is State.NUMBER
        and one.value is not None
        and len(one.place) == CODE_DIGITS
        and one.month is None
        and one.quarter is None
    }


CODE_DIGITS = 4
