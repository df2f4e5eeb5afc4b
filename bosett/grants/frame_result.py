"""A five-year frame: what can be counted on, from whom, within which interval, and on which assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.grants.frame_cohorts import Cohort, Origin
from bosett.grants.frame_problem import FrameProblem, FrameScenario
from bosett.grants.frame_rates import FrameRate
from bosett.rules.value import Certainty
from bosett.terms.label import Label


@dataclass(frozen=True)
class Spread:
    """A likely value, and the interval in which nine of ten courses lie.

    Raises
    ------
    ValueError
        If the interval is turned round.
    """

    likely: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval from {self.low} to {self.high}")


@dataclass(frozen=True)
class FrameLine:
    """One scheme of one group of persons in one year.

    Parameters
    ----------
    scheme
        `integration`, `elder`, `kindergarten`, `unaccompanied_minor`; `together` where one of them would
        show fewer than five persons.
    persons
        Likely number of persons it is paid for; None when it would be fewer than five of the settled.
    nok
        None when a rate is missing.
    missing
        Rules of which nothing is known.
    assumed
        Whether a rate behind it is an assumption.
    """

    year: int
    scheme: str
    origin: Origin
    persons: float | None
    nok: Spread | None
    missing: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True)
class FrameYear:
    """All grants of a year; None when a rate is missing, which is never 0."""

    year: int
    nok: Spread | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Residents:
    """The settled counted in innbyggertilskudd: those who live there on 1 July the year before.

    Parameters
    ----------
    nok
        None when no amount per person is known.
    """

    year: int
    counted_on: date
    persons: Spread
    nok: Spread | None


@dataclass(frozen=True)
class UnusedPlaces:
    """Places voted for that nobody comes to.

    Parameters
    ----------
    cost_nok
        None when the cost of a place is not known.
    compensated_nok
        What a rule in force gives back; None when no such rule is in force in the year.
    carried_by
        `municipality`, or `state_in_part` when a rule compensates.
    """

    year: int
    voted: int
    places: Spread
    cost_nok: Spread | None
    compensated_nok: Spread | None
    carried_by: str


@dataclass(frozen=True)
class FrameAssumption:
    """Something the frame rests on that no source gives."""

    code: str
    label: Label
    value: str
    certainty: Certainty = Certainty.ASSUMED


@dataclass(frozen=True)
class Frame:
    """The whole frame, and what a workbook needs to calculate it again."""

    problem: FrameProblem
    scenario: FrameScenario
    lines: tuple[FrameLine, ...]
    years: tuple[FrameYear, ...]
    residents: tuple[Residents, ...]
    unused: tuple[UnusedPlaces, ...]
    assumptions: tuple[FrameAssumption, ...]
    cohorts: tuple[Cohort, ...]
    rates: tuple[FrameRate, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Every rule of which nothing is known, each once."""
        return tuple(sorted({rule for year in self.years for rule in year.missing}))

    @property
    def total_nok(self) -> float | None:
        """The likely sum of all years; None when a rate is missing."""
        known = [year.nok.likely for year in self.years if year.nok is not None]
        return sum(known) if len(known) == len(self.years) else None


@dataclass(frozen=True)
class Alternative:
    """What another answer for the first year means.

    Parameters
    ----------
    difference_nok
        Likely sum of all years against answering 0; None when a rate is missing.
    """

    number: int
    frame: Frame
    difference_nok: float | None
