"""Municipal places by week: what each municipality may answer, and who settles where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.dice import BLOCK, Counts
from bosett.scenario.weeks.plan import YEAR, Policy, SimulationPlan
from bosett.terms.errors import BadInput

LEVELS = (0.0, 0.05, 0.25, 0.50, 0.75, 0.95, 1.0)
SPAWN_FROM = 1_000_000
"""Municipal answers have seeds of their own, apart from those of the blocks' arrivals."""


@dataclass(frozen=True)
class Towns:
    """Each municipality's expected answer in a year of the scenario, as quantiles.

    Parameters
    ----------
    codes
        Municipality codes.
    quantiles
        Persons, shape (years, municipalities, 5): P05, P25, P50, P75, P95, never falling.
    together
        Share of the chance that all municipalities have in common, 0 to 1.
    """

    codes: tuple[str, ...]
    quantiles: NDArray[np.float64]
    together: float = 0.0

    def __post_init__(self) -> None:
        if self.quantiles.ndim != 3 or self.quantiles.shape[1:] != (len(self.codes), 5):
            raise BadInput(f"answers of shape {self.quantiles.shape}", "years x municipalities x 5")
        if (np.diff(self.quantiles, axis=2) < 0).any() or (self.quantiles < 0).any():
            raise BadInput("quantiles of an answer that fall, or are negative", "0 <= p05 <= ... <= p95")
        if not 0 <= self.together <= 1:
            raise BadInput(f"together {self.together}", "a share from 0 to 1")


@dataclass(frozen=True)
class MunicipalPlaces:
    """Places by week, draw and municipality, and their sum."""

    places: NDArray[np.uint16]
    total: Counts


def draw_places(
    towns: Towns, plan: SimulationPlan, policy: Policy, seed: int, blocks: Iterable[int]
) -> MunicipalPlaces:
    """Draw each municipality's answer and spread it evenly over the weeks of its year."""
    answers = np.concatenate([_answers(towns, seed, block) for block in blocks], axis=1)
    offered = answers * (policy.settlement_factor * plan.settlement.accepted_share)
    weeks = np.arange(plan.weeks) + policy.earlier_weeks
    year = np.minimum(weeks // YEAR, len(offered) - 1)
    places = np.empty((plan.weeks, answers.shape[1], len(towns.codes)), dtype=np.uint16)
    for week in range(plan.weeks):
        passed = weeks[week] % YEAR
        told = offered[year[week]]
        now = np.floor(told * ((passed + 1) / YEAR) + 1e-9) - np.floor(told * (passed / YEAR) + 1e-9)
        places[week] = now.astype(np.uint16)
    return MunicipalPlaces(places, places.sum(axis=2, dtype=np.int32))


def shared_out(settled: Counts, drawn: MunicipalPlaces) -> NDArray[np.uint16]:
    """Who settles where: whole persons in proportion to the week's places, never above them.

    Shape (weeks, draws, municipalities); summed over municipalities it is `settled`.
    """
    out = np.empty_like(drawn.places)
    for week, persons in enumerate(settled):
        upto = np.cumsum(drawn.places[week], axis=1, dtype=np.int64)
        total = np.maximum(upto[:, -1:], 1)
        passed = upto * persons[:, None].astype(np.int64) // total
        out[week] = np.diff(passed, axis=1, prepend=0).astype(np.uint16)
    return out


def _answers(towns: Towns, seed: int, block: int) -> NDArray[np.float64]:
    """Shape (years, draws, municipalities), whole persons."""
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(SPAWN_FROM + block,)))
    years = len(towns.quantiles)
    own = rng.random((years, BLOCK, len(towns.codes)))
    common = rng.random((years, BLOCK, 1))
    pick = rng.random(own.shape) < towns.together
    chance = np.where(pick, common, own)
    ends = np.concatenate(
        [towns.quantiles[..., :1], towns.quantiles, towns.quantiles[..., -1:]], axis=2
    )  # nothing is said beyond P05 and P95, so nothing is drawn beyond them
    drawn = np.empty_like(own)
    for year in range(years):
        for town in range(len(towns.codes)):
            drawn[year, :, town] = np.interp(chance[year, :, town], LEVELS, ends[year, town])
    return np.rint(drawn)
