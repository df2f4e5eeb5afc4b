"""The bounds of a certificate, recomputed by the formula of the file contract."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from bosett.placement.given import Breach, GivenAnswer, GivenInstance, GivenLevel
from bosett.placement.verify_values import SCORE, TOLERANCE, fitting, group_best, persons_of

Row = npt.NDArray[np.float64]


def bound_breaches(instance: GivenInstance, answer: GivenAnswer) -> list[Breach]:
    """Prices that may not be, and bounds that the prices do not give."""
    found = []
    reached: dict[str, float] = {}
    floor = answer.fairness_floor or 0.0
    for level in answer.levels:
        wrong = _prices(instance, level, reached)
        found += wrong
        if not wrong:
            right = certificate_bound(instance, level, reached, floor)
            loosest = right - 1 if level.name.startswith("persons_") else right
            slack = TOLERANCE * max(1.0, abs(right))
            for claimed in (level.bound, level.certified):
                if not loosest - slack <= claimed <= right + slack:
                    found.append(Breach("bound", level.name, str(claimed), str(right)))
        if level.bound != level.certified:
            found.append(Breach("bound_told_twice", level.name, str(level.bound), str(level.certified)))
        reached[level.name] = level.value
    return found


def _prices(instance: GivenInstance, level: GivenLevel, reached: Mapping[str, float]) -> list[Breach]:
    found = []
    all_prices = [
        *(price for by in level.prices.values() for price in by.values()),
        *level.mu.values(),
        *level.groups.values(),
    ]
    if any(not (math.isfinite(price) and price >= 0) for price in all_prices):
        found.append(Breach("price_negative", level.name))
    found += [Breach("mu_of_a_later_level", f"{level.name}, {one}") for one in level.mu if one not in reached]
    known = set(instance.group) - {""}
    found += [
        Breach("lambda_of_no_group", f"{level.name}, {one}") for one in level.groups if one not in known
    ]
    dimension_of = {name: index for index, name in enumerate(instance.dimensions)}
    found += [
        Breach("price_of_unlimited", f"{level.name}, {place}, {name}")
        for place, by in level.prices.items()
        for name, price in by.items()
        if price > 0 and not np.isfinite(instance.capacity[instance.column[place], dimension_of[name]])
    ]
    return found


def certificate_bound(
    instance: GivenInstance, level: GivenLevel, reached: Mapping[str, float], floor: float
) -> float:
    """The bound by the contract's formula."""
    prices = np.zeros_like(instance.capacity)
    for column, place in enumerate(instance.municipalities):
        for index, name in enumerate(instance.dimensions):
            prices[column, index] = level.prices.get(place, {}).get(name, 0.0)
    terms = [_unit_term(instance, level, rows, prices) for rows in instance.together]
    held = np.where(prices > 0, instance.capacity, 0.0)
    best = group_best(instance) if level.groups else {}
    return math.fsum([
        *terms,
        *(prices * held).ravel().tolist(),
        *(-mu * reached[name] for name, mu in level.mu.items()),
        *(-price * floor * best.get(group, 0.0) for group, price in level.groups.items()),
    ])  # fmt: skip


def _unit_term(instance: GivenInstance, level: GivenLevel, rows: Sequence[int], prices: Row) -> float:
    fits = fitting(instance, rows)
    locks = {
        instance.locks[name] for name in (instance.households[row] for row in rows) if name in instance.locks
    }
    places = {place for place in locks if place is not None}
    if not places and not fits.any():
        return 0.0
    value = _worth(instance, level, rows) - prices @ instance.use[list(rows)].sum(axis=0)
    if places:
        return float(value[instance.column[places.pop()]])
    return max(0.0, float(value[fits].max()))


def _worth(instance: GivenInstance, level: GivenLevel, rows: Sequence[int]) -> Row:
    """f_k + sum of mu f_j + sum of lambda score_g, for each municipality."""
    scores = np.nan_to_num(instance.score[list(rows)], nan=0.0)
    if level.name == SCORE:
        found = scores.sum(axis=0)
    else:
        found = np.full(len(instance.municipalities), persons_of(instance, rows, level.name))
    for name, mu in level.mu.items():
        found = found + mu * (scores.sum(axis=0) if name == SCORE else persons_of(instance, rows, name))
    for place, row in enumerate(rows):
        price = level.groups.get(instance.group[row], 0.0) if instance.group[row] else 0.0
        if price:
            found = found + price * scores[place]
    return np.asarray(found, dtype=np.float64)
