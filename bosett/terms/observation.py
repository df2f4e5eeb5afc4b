"""One published figure: what was measured, where, when, for whom, and the number or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bosett.terms.figure import State

COUNTRY = "0"
"""The place code of the whole country."""

Breakdown = tuple[tuple[str, str], ...]
"""(dimension, value) pairs in order of dimension; empty means everybody."""

Key = tuple[str, str, str, str, int, int, int, Breakdown, str]
"""What makes an observation the same figure in two versions of a data set; sorts."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure as its source published it; nothing is added up, moved to other borders or filled in.

    Parameters
    ----------
    measure_id
        A key of `bosett.statistics.measures.MEASURES`.
    dataset_id
        The data set it belongs to; a data set is loaded and undone as a whole.
    place
        "0" the country, two digits a county, four digits a municipality.  The code is the one of the
        day of the row, or of 2024 where the source uses today's borders (`Registry.accept` takes
        both).  A code that had ended by then is moved to its one successor of that day when it is read
        (and told as a defect); a code that ended before 2011, and "9999" (municipality not stated),
        stay as published and belong to no municipality of today.
    year
        The year it counts (flow) or was measured in (stock).
    state, value
        `value` is there exactly when `state` is `number`.  Whole numbers are `int`, others `Decimal`.
        Never negative, except kroner (paid back).
    unit
        "persons", "nok", "percent", "index", "decisions" or "applications".
    source_id
        Which of the data set's sources it stands in.
    month, quarter
        1-12 or 1-4 for figures within the year; never both.
    breakdown
        (dimension, value) in order of dimension, each dimension once; () counts everybody.
    published
        The day or month (ISO) the source gave this version; filled only where one data set holds
        several versions of the same figure (the immigration authorities revise earlier months).

    Raises
    ------
    ValueError
        If state and value don't go together, or a place, period or breakdown has another form.
    """

    measure_id: str
    dataset_id: str
    place: str
    year: int
    state: State
    value: int | Decimal | None
    unit: str
    source_id: str
    month: int | None = None
    quarter: int | None = None
    breakdown: Breakdown = ()
    published: str = ""

    def __post_init__(self) -> None:
        if (self.state is State.NUMBER) != (self.value is not None):
            raise ValueError(f"state {self.state} does not go with value {self.value}")
        if self.value is not None and self.value < 0 and self.unit != "nok":
            raise ValueError(f"a published count is not negative: {self.value} {self.unit}")
        if len(self.place) not in (1, 2, 4) or not self.place.isdigit():
            raise ValueError(f"a place is 0, two digits or four, not {self.place!r}")
        if self.month is not None or self.quarter is not None:
            _check_period(self.month, self.quarter)
        previous = ""
        for dimension, _ in self.breakdown:
            if dimension <= previous:
                raise ValueError(f"dimensions stand in order, each once: {self.breakdown}")
            previous = dimension

    @property
    def key(self) -> Key:
        """The same key means the same figure, perhaps with another number; see `Key`."""
        return (
            self.dataset_id,
            self.source_id,
            self.measure_id,
            self.place,
            self.year,
            self.quarter or 0,
            self.month or 0,
            self.breakdown,
            self.published,
        )

    @property
    def period(self) -> str:
        """The period as text: 2024, 2024-Q1 or 2024-01."""
        if self.month:
            return f"{self.year}-{self.month:02d}"
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)


def breakdown_of(**values: str) -> Breakdown:
    """A breakdown with its dimensions in order."""
    return tuple(sorted(values.items()))


def _check_period(month: int | None, quarter: int | None) -> None:
    if month is not None and quarter is not None:
        raise ValueError("a period is a month or a quarter, not both")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"a month is 1 to 12, not {month}")
    if quarter is not None and not 1 <= quarter <= 4:
        raise ValueError(f"a quarter is 1 to 4, not {quarter}")
