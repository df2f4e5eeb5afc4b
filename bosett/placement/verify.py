"""Is an answer right?  Checked from the tables alone: no solver, and no code of the solver.

Written from the file contract, with plain dictionaries and exact fractions, so that a fault in the
solver's own bookkeeping cannot hide here.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from bosett.placement.given import Breach, GivenAnswer, GivenInstance, GivenLevel, Pair

TOLERANCE = Fraction(1, 10**6)
REASONS = ("no_allowed_municipality", "no_capacity", "locked_out", "not_worth_it")


def verify(instance: GivenInstance, answer: GivenAnswer) -> tuple[Breach, ...]:
    """Every breach; empty = every rule kept, every value and bound recomputed and right."""
    known = _rows(instance, answer)
    if known:
        return tuple(known)
    where = {row.household_id: row.municipality_id for row in answer.placements}
    return (
        *_pairs(instance, answer),
        *_capacities(instance, where),
        *_together(instance, where),
        *_reasons(instance, answer),
        *_values(instance, answer, where),
        *_bounds(instance, answer),
        *_price_rows(instance, answer, where),
    )


def _rows(instance: GivenInstance, answer: GivenAnswer) -> list[Breach]:
    found: list[Breach] = []
    seen: set[str] = set()
    for row in answer.placements:
        if row.household_id not in instance.households:
            found.append(Breach("unknown_household", row.household_id))
        if row.household_id in seen:
            found.append(Breach("household_twice", row.household_id))
        if row.municipality_id is not None and row.municipality_id not in instance.capacity:
            found.append(Breach("unknown_municipality", row.municipality_id))
        seen.add(row.household_id)
    found += [Breach("household_missing", one) for one in instance.households if one not in seen]
    return found


def _pairs(instance: GivenInstance, answer: GivenAnswer) -> list[Breach]:
    found = []
    for row in answer.placements:
        if row.municipality_id is None:
            continue
        pair = (row.household_id, row.municipality_id)
        if pair in instance.forbidden:
            found.append(Breach("not_allowed", f"{pair[0]} in {pair[1]}"))
        right = instance.score.get(pair)
        if right is None or row.score is None or abs(right - row.score) > TOLERANCE:
            found.append(Breach("score", f"{pair[0]} in {pair[1]}", str(row.score), str(right)))
    return found


def _used(instance: GivenInstance, where: Mapping[str, str | None]) -> dict[Pair, int]:
    used: dict[Pair, int] = {}
    for household, place in where.items():
        for dimension, places in instance.households[household].use.items():
            if place is not None:
                used[place, dimension] = used.get((place, dimension), 0) + places
    return used


def _capacities(instance: GivenInstance, where: Mapping[str, str | None]) -> list[Breach]:
    used = _used(instance, where)
    return [
        Breach("above_capacity", f"{place}, {dimension}", str(capacity), str(used[place, dimension]))
        for place, capacities in instance.capacity.items()
        for dimension, capacity in capacities.items()
        if capacity is not None and used.get((place, dimension), 0) > capacity
    ]


def _together(instance: GivenInstance, where: Mapping[str, str | None]) -> list[Breach]:
    places: dict[str, set[str | None]] = {}
    for name, household in instance.households.items():
        if household.link:
            places.setdefault(household.link, set()).add(where[name])
    found = [Breach("link_split", link) for link, there in places.items() if len(there) > 1]
    for name, place in instance.locks.items():
        if where[name] != place:
            found.append(Breach("lock_not_kept", name, str(place), str(where[name])))
    return found


def _reasons(instance: GivenInstance, answer: GivenAnswer) -> list[Breach]:
    found = []
    for row in answer.placements:
        if row.municipality_id is not None:
            if row.reason:
                found.append(Breach("reason_for_placed", row.household_id, row.reason, ""))
        elif row.reason not in REASONS:
            found.append(Breach("reason_unknown", row.household_id, row.reason, ""))
        elif row.reason == "locked_out" and not _locked_out(instance, row.household_id):
            found.append(Breach("reason_wrong", row.household_id, row.reason, "no such lock"))
        elif row.reason == "no_allowed_municipality" and _allowed(
            instance, _unit(instance, row.household_id)
        ):
            found.append(Breach("reason_wrong", row.household_id, row.reason, "an allowed municipality"))
    return found


def _unit(instance: GivenInstance, household: str) -> tuple[str, ...]:
    link = instance.households[household].link
    if not link:
        return (household,)
    return tuple(name for name, one in instance.households.items() if one.link == link)


def _units(instance: GivenInstance) -> list[tuple[str, ...]]:
    by_link: dict[str, list[str]] = {}
    alone = []
    for name, one in instance.households.items():
        if one.link:
            by_link.setdefault(one.link, []).append(name)
        else:
            alone.append((name,))
    return alone + [tuple(names) for names in by_link.values()]


def _locked_out(instance: GivenInstance, household: str) -> bool:
    unit = _unit(instance, household)
    return any(name in instance.locks and instance.locks[name] is None for name in unit)


def _allowed(instance: GivenInstance, unit: tuple[str, ...]) -> list[str]:
    return [
        place for place in instance.capacity if all((name, place) not in instance.forbidden for name in unit)
    ]


def _use(instance: GivenInstance, unit: tuple[str, ...], dimension: str) -> int:
    return sum(instance.households[name].use.get(dimension, 0) for name in unit)


def _fitting(instance: GivenInstance, unit: tuple[str, ...]) -> list[str]:
    dimensions = {d for capacities in instance.capacity.values() for d in capacities}
    use = {dimension: _use(instance, unit, dimension) for dimension in dimensions}
    return [
        place
        for place in _allowed(instance, unit)
        if all(cap is None or use[d] <= cap for d, cap in instance.capacity[place].items())
    ]


def _worth(instance: GivenInstance, level: str, unit: tuple[str, ...], place: str) -> Fraction:
    """f_k(u, m): persons of the tier, or the score."""
    if level == "score":
        return sum((instance.score[name, place] for name in unit), Fraction(0))
    tier = min(instance.households[name].tier for name in unit)
    persons = _use(instance, unit, "persons")
    return Fraction(persons if level == f"persons_tier_{tier}" else 0)


def _level_value(instance: GivenInstance, level: str, where: Mapping[str, str | None]) -> Fraction:
    found = Fraction(0)
    for unit in _units(instance):
        place = where[unit[0]]
        if place is not None:
            found += _worth(instance, level, unit, place)
    return found


def _values(instance: GivenInstance, answer: GivenAnswer, where: Mapping[str, str | None]) -> list[Breach]:
    found = []
    for level in answer.levels:
        right = _level_value(instance, level.name, where)
        if abs(right - level.value) > TOLERANCE:
            found.append(Breach("level_value", level.name, str(float(level.value)), str(float(right))))
        if level.bound < level.value - TOLERANCE:
            found.append(Breach("bound_below_value", level.name, str(float(level.bound)), ""))
    placed = [name for name, place in where.items() if place is not None]
    right_totals: dict[str, Fraction | int] = {
        "placed_persons": sum(instance.households[name].use["persons"] for name in placed),
        "persons": sum(one.use["persons"] for one in instance.households.values()),
        "placed_households": len(placed),
        "households": len(where),
    }
    last = answer.levels[-1]
    right_totals |= {"score": last.value, "score_bound": last.bound, "gap": _gap(last.value, last.bound)}
    for name, total in right_totals.items():
        if name in answer.totals and abs(answer.totals[name] - total) > _rough(Fraction(total)):
            found.append(Breach("total", name, str(answer.totals[name]), str(total)))
    return found


def _gap(value: Fraction, bound: Fraction) -> Fraction:
    return (bound - value) / abs(bound) if bound else Fraction(0)


def _bounds(instance: GivenInstance, answer: GivenAnswer) -> list[Breach]:
    found = []
    reached = {level.name: level.value for level in answer.levels}
    earlier: list[str] = []
    for level in answer.levels:
        prices = (price for by in level.prices.values() for price in by.values())
        if any(price < 0 for price in (*prices, *level.mu.values())):
            found.append(Breach("price_negative", level.name))
        if any(name not in earlier for name in level.mu):
            found.append(Breach("mu_of_a_later_level", level.name))
        found += _free_prices(instance, level)
        right = certificate_bound(instance, level, {name: reached[name] for name in earlier})
        loosest = right - 1 if level.name.startswith("persons_") else right
        for claimed in (level.bound, level.certified):
            if not loosest - _rough(right) < claimed <= right + _rough(right):
                found.append(Breach("bound", level.name, str(float(claimed)), str(float(right))))
        earlier.append(level.name)
    return found


def _rough(value: Fraction) -> Fraction:
    return TOLERANCE * max(Fraction(1), abs(value))


def _free_prices(instance: GivenInstance, level: GivenLevel) -> list[Breach]:
    return [
        Breach("price_of_unlimited", f"{level.name}, {place}, {dimension}")
        for place, by in level.prices.items()
        for dimension, price in by.items()
        if price > 0 and instance.capacity.get(place, {}).get(dimension) is None
    ]


def certificate_bound(
    instance: GivenInstance, level: GivenLevel, reached: Mapping[str, Fraction]
) -> Fraction:
    """The bound by the contract's formula, in exact fractions."""
    bound = Fraction(0)
    for unit in _units(instance):
        locked = {instance.locks[name] for name in unit if instance.locks.get(name) is not None}
        places = [str(place) for place in locked] if locked else _fitting(instance, unit)
        terms = [_term(instance, level, unit, place) for place in places]
        bound += terms[0] if locked else max([Fraction(0), *terms])
    for place, by in level.prices.items():
        for dimension, price in by.items():
            bound += price * (instance.capacity.get(place, {}).get(dimension) or 0)
    return bound - sum(
        (level.mu.get(name, Fraction(0)) * value for name, value in reached.items()), Fraction(0)
    )


def _term(instance: GivenInstance, level: GivenLevel, unit: tuple[str, ...], place: str) -> Fraction:
    term = _worth(instance, level.name, unit, place)
    for name, mu in level.mu.items():
        if mu:
            term += mu * _worth(instance, name, unit, place)
    for dimension, price in level.prices.get(place, {}).items():
        if price:
            term -= price * _use(instance, unit, dimension)
    return term


def _price_rows(
    instance: GivenInstance, answer: GivenAnswer, where: Mapping[str, str | None]
) -> list[Breach]:
    used, last = _used(instance, where), answer.levels[-1]
    found = []
    for row in answer.prices:
        place, name = row.municipality_id, row.dimension
        if row.used != used.get((place, name), 0):
            found.append(Breach("used", f"{place}, {name}", str(row.used), str(used.get((place, name), 0))))
        if place in instance.capacity and instance.capacity[place].get(name) != row.capacity:
            found.append(Breach("capacity", f"{place}, {name}", str(row.capacity), ""))
        if last.prices.get(place, {}).get(name, Fraction(0)) != row.price:
            found.append(Breach("price", f"{place}, {name}", str(row.price), "another in the certificate"))
    return found
