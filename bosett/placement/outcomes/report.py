"""How fair and how fresh the scores are: by group, and against later cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.outcomes.calibration import FOLDS, folds_of
from bosett.placement.outcomes.cases import PastCase, design, places_of
from bosett.placement.outcomes.estimator import Model, fit
from bosett.placement.units import Floats

SHOWN = 30
"""Cases below which a group's figures are not shown: they would say more of chance than of the group."""
WATCH, STOP = 0.1, 0.25
"""Population stability index from which the mix has shifted, and much; a rule of thumb of credit scoring."""
TOO_FAR = 0.03
"""Distance between told and reached on later cases from which the model must be learned anew; our choice."""
EMPTY = 1e-4


@dataclass(frozen=True)
class GroupRow:
    """One group; figures None = fewer than 30 cases.

    Parameters
    ----------
    told, reached
        Mean chance told by models that had not seen the case, and the share that reached the outcome.
    """

    group: str
    cases: int
    told: float | None
    reached: float | None


@dataclass(frozen=True)
class Drift:
    """How far later cases lie from those that were learned from.

    Parameters
    ----------
    shifts
        Population stability index of each column.
    told, reached
        On the later cases.
    """

    shifts: Mapping[str, float]
    told: float
    reached: float

    @property
    def verdict(self) -> str:
        """`same`, `watch` or `learn_again`."""
        far = abs(self.told - self.reached)
        if far > TOO_FAR or max(self.shifts.values()) > STOP:
            return "learn_again"
        return "watch" if max(self.shifts.values()) > WATCH else "same"


def fairness_report(
    cases: Sequence[PastCase], municipality_ids: Sequence[str], rng: np.random.Generator
) -> tuple[GroupRow, ...]:
    """Told and reached by group; the groups are used here and nowhere else."""
    fold = folds_of(cases, FOLDS, rng)
    told = np.zeros(len(cases))
    for number in range(FOLDS):
        at = np.flatnonzero(fold == number)
        model = fit([cases[row] for row in np.flatnonzero(fold != number).tolist()], municipality_ids)
        left = [cases[row] for row in at.tolist()]
        chance = model.chances([one.adult for one in left])
        told[at] = chance[np.arange(len(left)), places_of(left, municipality_ids)]
    outcome = np.array([one.outcome for one in cases], dtype=np.float64)
    groups = np.array([one.group for one in cases])
    rows = []
    for group in sorted(set(groups.tolist())):
        here = groups == group
        enough = int(here.sum()) >= SHOWN
        rows.append(
            GroupRow(
                group,
                int(here.sum()),
                float(told[here].mean()) if enough else None,
                float(outcome[here].mean()) if enough else None,
            )
        )
    return tuple(rows)


def drift(model: Model, before: Sequence[PastCase], later: Sequence[PastCase]) -> Drift:
    """The later cases beside those that were learned from."""
    old, new = (design([one.adult for one in cases]) for cases in (before, later))
    names = ("education_years", "experience_years", "children", "adults", "no_education", "no_experience")
    shifts = {name: _shift(old[:, 1 + at], new[:, 1 + at]) for at, name in enumerate(names)}
    chance = model.chances([one.adult for one in later])
    there = chance[np.arange(len(later)), places_of(later, model.municipality_ids)]
    return Drift(shifts, float(there.mean()), float(np.mean([one.outcome for one in later])))


def _shift(old: Floats, new: Floats) -> float:
    """Population stability index over tenths of the old values."""
    cuts = np.unique(np.quantile(old, np.linspace(0.1, 0.9, 9)))
    count = len(cuts) + 1
    before = np.maximum(np.bincount(np.searchsorted(cuts, old), minlength=count) / len(old), EMPTY)
    after = np.maximum(np.bincount(np.searchsorted(cuts, new), minlength=count) / len(new), EMPTY)
    return float(((after - before) * np.log(after / before)).sum())
