"""How full reception is on a day, and week by week as far as moves are planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bosett.capacity.reception import PlaceKind, Places, Stay

OUTLOOK_WEEKS = 12


@dataclass(frozen=True)
class Occupancy:
    """Residents and places on a day.  Occupancy is residents / places (not places / residents)."""

    on: date
    residents: int
    places: int

    def __post_init__(self) -> None:
        if self.residents < 0 or self.places < 0:
            raise ValueError("residents and places are not negative")

    @property
    def share(self) -> Fraction | None:
        """Residents / places; None when there are no places, which is not an occupancy of 0."""
        return Fraction(self.residents, self.places) if self.places else None

    @property
    def free(self) -> int:
        """Places nobody stays in; negative when there are more residents than places."""
        return self.places - self.residents


@dataclass(frozen=True)
class WeekOutlook:
    """One week ahead, from places under contract and moves that are planned; no new arrivals.

    Promise: residents at the end = residents at the start + in - out.
    """

    starts: date
    at_start: Occupancy
    moves_in: int
    moves_out: int
    at_end: Occupancy

    def __post_init__(self) -> None:
        if self.at_start.residents + self.moves_in - self.moves_out != self.at_end.residents:
            raise ValueError(f"the week of {self.starts} loses or finds residents")


def occupancy(
    places: Iterable[Places],
    stays: Iterable[Stay],
    on: date,
    *,
    centre: str | None = None,
    kind: PlaceKind | None = None,
) -> Occupancy:
    """Residents and places on a day, for one centre or kind or all.

    Source of the definition: UDI's norm of at least 85 % of places in use.
    """
    return Occupancy(
        on=on,
        residents=sum(
            stay.persons
            for stay in stays
            if stay.is_there(on) and _matches(stay.centre, stay.kind, centre, kind)
        ),
        places=sum(
            one.count for one in places if on in one.period and _matches(one.centre, one.kind, centre, kind)
        ),
    )


def outlook(
    places: Sequence[Places],
    stays: Sequence[Stay],
    today: date,
    *,
    weeks: int = OUTLOOK_WEEKS,
    centre: str | None = None,
    kind: PlaceKind | None = None,
) -> tuple[WeekOutlook, ...]:
    """The coming weeks, seven days each from today, by what is under contract and planned.

    It says nothing of arrivals to come: it is the floor that a forecast adds to.
    """
    wanted = [stay for stay in stays if _matches(stay.centre, stay.kind, centre, kind)]
    held = [one for one in places if _matches(one.centre, one.kind, centre, kind)]
    return tuple(_week(held, wanted, today + timedelta(weeks=number)) for number in range(weeks))


def _week(places: Sequence[Places], stays: Sequence[Stay], starts: date) -> WeekOutlook:
    ends = starts + timedelta(weeks=1)
    return WeekOutlook(
        starts=starts,
        at_start=occupancy(places, stays, starts),
        moves_in=sum(one.persons for one in stays if one.is_there(ends) and not one.is_there(starts)),
        moves_out=sum(one.persons for one in stays if one.is_there(starts) and not one.is_there(ends)),
        at_end=occupancy(places, stays, ends),
    )


def _matches(centre: str, kind: PlaceKind, wanted: str | None, wanted_kind: PlaceKind | None) -> bool:
    return wanted in (None, centre) and wanted_kind in (None, kind)
