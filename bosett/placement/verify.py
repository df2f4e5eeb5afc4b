"""Is an answer right?  Checked from the tables alone: no solver, and no code of the solver.

Written from the file contract, so that a fault in the solver's own bookkeeping cannot hide here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bosett.placement.given import Breach, GivenAnswer, GivenInstance
from bosett.placement.verify_bound import bound_breaches
from bosett.placement.verify_values import close, value_breaches

REASONS = ("no_allowed_municipality", "no_capacity", "locked_out", "not_worth_it")

Where = npt.NDArray[np.int64]


def verify(instance: GivenInstance, answer: GivenAnswer) -> tuple[Breach, ...]:
    """Every breach; empty = every rule kept, every value and bound recomputed and right."""
    unknown = _rows(instance, answer)
    if unknown:
        return tuple(unknown)
    where = np.full(len(instance.households), -1, dtype=np.int64)
    for one in answer.placements:
        if one.municipality_id is not None:
            where[instance.row[one.household_id]] = instance.column[one.municipality_id]
    return (
        *_pairs(instance, answer),
        *_capacities(instance, where),
        *_together(instance, where),
        *_reasons(instance, answer, where),
        *value_breaches(instance, answer, where),
        *bound_breaches(instance, answer),
        *_price_rows(instance, answer, where),
    )


def _rows(instance: GivenInstance, answer: GivenAnswer) -> list[Breach]:
    found: list[Breach] = []
    seen: set[str] = set()
    for one in answer.placements:
        if one.household_id not in instance.row:
            found.append(Breach("unknown_household", one.household_id))
        if one.household_id in seen:
            found.append(Breach("household_twice", one.household_id))
        if one.municipality_id is not None and one.municipality_id not in instance.column:
            found.append(Breach("unknown_municipality", one.municipality_id))
        seen.add(one.household_id)
    found += [Breach("household_missing", one) for one in instance.households if one not in seen]
    for level in answer.levels:
        found += [
            Breach("unknown_price", f"{level.name}, {place}, {name}")
            for place, by in level.prices.items()
            for name in by
            if place not in instance.column or name not in instance.dimensions
        ]
    return found


def _pairs(instance: GivenInstance, answer: GivenAnswer) -> list[Breach]:
    found = []
    for one in answer.placements:
        if one.municipality_id is None:
            if one.score is not None:
                found.append(Breach("score_of_unplaced", one.household_id, str(one.score), ""))
            continue
        row, column = instance.row[one.household_id], instance.column[one.municipality_id]
        if instance.allowed is not None and not instance.allowed[row, column]:
            found.append(Breach("not_allowed", f"{one.household_id} in {one.municipality_id}"))
        right = float(instance.score[row, column])
        if one.score is None or not close(one.score, right):
            about = f"{one.household_id} in {one.municipality_id}"
            found.append(Breach("score", about, str(one.score), str(right)))
    return found


def _used(instance: GivenInstance, where: Where) -> npt.NDArray[np.float64]:
    used = np.zeros_like(instance.capacity)
    for row in np.flatnonzero(where >= 0):
        used[where[row]] += instance.use[row]
    return used


def _capacities(instance: GivenInstance, where: Where) -> list[Breach]:
    used = _used(instance, where)
    return [
        Breach(
            "above_capacity",
            f"{instance.municipalities[place]}, {instance.dimensions[dimension]}",
            f"{instance.capacity[place, dimension]:g}",
            f"{used[place, dimension]:g}",
        )
        for place, dimension in np.argwhere(used > instance.capacity)
    ]


def _together(instance: GivenInstance, where: Where) -> list[Breach]:
    found = [
        Breach("link_split", instance.link[rows[0]])
        for rows in instance.together
        if len({int(where[row]) for row in rows}) > 1
    ]
    for name, place in instance.locks.items():
        here = int(where[instance.row[name]])
        if here != (-1 if place is None else instance.column[place]):
            told = instance.municipalities[here] if here >= 0 else "unplaced"
            found.append(Breach("lock_not_kept", name, str(place or "unplaced"), told))
    return found


def _reasons(instance: GivenInstance, answer: GivenAnswer, where: Where) -> list[Breach]:
    found = []
    unit_of = {row: rows for rows in instance.together for row in rows}
    for one in answer.placements:
        if one.municipality_id is not None:
            if one.reason:
                found.append(Breach("reason_for_placed", one.household_id, one.reason, ""))
            continue
        rows = unit_of[instance.row[one.household_id]]
        if one.reason not in REASONS:
            found.append(Breach("reason_unknown", one.household_id, one.reason, ""))
            continue
        wrong = _wrong_reason(instance, answer, rows, one.reason)
        if wrong:
            found.append(Breach("reason_wrong", one.household_id, one.reason, wrong))
    del where
    return found


def _wrong_reason(instance: GivenInstance, answer: GivenAnswer, rows: Sequence[int], reason: str) -> str:
    names = [instance.households[row] for row in rows]
    locked_out = any(name in instance.locks and instance.locks[name] is None for name in names)
    allowed = instance.allowed is None or bool(instance.allowed[list(rows)].all(axis=0).any())
    if reason == "locked_out":
        return "" if locked_out else "no such lock"
    if locked_out:
        return "locked_out"
    if reason == "no_allowed_municipality":
        return "an allowed municipality" if allowed else ""
    if not allowed:
        return "no_allowed_municipality"
    if reason == "not_worth_it" and answer.objective != "score":
        return f"not a reason with the objective {answer.objective}"
    return ""


def _price_rows(instance: GivenInstance, answer: GivenAnswer, where: Where) -> list[Breach]:
    used, last = _used(instance, where), answer.levels[-1]
    found = []
    seen = set()
    for row in answer.prices:
        place, name = row.municipality_id, row.dimension
        about = f"{place}, {name}"
        if place not in instance.column or name not in instance.dimensions or (place, name) in seen:
            found.append(Breach("price_row", about))
            continue
        seen.add((place, name))
        at = instance.column[place], list(instance.dimensions).index(name)
        if row.used != used[at]:
            found.append(Breach("used", about, str(row.used), f"{used[at]:g}"))
        if (np.inf if row.capacity is None else row.capacity) != instance.capacity[at]:
            found.append(Breach("capacity", about, str(row.capacity), f"{instance.capacity[at]:g}"))
        if last.prices.get(place, {}).get(name, 0.0) != row.price:
            found.append(Breach("price", about, str(row.price), "another in the certificate"))
    lacking = len(instance.municipalities) * len(instance.dimensions) - len(seen)
    return [*found, *([Breach("price_row", f"{lacking} rows are missing")] if lacking else [])]
