"""What outcomes that were seen say about another way of placing, doubly robust.

Right when either the judging model or the usual chances are right; wide where few were settled as proposed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bosett.placement.outcomes.cases import PastCase
from bosett.placement.units import Floats, Ints

PRIOR = 20.0
"""Cases by which the shares within a stratum are drawn towards those of all."""
LEAST = 2e-3
"""No usual chance is taken for smaller, so that single cases do not decide; our assumption."""


def usual_chances(cases: Sequence[PastCase], at: Ints, places: int) -> Floats:
    """How likely each case was to be settled where it was: by education and adults, drawn towards all."""
    stratum = np.array([_stratum(one) for one in cases])
    everywhere = (np.bincount(at, minlength=places) + 1.0) / (len(at) + places)
    found = np.zeros(len(cases))
    for one in np.unique(stratum).tolist():
        here = np.flatnonzero(stratum == one)
        count = np.bincount(at[here], minlength=places)
        share = (count + PRIOR * everywhere) / (len(here) + PRIOR)
        found[here] = share[at[here]]
    return np.maximum(found, LEAST)


def _stratum(case: PastCase) -> int:
    years = case.adult.education_years
    level = 0 if years is None else 1 + int(years > 7) + int(years > 10) + int(years > 13)
    return 2 * level + int(case.adult.adults > 1)


def robust_gains(cases: Sequence[PastCase], chance: Floats, at: Ints, to: Ints) -> Floats:
    """For each case: the judged gain of the proposed place, corrected by how outcomes missed the judgement.

    Parameters
    ----------
    chance
        cases x municipalities, by a model that has not seen these cases.
    at, to
        Where each case was settled, and where it is proposed.
    """
    row = np.arange(len(cases))
    outcome = np.array([one.outcome for one in cases], dtype=np.float64)
    miss = outcome - chance[row, at]
    weight = (at == to) / usual_chances(cases, at, chance.shape[1])
    return np.asarray(chance[row, to] - chance[row, at] + weight * miss - miss, dtype=np.float64)
