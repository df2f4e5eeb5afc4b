"""Secondary moves in the published figures: refugees who live where they were settled, and those who moved in later.

The source counts who lives in each municipality by years of residence and by how they came.  What it hides stays
hidden: a municipality without a row, or with a suppressed cell, adds nothing and is counted as missing.  Small
numbers are rounded to 0 or 3, so every sum has a reach.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import Observation

MEASURE = "refugees_resident"
RESIDENCE = ("0_4", "5_plus")
SETTLED_HERE, MOVED_HERE, UNKNOWN = "settled_here", "moved_here", "unknown"
ROUTES = (SETTLED_HERE, MOVED_HERE, UNKNOWN)
ROUNDED_TO = (0, 3)
MOST_ROUNDED = 2
"""The source writes 1 and 2 as 0 or 3, so one written 0 or 3 may be off by up to 2."""
WHOLE = ""
"""The route of a row that counts all, however they came."""


@dataclass(frozen=True)
class Part:
    """What is published of one year, residence and route over some municipalities.

    Parameters
    ----------
    route
        One of `ROUTES`, or empty for all of them together as the source states it.
    persons
        The sum of the numbers that are shown.
    places, rounded, suppressed
        Municipalities with a number, those of them whose number is 0 or 3, and those whose number is hidden.
    """

    year: int
    residence: str
    route: str
    persons: int
    places: int
    rounded: int = 0
    suppressed: int = 0

    def __post_init__(self) -> None:
        if self.residence not in RESIDENCE or self.route not in (*ROUTES, WHOLE):
            raise BadInput(f"{self.residence}/{self.route}", "a residence and route of the source")
        if min(self.persons, self.places, self.rounded, self.suppressed) < 0:
            raise BadInput(f"{self.year}: a negative count", "0 or more")


@dataclass(frozen=True)
class MovesOfYear:
    """One year's refugees of one length of residence.

    Parameters
    ----------
    unknown
        How they came is not stated: what the source calls so, or in a year without that, what is left of its total.
    total
        As the source states it.
    off
        By how many persons rounding may have changed the sum of those who moved, both ways.
    places, hidden
        Municipalities with a number, and those whose number of moved is suppressed.
    """

    year: int
    residence: str
    settled_here: int
    moved_here: int
    unknown: int
    total: int
    off: int
    places: int
    hidden: int

    @property
    def share_moved(self) -> Fraction | None:
        """Of those of whom it is known how they came; None when it is known of nobody."""
        known = self.settled_here + self.moved_here
        return Fraction(self.moved_here, known) if known else None

    @property
    def least(self) -> Fraction | None:
        """The share of all if nobody of the unknown has moved, and rounding went the other way."""
        return Fraction(max(0, self.moved_here - self.off), self.total) if self.total else None

    @property
    def most(self) -> Fraction | None:
        """The share of all if everybody of the unknown has moved, and rounding went the other way."""
        if not self.total:
            return None
        return Fraction(min(self.total, self.moved_here + self.unknown + self.off), self.total)


def parts_of(figures: Iterable[Observation]) -> tuple[Part, ...]:
    """The parts of the published rows of municipalities; other measures and sums over residence are passed over."""
    held: dict[tuple[int, str, str], list[Observation]] = defaultdict(list)
    for one in figures:
        told = dict(one.breakdown)
        if one.measure_id == MEASURE and len(one.place) == 4 and "residence_years" in told:
            held[one.year, told["residence_years"], told.get("route", WHOLE)].append(one)
    return tuple(_part(key, rows) for key, rows in sorted(held.items()))


def moves_by_year(parts: Iterable[Part]) -> tuple[MovesOfYear, ...]:
    """Each year and length of residence, the years in order.

    Raises
    ------
    BadInput
        If a part stands twice, or a year lacks its total or one of the two ways of coming.
    """
    held: dict[tuple[int, str], dict[str, Part]] = defaultdict(dict)
    for part in parts:
        routes = held[part.year, part.residence]
        if part.route in routes:
            raise BadInput(f"{part.year} {part.residence} {part.route} twice", "each part once")
        routes[part.route] = part
    return tuple(_year(year, residence, routes) for (year, residence), routes in sorted(held.items()))


def _part(key: tuple[int, str, str], rows: list[Observation]) -> Part:
    numbers = [int(one.value) for one in rows if one.value is not None]
    return Part(
        *key, sum(numbers), len(numbers),
        rounded=sum(number in ROUNDED_TO for number in numbers),
        suppressed=sum(one.state is State.SUPPRESSED for one in rows),
    )  # fmt: skip


def _year(year: int, residence: str, routes: dict[str, Part]) -> MovesOfYear:
    lacking = [route or "all" for route in (WHOLE, SETTLED_HERE, MOVED_HERE) if route not in routes]
    if lacking:
        raise BadInput(
            f"{year} {residence} without {', '.join(lacking)}", "the total and both ways of coming"
        )
    total, settled, moved = routes[WHOLE], routes[SETTLED_HERE], routes[MOVED_HERE]
    stated = routes.get(UNKNOWN)
    left = max(0, total.persons - settled.persons - moved.persons)
    unknown = stated.persons if stated is not None and stated.places else left
    return MovesOfYear(
        year, residence, settled.persons, moved.persons, unknown, total.persons,
        MOST_ROUNDED * moved.rounded, moved.places, moved.suppressed,
    )  # fmt: skip
