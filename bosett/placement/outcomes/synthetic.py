"""A made-up world whose truth is known: what an estimator is tested on.  Nothing about Norway follows from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bosett.placement.outcomes.cases import SLOPES, Adult, PastCase, design
from bosett.placement.outcomes.estimator import sigmoid
from bosett.placement.units import Floats

COMMON = (-0.4, 0.35, 0.3, -0.3, 0.1, -0.2, -0.1)


@dataclass(frozen=True)
class World:
    """Past cases and the true chance of each adult in each municipality.

    Parameters
    ----------
    truth
        cases x municipalities.
    """

    municipality_ids: tuple[str, ...]
    cases: tuple[PastCase, ...]
    truth: Floats


def world(
    rng: np.random.Generator, households: int, places: int, *, effect: float, steered: float = 0.5
) -> World:
    """Households of one or two adults settled over four years.

    Parameters
    ----------
    effect
        How much places differ, on the scale of log odds; 0 = a world in which place does not matter.
    steered
        How strongly adults with more education were sent to the first municipalities.
    """
    ids = tuple(f"{1001 + place}" for place in range(places))
    own = rng.normal(0, 1, (places, 1 + len(SLOPES))) * effect * np.array([1.0, *[0.6] * len(SLOPES)])
    pull = rng.lognormal(0, 0.5, places)
    adults, where, years, groups = [], [], [], []
    for number in range(households):
        count, children = int(rng.integers(1, 3)), int(rng.poisson(1.0))
        level = float(np.clip(rng.normal(10, 4), 0, 20))
        weight = pull * np.exp(steered * (level - 10) / 5 * np.linspace(1, -1, places))
        there, year = int(rng.choice(places, p=weight / weight.sum())), int(2018 + number * 4 // households)
        for _ in range(count):
            education = None if rng.random() < 0.1 else round(float(np.clip(level + rng.normal(0, 2), 0, 22)))
            experience = None if rng.random() < 0.1 else round(float(rng.exponential(6)) % 40)
            adults.append(Adult(f"h{number:06}", education, experience, children, count))
            where.append(there)
            years.append(year)
            groups.append("with children" if children else "without children")
    rows = design(adults)
    truth = sigmoid((rows @ np.array(COMMON))[:, None] + rows[:, [0, *SLOPES]] @ own.T)
    reached = rng.random(len(adults)) < truth[np.arange(len(adults)), where]
    cases = tuple(
        PastCase(adult, ids[there], year, bool(yes), group)
        for adult, there, year, yes, group in zip(adults, where, years, reached, groups, strict=True)
    )
    return World(ids, cases, truth)
