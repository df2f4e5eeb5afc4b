"""The replicate check: the same estimate on rescaled bootstrap samples.

In a cell with r respondents of the frame's N, r - 1 are drawn with replacement; a municipality drawn m
times has its weight times 1 + sqrt(1 - r/N) (r/(r-1) m - 1), which is never below 0 and gives the
linearised variance of a sum.  The raising for nonresponse is done anew in every replicate.
Source: Rao and Wu (1988); Rao, Wu and Yue (1992), Survey Methodology 18(2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.expenditure.design import Design, Mask, Numbers
from bosett.expenditure.problem import Survey
from bosett.expenditure.ratio import ESTIMATORS, amounts_of


@dataclass(frozen=True, eq=False)
class Replicates:
    """Estimates by replicate (rows) and area (columns).

    `total` adds the areas replicate by replicate.
    """

    areas: tuple[str, ...]
    values: Numbers

    def standard_error(self, area: str) -> float:
        """Standard deviation over the replicates."""
        return float(self.values[:, self.areas.index(area)].std())

    def total_error(self) -> float:
        """Standard deviation of the sum of all areas."""
        return float(self.values.sum(axis=1).std())


def replicate(survey: Survey, estimator: str, replicates: int, rng: np.random.Generator) -> Replicates:
    """Estimate every area on so many bootstrap samples."""
    design = Design.of(survey.frame)
    columns = [amounts_of(survey, design, area) for area in survey.areas]
    anyone = np.any([responded for _, responded in columns], axis=0)
    factors = _factors(design, anyone, replicates, rng)
    values = [_column(design, estimator, factors, *column) for column in columns]
    return Replicates(survey.areas, np.array(values).T)


def _column(
    design: Design, estimator: str, factors: Numbers, amounts: Numbers, responded: Mask
) -> Sequence[float]:
    fit = ESTIMATORS[estimator]
    return [fit(design, design.response_weights(responded, design.base * one), amounts)[0] for one in factors]


def _factors(design: Design, responded: Mask, replicates: int, rng: np.random.Generator) -> Numbers:
    """What every base weight is multiplied by; 1 for those that never answered and in full cells."""
    factors = np.ones((replicates, len(design.ids)))
    pooled = design.pooled(responded)
    for cell in np.unique(pooled):
        population = int((pooled == cell).sum())
        rows = np.flatnonzero((pooled == cell) & responded)
        count = len(rows)
        if count < 2 or count == population:
            continue
        drawn = rng.multinomial(count - 1, np.full(count, 1 / count), size=replicates)
        move = np.sqrt(1 - count / population)
        factors[:, rows] = 1 + move * (count / (count - 1) * drawn - 1)
    return factors
