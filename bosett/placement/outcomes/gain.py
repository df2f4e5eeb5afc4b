"""What placing by the scores is said to gain, judged by cases that did not help to choose.

A model that both chooses and judges praises its own luck: also in a world where place does not matter.
Here a third of the households teaches the model that chooses, a third the model that judges, and a third is
placed, each third in its turn; the places are those that were there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.outcomes.calibration import folds_of
from bosett.placement.outcomes.cases import PastCase, places_of
from bosett.placement.outcomes.estimator import Model, fit
from bosett.placement.outcomes.offpolicy import robust_gains
from bosett.placement.outcomes.scoring import Aggregation, score_table
from bosett.placement.problem import Household, Municipality, Problem
from bosett.placement.program import Limits
from bosett.placement.solve import solve
from bosett.placement.units import Ints

MOST_HOUSEHOLDS = 1_000
"""Households placed anew in each turn; more would only take longer."""
LIMITS = Limits(effort=60, gap=0.002)


@dataclass(frozen=True)
class Gain:
    """Mean chance where people were settled and where they would be, and the share gained.

    Parameters
    ----------
    robust, robust_error
        The share gained by the doubly robust estimate, which also looks at the outcomes themselves, and its
        standard error.
    """

    settled: float
    proposed: float
    robust: float
    robust_error: float

    @property
    def share(self) -> float:
        """Gain as a share of the mean chance where people were settled."""
        return (self.proposed - self.settled) / self.settled


def modelled_gain(
    cases: Sequence[PastCase],
    municipality_ids: Sequence[str],
    rng: np.random.Generator,
    aggregation: Aggregation = Aggregation.NUMBER,
    learn: Callable[[Sequence[PastCase], Sequence[str]], Model] = fit,
) -> Gain:
    """The gain over all three turns."""
    fold = folds_of(cases, 3, rng)
    thirds = [[one for one, here in zip(cases, fold, strict=True) if here == third] for third in range(3)]
    models = [learn(third, municipality_ids) for third in thirds]
    settled, proposed, robust = [], [], []
    for third in range(3):
        some = _some(thirds[third], rng)
        choose, judge = models[(third + 1) % 3], models[(third + 2) % 3]
        to = _proposed(some, choose, aggregation)
        chance = judge.chances([one.adult for one in some])
        row, at = np.arange(len(some)), places_of(some, municipality_ids)
        settled.append(chance[row, at])
        proposed.append(chance[row, to])
        robust.append(robust_gains(some, chance, at, to))
    base, new = np.concatenate(settled), np.concatenate(proposed)
    whole = np.concatenate(robust)
    error = float(whole.std(ddof=1) / np.sqrt(len(whole)))
    mean = float(base.mean())
    return Gain(mean, float(new.mean()), float(whole.mean()) / mean, error / mean)


def _some(cases: Sequence[PastCase], rng: np.random.Generator) -> list[PastCase]:
    names = sorted({one.adult.household_id for one in cases})
    taken = {names[index] for index in rng.permutation(len(names))[:MOST_HOUSEHOLDS].tolist()}
    return [one for one in cases if one.adult.household_id in taken]


def _proposed(cases: Sequence[PastCase], model: Model, aggregation: Aggregation) -> Ints:
    """Column of the municipality in which the engine places each case, with the places that were taken."""
    table = score_table(model, [one.adult for one in cases], aggregation)
    size: dict[str, int] = {}
    where: dict[str, str] = {}
    for one in cases:
        size[one.adult.household_id] = size.get(one.adult.household_id, 0) + 1
        where[one.adult.household_id] = one.municipality_id
    held = dict.fromkeys(model.municipality_ids, 0)
    for name, code in where.items():
        held[code] += size[name]
    problem = Problem(
        tuple(Household(name, count) for name, count in sorted(size.items())),
        tuple(Municipality(code, code, {"persons": places}) for code, places in held.items()),
        table,
    )
    found = solve(problem, limits=LIMITS).by_household
    column = {code: index for index, code in enumerate(model.municipality_ids)}
    chosen = [found[one.adult.household_id] or one.municipality_id for one in cases]
    return np.array([column[code] for code in chosen], dtype=np.int64)
