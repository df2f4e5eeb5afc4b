"""Homes and households: who fits this home, and which homes fit this household?

A home holds one household at a time.  What fits is told by codes, and so is what does not: somebody in
the municipality can then say that a ramp or another month would do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from bosett.terms.days import DateRange
from bosett.terms.errors import BadInput


class Misfit(StrEnum):
    """Why a household cannot have a home; `RENT` and `SCHOOL_FAR` only make it a worse choice."""

    TOO_FEW_BEDROOMS = "too_few_bedrooms"
    NOT_STEP_FREE = "not_step_free"
    NOT_FREE_THEN = "not_free_then"
    HELD = "held"
    RENT = "rent"
    SCHOOL_FAR = "school_far"


WORSE = frozenset({Misfit.RENT, Misfit.SCHOOL_FAR})


@dataclass(frozen=True)
class Home:
    """A home that the municipality can let to a household.

    Parameters
    ----------
    free
        The days it can be let; half-open.
    held
        The days it is held already, by one household after the other.
    rent_nok
        A month; None = not known.
    school, school_minutes
        The nearest school and the way to it; None = not known.
    """

    home_id: str
    bedrooms: int
    free: DateRange
    step_free: bool = False
    rent_nok: int | None = None
    school: str = ""
    school_minutes: int | None = None
    held: tuple[DateRange, ...] = ()

    def __post_init__(self) -> None:
        if self.bedrooms < 0 or (self.rent_nok or 0) < 0 or (self.school_minutes or 0) < 0:
            raise BadInput(f"home {self.home_id} with a negative number", "0 or more")
        ordered = sorted(self.held, key=lambda one: one.start)
        if any(one.overlaps(later) for one, later in pairwise(ordered)):
            raise BadInput(f"home {self.home_id} held twice on a day", "one household at a time")


@dataclass(frozen=True)
class HomeSeeker:
    """A household looking for a home.

    Parameters
    ----------
    persons
        >= 1; a bedroom holds up to `persons_a_bedroom` unless `bedrooms` says how many it needs.
    from_day, until
        The stay; None = no end is known, and a home with an end is then free too short.
    most_rent_nok, most_school_minutes
        Wishes: a home beyond them still fits, and comes later.
    """

    household_id: str
    persons: int
    from_day: date
    persons_a_bedroom: int
    until: date | None = None
    bedrooms: int | None = None
    step_free: bool = False
    most_rent_nok: int | None = None
    most_school_minutes: int | None = None

    def __post_init__(self) -> None:
        if self.persons < 1 or (self.bedrooms or 0) < 0:
            raise BadInput(f"household {self.household_id} of {self.persons}", "at least one person")
        if self.persons_a_bedroom < 1:
            raise BadInput(f"{self.persons_a_bedroom} persons to a bedroom", "1 or more")

    @property
    def bedrooms_needed(self) -> int:
        """As the household says, or so many to a bedroom as the municipality counts with."""
        return -(-self.persons // self.persons_a_bedroom) if self.bedrooms is None else self.bedrooms

    @property
    def stay(self) -> DateRange:
        """The days it needs a home."""
        return DateRange(self.from_day, self.until)


@dataclass(frozen=True)
class HomeMatch:
    """One household and one home; `spare_bedrooms` is what it would not need."""

    household_id: str
    home_id: str
    misfits: tuple[Misfit, ...]
    spare_bedrooms: int

    @property
    def fits(self) -> bool:
        """Whether nothing but wishes speaks against it."""
        return set(self.misfits) <= WORSE


def match_home(home: Home, household: HomeSeeker) -> HomeMatch:
    """Everything that speaks against the household having the home, in order of `Misfit`."""
    against = {
        Misfit.TOO_FEW_BEDROOMS: home.bedrooms < household.bedrooms_needed,
        Misfit.NOT_STEP_FREE: household.step_free and not home.step_free,
        Misfit.NOT_FREE_THEN: not _covers(home.free, household.stay),
        Misfit.HELD: any(one.overlaps(household.stay) for one in home.held),
        Misfit.RENT: _above(home.rent_nok, household.most_rent_nok),
        Misfit.SCHOOL_FAR: _above(home.school_minutes, household.most_school_minutes),
    }
    misfits = tuple(misfit for misfit, speaks in against.items() if speaks)
    spare = home.bedrooms - household.bedrooms_needed
    return HomeMatch(household.household_id, home.home_id, misfits, max(0, spare))


def who_fits(home: Home, households: Iterable[HomeSeeker]) -> tuple[HomeMatch, ...]:
    """Every household beside the home: those that fit first, the fullest use of it first."""
    return _ordered(match_home(home, one) for one in households)


def homes_that_fit(household: HomeSeeker, homes: Iterable[Home]) -> tuple[HomeMatch, ...]:
    """Every home beside the household: those that fit first, the least spare room first."""
    return _ordered(match_home(one, household) for one in homes)


def free_by_size(homes: Iterable[Home], day: date) -> dict[int, int]:
    """Bedrooms -> homes that are free and not held on the day, the smallest first."""
    free = [one for one in homes if day in one.free and not any(day in held for held in one.held)]
    return {
        size: sum(one.bedrooms == size for one in free) for size in sorted({one.bedrooms for one in free})
    }


def places_in_homes(homes: Iterable[Home], day: date, persons_a_bedroom: int) -> int:
    """Persons that the homes free on the day hold: so many to a bedroom, one where there is none."""
    return sum(
        count * max(1, bedrooms * persons_a_bedroom) for bedrooms, count in free_by_size(homes, day).items()
    )


def _ordered(matches: Iterable[HomeMatch]) -> tuple[HomeMatch, ...]:
    return tuple(
        sorted(
            matches,
            key=lambda one: (
                not one.fits,
                len(one.misfits),
                one.spare_bedrooms,
                one.household_id,
                one.home_id,
            ),
        )
    )


def _covers(free: DateRange, stay: DateRange) -> bool:
    ends = free.end is None or (stay.end is not None and stay.end <= free.end)
    return free.start <= stay.start and ends


def _above(value: int | None, most: int | None) -> bool:
    """A value that is not known is not held against the home."""
    return value is not None and most is not None and value > most
