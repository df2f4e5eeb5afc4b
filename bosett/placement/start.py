"""A good first answer for any size: prices, insertion at them, and small steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.certificate import Prices, net_rows, pieces
from bosett.placement.dive import dive
from bosett.placement.duals import Priced, price_all
from bosett.placement.insert import fill_rest, insert_by_price
from bosett.placement.packing import Packed
from bosett.placement.swap import polish
from bosett.placement.units import Floats, Ints, Units
from bosett.placement.worth import Demand, Worth

POLISHED = 80_000_000
"""Exchanges that are looked at in the small steps, at most."""
DIVED_ALONE = 330_000
"""Pairs above which the answer from the linear programme needs no other beside it."""
PLACED_FIRST = 3.0
"""Reward of a person placed, in the highest scores a person reaches."""


@dataclass(frozen=True)
class Start:
    """Places to begin from, and the prices of the score under these demands where they are known.

    Parameters
    ----------
    packed
        The bound of whole baskets under nearly these demands, where it was sought.
    """

    places: Ints
    priced: Priced | None = None
    demands: Sequence[Demand] = ()
    packed: Packed | None = None

    def prices_under(self, demands: Sequence[Demand]) -> Priced | None:
        """The prices, if they were made under the same demands."""
        same = [(one.name, one.at_least) for one in demands] == [
            (one.name, one.at_least) for one in self.demands
        ]
        return self.priced if same else None


def good_start(units: Units, groups: Sequence[Demand], *, take_losses: bool, seed: int) -> Start:
    """A first answer and its prices; every rule is kept, a group's floor is aimed at and may be missed.

    Parameters
    ----------
    take_losses
        Whether everybody is placed who can be, also where the score is not positive.
    """
    worth = units.whole_score()
    demands = [*groups]
    if take_losses:
        placeable = units.fitting.any(axis=1)
        demands += [
            Demand(f"persons_tier_{tier}", units.persons_of(tier), float(units.persons[here].sum()))
            for tier in units.tiers
            for here in [placeable & (units.tier == tier)]
        ]
    priced = price_all(units, worth, demands)
    aimed = _aimed(units, priced, demands)
    found = [_dived(units, priced, aimed, take_losses=take_losses)]
    if units.count * units.places <= DIVED_ALONE or (take_losses and (found[0] < 0).any()):
        found += [
            _inserted(units, priced, demands, by_tier=by_tier, take_losses=take_losses)
            for by_tier in (False, True)
        ]
    best = max(found, key=lambda one: rank(units, one, take_losses=take_losses))
    order = np.random.default_rng(seed).permutation(units.count)[: POLISHED // units.count]
    return Start(polish(units, aimed, best, order.tolist()), priced, tuple(demands))


def reward_of(units: Units) -> Floats:
    """For each unit placed, more than any score can outweigh, earlier tiers first."""
    most = np.abs(units.score).max(axis=1, initial=0.0)
    scale = float((most / np.maximum(units.persons, 1)).max(initial=0.0))
    later = np.array([sum(tier > one for tier in units.tiers) for one in units.tier.tolist()])
    return np.asarray(PLACED_FIRST * max(scale, 1e-6) * 4.0**later * units.persons, dtype=np.float64)


def _dived(units: Units, priced: Priced, aimed: Floats, *, take_losses: bool) -> Ints:
    """From the linear programme, with a reward for each person placed that no score outweighs."""
    reward = reward_of(units) if take_losses else np.zeros(units.count)
    places = dive(units, Worth(np.ones(units.count), aimed, added=reward), priced)
    left = units.capacity - units.used(places)
    fill_rest(units, places, aimed, left, take_losses=take_losses)
    return places


def _inserted(
    units: Units, priced: Priced, demands: Sequence[Demand], *, by_tier: bool, take_losses: bool
) -> Ints:
    worth = units.whole_score()
    net = worth.at(priced.unit, priced.place)
    net = net - (units.use[priced.unit] * priced.prices.capacity[priced.place]).sum(axis=1)
    for price, one in zip(priced.prices.kept, demands, strict=True):
        if one.is_group and price:
            net = net + price * one.worth.at(priced.unit, priced.place)
    places = insert_by_price(units, priced, net, take_losses=take_losses, by_tier=by_tier)
    left = units.capacity - units.used(places)
    fill_rest(units, places, units.score, left, take_losses=take_losses)
    return places


def rank(units: Units, places: Ints, *, take_losses: bool) -> tuple[float, ...]:
    """What answers are compared by: persons tier by tier, then the score; the score alone if that is asked."""
    score = units.whole_score().total(places)
    if not take_losses:
        return (score,)
    return (*(units.persons_of(tier).total(places) for tier in units.tiers), score)


def _aimed(units: Units, priced: Priced, demands: Sequence[Demand]) -> Floats:
    """The score, with what a group below its floor would gain beside it."""
    kept = [price if one.is_group else 0.0 for price, one in zip(priced.prices.kept, demands, strict=True)]
    if not any(kept):
        return units.score
    only_groups = Prices(np.zeros_like(units.capacity), tuple(kept))
    found = np.zeros_like(units.score)
    for start, stop in pieces(units):
        found[start:stop] = net_rows(units, units.whole_score(), only_groups, demands, start, stop)
    return found
