"""Modelled choices in the place of people: which municipality took, or is asked to take, each synthetic household.

Nothing here is a finding.  Places of the year are never overdrawn, so that the demo keeps the rule
that nobody is placed where the council said no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from bosett.scenario.population.people import Household, Protection, Stage
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode

PLACED = (Stage.SETTLED, Stage.ASSIGNED, Stage.PROPOSED)


@dataclass(frozen=True)
class Places:
    """Free places by municipality and group; the minors' places lie inside the total."""

    free: Mapping[tuple[MunicipalityCode, Group], int]

    def codes(self) -> list[MunicipalityCode]:
        """Municipalities with places for anybody, in order."""
        return sorted(code for code, group in self.free if group is Group.ALL)


def choose_municipalities(
    households: Sequence[Household],
    this_year: int,
    places: Places,
    weights: Mapping[MunicipalityCode, int],
    rng: np.random.Generator,
) -> dict[UUID, MunicipalityCode]:
    """A municipality for each household that is settled, assigned or proposed.

    Those who draw on this year's places get one where enough are free (weighted by what is free);
    those settled in earlier years get one by `weights`.  Linked households go together where the
    places allow it.  Households with a protected address are left out: their places are sealed.

    Raises
    ------
    ValueError
        If the places of the year are too few for those already settled in it.
    """
    left = dict(places.free)
    chosen: dict[UUID, MunicipalityCode] = {}
    by_link: dict[str, MunicipalityCode] = {}
    earlier = sorted(weights)
    share = np.array([weights[code] for code in earlier], dtype=float)
    share /= share.sum()
    for household in households:
        if household.stage not in PLACED or household.protection is not Protection.NONE:
            continue
        if _settled_before(household, this_year):
            code = by_link.get(household.link or "") or earlier[int(rng.choice(len(earlier), p=share))]
        else:
            code = _with_room(household, places.codes(), left, by_link.get(household.link or ""), rng)
            _take(household, code, left)
        chosen[household.id] = code
        if household.link:
            by_link[household.link] = code
    return chosen


def _settled_before(household: Household, this_year: int) -> bool:
    settled = household.days.settled
    return settled is not None and settled.year < this_year


def _with_room(
    household: Household,
    codes: Sequence[MunicipalityCode],
    left: Mapping[tuple[MunicipalityCode, Group], int],
    wished: MunicipalityCode | None,
    rng: np.random.Generator,
) -> MunicipalityCode:
    room = np.array([_room(household, code, left) for code in codes], dtype=float)
    if wished is not None and _room(household, wished, left) > 0:
        return wished
    if not room.any():
        raise ValueError(f"no municipality has {household.persons} places left for {household.reference}")
    return codes[int(rng.choice(len(codes), p=room / room.sum()))]


def _room(
    household: Household, code: MunicipalityCode, left: Mapping[tuple[MunicipalityCode, Group], int]
) -> int:
    free = left.get((code, Group.ALL), 0)
    if household.group is not Group.ALL:
        free = min(free, left.get((code, household.group), 0))
    return free if free >= household.persons else 0


def _take(
    household: Household, code: MunicipalityCode, left: dict[tuple[MunicipalityCode, Group], int]
) -> None:
    for group in {Group.ALL, household.group}:
        left[(code, group)] -= household.persons
