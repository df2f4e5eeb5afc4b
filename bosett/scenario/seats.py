"""The places that are left while a modelled past is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.population.people import Household
from bosett.terms.errors import BadInput
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode

GROUPS = tuple(Group)
WHOLE = GROUPS.index(Group.ALL)


class Seats:
    """Places left per year, municipality and group.  A minor takes one of the group and one of the whole.

    A municipality without a number for a group has none to give.
    """

    def __init__(
        self,
        places: Mapping[tuple[int, MunicipalityCode, Group], int],
        voted_on: Mapping[tuple[int, MunicipalityCode], date],
    ) -> None:
        self.codes = sorted({code for _, code, _ in places})
        row = {code: i for i, code in enumerate(self.codes)}
        self.left: dict[int, NDArray[np.int64]] = {}
        self.voted: dict[int, NDArray[np.int64]] = {}
        for year in {year for year, _, _ in places}:
            self.left[year] = np.zeros((len(self.codes), len(GROUPS)), dtype=np.int64)
            self.voted[year] = np.full(len(self.codes), date.max.toordinal())
        for (year, code, group), number in places.items():
            if number < 0:
                raise BadInput(f"{number} places in {code}", "zero or more")
            self.left[year][row[code], GROUPS.index(group)] = number
        for (year, code), day in voted_on.items():
            if year in self.voted and code in row:
                self.voted[year][row[code]] = day.toordinal()

    def take(
        self,
        unit: Sequence[Household],
        year: int,
        proposed: date,
        tie: MunicipalityCode | None,
        rng: np.random.Generator,
    ) -> tuple[MunicipalityCode, bool] | None:
        """Seat all of the unit in one municipality: the tie if it has room, else by room left.

        Gives the municipality and whether it had not yet voted, or None when nobody has room.
        """
        if year not in self.left:
            raise BadInput(
                f"no places for {year}", f"places for each year of settlement: {sorted(self.left)}"
            )
        use = _use(unit)
        left = self.left[year]
        room: NDArray[np.bool_] = np.all(left >= use, axis=1)
        if not room.any():
            return None
        early = self.voted[year] > proposed.toordinal()
        preferred = room & ~early if (room & ~early).any() else room
        if tie in self.codes and room[self.codes.index(tie)]:
            chosen = self.codes.index(tie)
        else:
            weights = np.cumsum(np.where(preferred, left[:, WHOLE], 0))
            chosen = int(np.searchsorted(weights, rng.integers(weights[-1]), side="right"))
        left[chosen] -= use
        return self.codes[chosen], bool(early[chosen])

    def other_than(self, code: MunicipalityCode | None, rng: np.random.Generator) -> MunicipalityCode:
        """Any municipality but this one."""
        others = [each for each in self.codes if each != code]
        return others[rng.integers(len(others))]


def _use(unit: Sequence[Household]) -> NDArray[np.int64]:
    use = np.zeros(len(GROUPS), dtype=np.int64)
    for household in unit:
        use[WHOLE] += household.persons
        if household.group is not Group.ALL:
            use[GROUPS.index(household.group)] += household.persons
    return use
