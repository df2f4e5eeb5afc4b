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

    A municipality without a number for a group has none to give.  Years without any number are past:
    they are not counted, and municipalities are drawn by weight.
    """

    def __init__(
        self,
        places: Mapping[tuple[int, MunicipalityCode, Group], int],
        voted_on: Mapping[tuple[int, MunicipalityCode], date],
        weights: Mapping[MunicipalityCode, int],
    ) -> None:
        self.codes = sorted({code for _, code, _ in places} | set(weights))
        self.past = np.cumsum([weights.get(code, 0) for code in self.codes], dtype=np.int64)
        if not self.codes or self.past[-1] <= 0:
            raise BadInput(
                "no municipality with a weight above zero", "codes with weights such as inhabitants"
            )
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
            return (tie if tie is not None and tie in self.codes else self._drawn(self.past, rng)), False
        use = _use(unit)
        left = self.left[year]
        room: NDArray[np.bool_] = np.all(left >= use, axis=1)
        if not room.any():
            return None
        early = self.voted[year] > proposed.toordinal()
        preferred = room & ~early if (room & ~early).any() else room
        if tie is not None and tie in self.codes and room[self.codes.index(tie)]:
            chosen = self.codes.index(tie)
        else:
            room_left = np.cumsum(np.where(preferred, left[:, WHOLE], 0))
            chosen = self.codes.index(self._drawn(room_left, rng))
        left[chosen] -= use
        return self.codes[chosen], bool(early[chosen])

    def _drawn(self, cumulated: NDArray[np.int64], rng: np.random.Generator) -> MunicipalityCode:
        return self.codes[int(np.searchsorted(cumulated, rng.integers(cumulated[-1]), side="right"))]

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
