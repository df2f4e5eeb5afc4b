"""The numbers of a summary, recomputed from the placements."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bosett.placement.given import Breach, GivenAnswer, GivenInstance

TOLERANCE = 1e-6
SCORE = "score"

Where = npt.NDArray[np.int64]


def close(claimed: float, right: float) -> bool:
    """Equal but for the last digits of long sums."""
    return abs(claimed - right) <= TOLERANCE * max(1.0, abs(right))


def expected_levels(instance: GivenInstance, objective: str) -> list[str]:
    """The levels that an answer for this objective must have, in order."""
    if objective == SCORE:
        return [SCORE]
    tiers = sorted({min(instance.tier[row] for row in rows) for rows in instance.together})
    return [*(f"persons_tier_{tier}" for tier in tiers), SCORE]


def persons_of(instance: GivenInstance, rows: Sequence[int], level: str) -> float:
    """Persons of a unit when its tier, the best of its households, is the level's; else 0."""
    tier = min(instance.tier[row] for row in rows)
    if level != f"persons_tier_{tier}":
        return 0.0
    persons = list(instance.dimensions).index("persons")
    return float(sum(instance.use[row, persons] for row in rows))


def level_value(instance: GivenInstance, level: str, where: Where) -> float:
    """Persons of a tier, or the score, in the placements."""
    if level == SCORE:
        placed = np.flatnonzero(where >= 0)
        return math.fsum(instance.score[placed, where[placed]].tolist())
    return sum(persons_of(instance, rows, level) for rows in instance.together if where[rows[0]] >= 0)


def group_best(instance: GivenInstance) -> dict[str, float]:
    """B_g: the sum over a group's households of their highest score on a fitting pair, capacity ignored."""
    found: dict[str, list[float]] = {}
    for rows in instance.together:
        fits = fitting(instance, rows)
        for row in rows:
            if instance.group[row]:
                scores = instance.score[row][fits]
                found.setdefault(instance.group[row], []).append(float(scores.max()) if scores.size else 0.0)
    return {group: math.fsum(best) for group, best in found.items()}


def fitting(instance: GivenInstance, rows: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Municipalities that are allowed to all of a unit and large enough for it."""
    use = instance.use[list(rows)].sum(axis=0)
    fits = (use <= instance.capacity).all(axis=1)
    if instance.allowed is not None:
        fits &= instance.allowed[list(rows)].all(axis=0)
    return np.asarray(fits, dtype=np.bool_)


def group_reached(instance: GivenInstance, where: Where) -> dict[str, float]:
    """Score of each group's placed households."""
    found: dict[str, list[float]] = {group: [] for group in instance.group if group}
    for row, group in enumerate(instance.group):
        if group and where[row] >= 0:
            found[group].append(float(instance.score[row, where[row]]))
    return {group: math.fsum(scores) for group, scores in found.items()}


def value_breaches(instance: GivenInstance, answer: GivenAnswer, where: Where) -> list[Breach]:
    """Levels, totals, group shares and floors that are not what the placements say."""
    wanted, told = expected_levels(instance, answer.objective), [one.name for one in answer.levels]
    if wanted != told:
        return [Breach("levels", answer.objective, ", ".join(told), ", ".join(wanted))]
    found = []
    for level in answer.levels:
        right = level_value(instance, level.name, where)
        if not close(level.value, right):
            found.append(Breach("level_value", level.name, str(level.value), str(right)))
        if level.bound < right - TOLERANCE * max(1.0, abs(right)):
            found.append(Breach("bound_below_value", level.name, str(level.bound), str(right)))
    return found + _totals(instance, answer, where) + _floors(instance, answer, where)


def _totals(instance: GivenInstance, answer: GivenAnswer, where: Where) -> list[Breach]:
    persons = instance.use[:, list(instance.dimensions).index("persons")]
    last = answer.levels[-1]
    right = {
        "placed_persons": float(persons[where >= 0].sum()),
        "persons": float(persons.sum()),
        "placed_households": float((where >= 0).sum()),
        "households": float(len(where)),
        "score": last.value,
        "score_bound": last.bound,
        "gap": (last.bound - last.value) / abs(last.bound) if last.bound else 0.0,
    }
    found = [
        Breach("total", name, str(answer.totals[name]), str(total))
        for name, total in right.items()
        if name in answer.totals and not abs(answer.totals[name] - total) <= 1e-9 * max(1.0, abs(total))
    ]
    solver = answer.totals.get("solver_bound", last.value)
    slack = TOLERANCE * max(1.0, abs(last.value), abs(last.bound))
    if not last.value - slack <= solver <= last.bound + slack:
        found.append(Breach("solver_bound", "outside value and bound", str(solver), ""))
    return found


def _floors(instance: GivenInstance, answer: GivenAnswer, where: Where) -> list[Breach]:
    best, reached = group_best(instance), group_reached(instance, where)
    found = []
    for group, share in answer.group_shares.items():
        right = reached[group] / best[group] if best.get(group, 0.0) > 0 else None
        if (share is None) != (right is None) or (
            share is not None and right is not None and not close(share, right)
        ):
            found.append(Breach("group_share", group, str(share), str(right)))
    floor = answer.fairness_floor
    if floor is not None:
        for group, most in best.items():
            if reached[group] < floor * most - TOLERANCE * max(1.0, abs(most)):
                found.append(Breach("below_the_floor", group, str(floor), str(reached[group] / most)))
    if answer.objective == "wishes" and answer.score_floor is not None and answer.best_score is not None:
        least = min(answer.best_score, answer.score_floor * answer.best_score)
        if answer.levels[-1].value < least - TOLERANCE * max(1.0, abs(least)):
            found.append(Breach("below_the_score_floor", "score", str(least), str(answer.levels[-1].value)))
    return found
