"""Names of measures as files write them: our ids with their breakdown, or IMDi's Norwegian words."""

from __future__ import annotations

import re

from bosett.sources.own_columns import read_header
from bosett.statistics.measures import MEASURES
from bosett.terms.errors import BadInput
from bosett.terms.observation import Breakdown

NORWEGIAN = {
    "anmodet": "asked",
    "opprinnelig_anmodet": "asked_original",
    "vedtatt": "voted",
    "avtalt": "agreed",
    "bosatt": "settled",
    "anmodet_ema": "asked|group=em",
    "vedtatt_ema": "voted|group=em",
    "bosatt_ema": "settled|group=em",
    "bosatt_ukrainere": "settled|origin=ukrainian",
    "bosatt_ovrige": "settled|origin=other",
    "bosatt_kollektiv_beskyttelse": "settled|protection=collective",
    "avtalt_ukrainere": "agreed|origin=ukrainian",
    "befolkning": "population",
    "folketall": "population",
}


def read_metric(text: str) -> tuple[str, Breakdown]:
    """The measure and breakdown that a `metric` cell names.

    Raises
    ------
    BadInput
        If it names no measure, or a dimension that the measure does not have.
    """
    told = NORWEGIAN.get(text, text)
    if re.split(r"[@|]", told, maxsplit=1)[0] not in MEASURES or "@" in told:
        allowed = ", ".join((*sorted(MEASURES), *sorted(NORWEGIAN)))
        raise BadInput(repr(text), allowed, column="metric")
    header = read_header(("place", "year", told), "")
    column, _ = header.figures[0]
    return column.measure_id, column.breakdown
