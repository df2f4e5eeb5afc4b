"""Is every home shared out as it was offered?  From the tables alone, with no solver and none of its code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bosett.placement.given import Breach
from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class HomeNeed:
    """What a household needs of a home; `bedrooms` >= 0."""

    bedrooms: int
    step_free: bool = False

    def __post_init__(self) -> None:
        if self.bedrooms < 0:
            raise BadInput(str(self.bedrooms), "0 bedrooms or more", column="bedrooms")


@dataclass(frozen=True)
class OfferedHome:
    """A home that its municipality offers for placement: what it is like, never where it is."""

    home_id: str
    municipality_id: str
    bedrooms: int
    step_free: bool = False


@dataclass(frozen=True)
class HomesOffered:
    """What a run knows of homes: what each household needs, and the homes that are offered."""

    needs: Mapping[str, HomeNeed]
    homes: tuple[OfferedHome, ...]


def fits(home: OfferedHome, need: HomeNeed) -> bool:
    """Whether the home has the bedrooms, and no steps where that is needed."""
    return home.bedrooms >= need.bedrooms and (home.step_free or not need.step_free)


def verify_homes(
    where: Mapping[str, str | None],
    needs: Mapping[str, HomeNeed],
    homes: Sequence[OfferedHome],
    given: Mapping[str, str],
) -> tuple[Breach, ...]:
    """Every breach: a home given twice, one that is not there or elsewhere, one that does not fit, nobody's left out.

    Parameters
    ----------
    where
        Household -> municipality or None, as proposed.
    given
        Household -> home.
    """
    known = {one.home_id: one for one in homes}
    towns = {one.municipality_id for one in homes}
    found = [
        Breach("home_given_twice", home)
        for home, times in sorted(Counter(given.values()).items())
        if times > 1
    ]
    for household, home in sorted(given.items()):
        one, need = known.get(home), needs.get(household)
        if one is None or one.municipality_id != where.get(household):
            found.append(Breach("home_is_elsewhere", household, home, where.get(household) or ""))
        elif need is None or not fits(one, need):
            found.append(Breach("home_does_not_fit", household, home))
    lacking = [one for one, place in where.items() if place in towns and one in needs and one not in given]
    return (*found, *(Breach("household_without_home", one) for one in sorted(lacking)))
