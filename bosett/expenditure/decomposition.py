"""Why expenditure changed: more persons (volume), other kinds of persons (composition), dearer each (price).

Expenditure is N x sum of share x cost over groups (such as residence years).  Each of the three is
changed in every order and the mean taken (Shapley), so that the parts add up and no order is favoured.
Source: Shorrocks (2013), Journal of Economic Inequality 11; Sun (1998).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

from bosett.terms.errors import BadInput

FACTORS = ("price", "composition", "volume")


@dataclass(frozen=True)
class GroupCost:
    """Persons of a group (>= 0) and kroner per person."""

    persons: float
    per_person_nok: float


@dataclass(frozen=True)
class Change:
    """Kroner from one year to the other; the parts add up to the whole.

    `price_index` is the part of the price that a deflator explains, None when no deflator was given.
    """

    volume_nok: float
    composition_nok: float
    price_nok: float
    price_index_nok: float | None = None

    @property
    def whole_nok(self) -> float:
        """The whole change."""
        return self.volume_nok + self.composition_nok + self.price_nok


def decompose(
    before: Mapping[str, GroupCost], after: Mapping[str, GroupCost], deflator: float | None = None
) -> Change:
    """The change of expenditure between two years.

    Parameters
    ----------
    deflator
        Prices after / prices before, from a source; the cost of the year before is raised with it.

    Raises
    ------
    BadInput
        If the years have different groups, or a year has no persons.
    """
    if set(before) != set(after):
        raise BadInput("different groups", "the same groups in both years", "decomposition")
    for year in (before, after):
        if sum(one.persons for one in year.values()) <= 0:
            raise BadInput("no persons", "persons in both years", "decomposition")
    parts = dict.fromkeys(FACTORS, 0.0)
    orders = list(permutations(FACTORS))
    for order in orders:
        changed: frozenset[str] = frozenset()
        for factor in order:
            more = changed | {factor}
            parts[factor] += (_mixed(before, after, more) - _mixed(before, after, changed)) / len(orders)
            changed = more
    index = None
    if deflator is not None:
        raised = {
            name: GroupCost(one.persons, before[name].per_person_nok * deflator)
            for name, one in after.items()
        }
        index = decompose(before, raised).price_nok
    return Change(parts["volume"], parts["composition"], parts["price"], index)


def _mixed(before: Mapping[str, GroupCost], after: Mapping[str, GroupCost], changed: frozenset[str]) -> float:
    """Expenditure with the named factors of the year after and the others of the year before."""
    volume = after if "volume" in changed else before
    kinds = after if "composition" in changed else before
    costs = after if "price" in changed else before
    persons = sum(one.persons for one in volume.values())
    whole = sum(one.persons for one in kinds.values())
    return persons * sum(kinds[name].persons / whole * costs[name].per_person_nok for name in before)


def price_ratio(nominal_change: float, real_change: float) -> float:
    """Prices after / before that two published changes imply, both as shares (0.05 = 5 %)."""
    if real_change <= -1 or nominal_change <= -1:
        raise BadInput(f"{nominal_change}, {real_change}", "changes above -1", "decomposition")
    return (1 + nominal_change) / (1 + real_change)
