"""The catalogue of measures; every observation names one of them."""

from __future__ import annotations

from bosett.statistics.measure import Measure, MeasureKind
from bosett.statistics.measures_arrivals import ARRIVALS
from bosett.statistics.measures_settlement import SETTLEMENT
from bosett.statistics.measures_surroundings import SURROUNDINGS
from bosett.terms.errors import BadInput

__all__ = ["MEASURES", "Measure", "MeasureKind", "measure"]

MEASURES: dict[str, Measure] = {one.id: one for one in (*SETTLEMENT, *ARRIVALS, *SURROUNDINGS)}
"""Every measure by its id, in the order that pages list them."""


def measure(measure_id: str) -> Measure:
    """The measure with an id; BadInput when there is none."""
    if measure_id not in MEASURES:
        raise BadInput(repr(measure_id), ", ".join(sorted(MEASURES)), column="metric")
    return MEASURES[measure_id]
