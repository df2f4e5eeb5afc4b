"""What a published figure counts, in which unit, and how it may be added."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bosett.terms.label import Label


class MeasureKind(StrEnum):
    """Whether a figure counts what happened in a period or what was there at a moment."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"
    """A share or an index: neither is ever added."""


@dataclass(frozen=True)
class Measure:
    """What a figure counts.

    Parameters
    ----------
    unit
        As in `Observation.unit`.
    additive_places
        Whether the municipalities of a county may be added (at mergers too).
    additive_periods
        Whether the months of a year may be added.
    dimensions
        The dimensions its figures may be broken down by.
    protected
        Whether it counts persons or their cases, so that small numbers are hidden wherever it is shown.
    """

    id: str
    name: Label
    definition: Label
    unit: str
    kind: MeasureKind
    additive_places: bool
    additive_periods: bool
    dimensions: tuple[str, ...] = ()
    protected: bool = False

    def __post_init__(self) -> None:
        if self.kind is MeasureKind.RATE and (self.additive_places or self.additive_periods):
            raise ValueError(f"{self.id}: a rate is never added")
        if self.kind is MeasureKind.STOCK and self.additive_periods:
            raise ValueError(f"{self.id}: a stock is not added over time")
