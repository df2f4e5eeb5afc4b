"""From the chances of adults to the score of a household: an explicit choice that is written down."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from bosett.placement.outcomes.cases import Adult
from bosett.placement.outcomes.estimator import Model
from bosett.placement.problem import ScoreTable
from bosett.placement.units import Floats


class Aggregation(StrEnum):
    """At least one adult reaches the outcome, or how many do; the first hides the second earner."""

    AT_LEAST_ONE = "at_least_one"
    NUMBER = "number"


def household_scores(
    chances: Floats, household_ids: Sequence[str], aggregation: Aggregation
) -> tuple[tuple[str, ...], Floats]:
    """Households in order of their identifier, and their scores by municipality.

    Parameters
    ----------
    chances
        adults x municipalities; one identifier for each row.
    """
    names, row = np.unique(np.array(household_ids), return_inverse=True)
    found = np.zeros((len(names), chances.shape[1]))
    if aggregation is Aggregation.NUMBER:
        np.add.at(found, row, chances)
    else:
        np.add.at(found, row, np.log1p(-np.minimum(chances, 1 - 1e-12)))
        found = 1.0 - np.exp(found)
    return tuple(str(one) for one in names), found


def score_table(model: Model, adults: Sequence[Adult], aggregation: Aggregation) -> ScoreTable:
    """A score matrix for the engine: one row a household."""
    names, found = household_scores(model.chances(adults), [one.household_id for one in adults], aggregation)
    return ScoreTable(names, model.municipality_ids, np.round(found, 6))
