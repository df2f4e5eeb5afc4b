"""A good first answer for any size: prices, insertion at them, and small steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bosett.placement.certificate import Prices, net_rows, pieces
from bosett.placement.duals import Priced, price_all
from bosett.placement.insert import fill_rest, insert_by_price
from bosett.placement.swap import polish
from bosett.placement.units import Floats, Ints, Units
from bosett.placement.worth import Demand

POLISHED = 12_000
"""Units that are tried in the small steps, at most."""


def good_start(units: Units, groups: Sequence[Demand], *, take_losses: bool, seed: int) -> Ints:
    """Places of the units; every rule is kept, a group's floor is aimed at and may be missed.

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
    found = [
        _inserted(units, priced, demands, by_tier=by_tier, take_losses=take_losses)
        for by_tier in (False, True)
    ]
    best = max(found, key=lambda one: _rank(units, one, take_losses=take_losses))
    order = np.random.default_rng(seed).permutation(units.count)[:POLISHED]
    return polish(units, _aimed(units, priced, demands), best, order.tolist())


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


def _rank(units: Units, places: Ints, *, take_losses: bool) -> tuple[float, ...]:
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
