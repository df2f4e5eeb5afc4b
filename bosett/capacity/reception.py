"""Reception centres, what is contracted there, and who stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bosett.terms.days import DateRange
from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode


class PlaceKind(StrEnum):
    """Kinds of reception place, each with its own requirements (UDI); care centres are Bufetat's."""

    ARRIVAL = "arrival"
    TRANSIT = "transit"
    ORDINARY = "ordinary"
    INTEGRATION = "integration"
    MINORS_15_17 = "minors_15_17"
    ADAPTED = "adapted"
    SPECIAL_HOUSING = "special_housing"
    NURSING = "nursing"
    EMERGENCY = "emergency"
    ALTERNATIVE = "alternative"
    CARE_CENTRE = "care_centre"


@dataclass(frozen=True)
class Centre:
    """A reception or care centre."""

    identifier: str
    name: str
    municipality: MunicipalityCode


@dataclass(frozen=True)
class Contract:
    """An agreement on places with the operator of a centre.

    Parameters
    ----------
    locked_until
        First day on which notice can take effect; None = no lock-in.
    notice_days
        Days from notice to the end, >= 0; None = not known, never 0 by default.

    Raises
    ------
    BadInput
        If the notice is negative or the lock-in lies outside the contract.
    """

    identifier: str
    centre: str
    in_force: DateRange
    locked_until: date | None = None
    notice_days: int | None = None

    def __post_init__(self) -> None:
        if self.notice_days is not None and self.notice_days < 0:
            raise BadInput(f"notice of {self.notice_days} days", "0 or more days")
        end = self.in_force.end
        if self.locked_until is not None and (
            self.locked_until < self.in_force.start or (end is not None and self.locked_until > end)
        ):
            raise BadInput(f"locked until {self.locked_until}", "a day inside the contract")

    def earliest_end(self, notice_given: date) -> date | None:
        """The first day without the contract if notice is given then; None if the notice is unknown."""
        if self.notice_days is None:
            return None
        ends = notice_given + timedelta(days=self.notice_days)
        if self.locked_until is not None:
            ends = max(ends, self.locked_until)
        return ends if self.in_force.end is None else min(ends, self.in_force.end)


@dataclass(frozen=True)
class Places:
    """Places of one kind at a centre, for as long as they are there.

    Raises
    ------
    BadInput
        If the count is negative.
    """

    centre: str
    kind: PlaceKind
    period: DateRange
    count: int

    def __post_init__(self) -> None:
        if self.count < 0:
            raise BadInput(f"{self.count} places", "0 or more places")


@dataclass(frozen=True)
class Stay:
    """A household at a centre.

    Parameters
    ----------
    persons
        >= 1.
    moved_in
        The first night; a day to come is a planned move in.
    moved_out
        The day it left; None = still there.
    planned_out
        The day it is expected to leave, for one that is still there; None = not planned.

    Raises
    ------
    BadInput
        If nobody stays, or a day out lies before the day in.
    """

    household: str
    centre: str
    kind: PlaceKind
    persons: int
    moved_in: date
    moved_out: date | None = None
    planned_out: date | None = None

    def __post_init__(self) -> None:
        if self.persons < 1:
            raise BadInput(f"a stay of {self.persons} persons", "1 or more persons")
        for day in (self.moved_out, self.planned_out):
            if day is not None and day < self.moved_in:
                raise BadInput(f"out {day}, in {self.moved_in}", "a day out on or after the day in")

    def is_there(self, on: date) -> bool:
        """Whether the household stays there on a day, by what is known and planned."""
        leaves = self.moved_out or self.planned_out
        return self.moved_in <= on and (leaves is None or on < leaves)
