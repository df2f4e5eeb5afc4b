"""Several models as one forecast, each weighted by how well it has forecast this series before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bosett.forecast.joint import FEWEST_MONTHS as JOINT_MONTHS
from bosett.forecast.joint import joint_months
from bosett.forecast.models.baselines import random_walk, seasonal_naive
from bosett.forecast.models.damped_level import damped_level
from bosett.forecast.models.ets import auto_ets
from bosett.forecast.models.random_walk import log_random_walk
from bosett.forecast.models.seasonal import NEEDED_MONTHS as SEASON_MONTHS
from bosett.forecast.models.seasonal import seasonal_damped_level, seasonal_random_walk
from bosett.forecast.quantiles import Array, crps, in_order

Model = Callable[[Array, int], Array]

MEMBERS: Mapping[str, Model] = {
    "log_random_walk": log_random_walk,
    "damped_level": damped_level,
    "seasonal_random_walk": seasonal_random_walk,
    "seasonal_damped_level": seasonal_damped_level,
    "auto_ets": auto_ets,
    "seasonal_naive": seasonal_naive,
}
"""The models that are combined."""

BASELINES: Mapping[str, Model] = {
    "seasonal_naive": seasonal_naive,
    "random_walk": random_walk,
    "auto_ets": auto_ets,
}
"""What the combination is compared with."""

NEEDED_MONTHS: Mapping[str, int] = {
    "damped_level": 24,
    "seasonal_random_walk": SEASON_MONTHS,
    "seasonal_damped_level": SEASON_MONTHS,
    "seasonal_naive": 13,
}
"""A model takes part from so many months on: with fewer there is no season, and no middle to return to, and it
would only say once more what another model says."""

JOINT = "joint"
"""The model of several countries at once; it takes part where their series are given (`bosett.forecast.joint`)."""

SCORED_ORIGINS = 60
FIRST_SCORED = 8
LARGEST = 50
"""No member is followed beyond this many times the largest month seen: a fit that explodes says nothing."""


def takes_part(name: str, months: int) -> bool:
    """Whether a model says something of its own about a series of so many months."""
    return months >= NEEDED_MONTHS.get(name, 0)


@dataclass(frozen=True)
class Weighting:
    """How past scores become weights; frozen on origins before 2016 (docs/methods/forecast.md).

    Parameters
    ----------
    sharpness
        A model's weight falls with this power of its score.
    memory
        Weight of a month ago against now.
    prior_months
        So many scored origins' worth of equal weights is mixed in.
    """

    sharpness: float = 6.0
    memory: float = 0.95
    prior_months: float = 1.0


FROZEN = Weighting()


class Forecasts:
    """Each model's quantiles at each origin of a series, made once and kept.

    An origin is the number of months known; nothing after it is ever shown to a model.  `others` are further
    countries' figures from the same first month on, nan where not known; where they reach further than the
    series, so they do at each origin.
    """

    def __init__(self, values: Array, horizon: int, others: Mapping[str, Array] | None = None) -> None:
        self.values, self.horizon = values, horizon
        self.others = others or {}
        self._lead = max((len(one) - len(values) for one in self.others.values()), default=0)
        self._kept: dict[tuple[str, int], Array] = {}

    def members(self, origin: int) -> list[str]:
        """The models that take part at an origin."""
        return [
            *(name for name in MEMBERS if takes_part(name, origin)),
            *([JOINT] if self._panel(origin) else []),
        ]

    def of(self, name: str, origin: int) -> Array:
        """Shape (horizon, 9)."""
        key = (name, origin)
        if key not in self._kept and name == JOINT:
            self._kept[key] = joint_months(self._panel(origin), "", self.horizon)
        elif key not in self._kept:
            model = MEMBERS.get(name) or BASELINES[name]
            self._kept[key] = model(self.values[:origin], self.horizon)
        return self._kept[key]

    def _panel(self, origin: int) -> dict[str, Array]:
        """The series under "" and every country with months enough at an origin; empty when none has."""
        until = origin + max(0, self._lead)
        known = {name: _stretched(one[:until], until) for name, one in self.others.items()}
        enough = {
            name: one
            for name, one in known.items()
            if np.isfinite(one).sum() >= JOINT_MONTHS and np.nansum(one) > 0
        }
        own = self.values[:origin]
        if not enough or origin < JOINT_MONTHS or not own.any():
            return {}
        return {"": _stretched(own, until), **enough}

    def weights(self, origin: int, weighting: Weighting = FROZEN) -> dict[str, float]:
        """The weight of each member that takes part at an origin, from the outcomes known then; they sum to 1."""
        names = self.members(origin)
        equal = np.full(len(names), 1 / len(names))
        sums, count = self._past_scores(names, origin, weighting)
        if not count or not sums.min() > 0:
            return dict(zip(names, equal.tolist(), strict=True))
        raw = (sums / sums.min()) ** -weighting.sharpness
        trust = count / (count + weighting.prior_months * self.horizon)
        mixed = trust * raw / raw.sum() + (1 - trust) * equal
        return dict(zip(names, mixed.tolist(), strict=True))

    def combined(self, origin: int, weighting: Weighting = FROZEN) -> Array:
        """The members' quantiles averaged level by level."""
        told = self.weights(origin, weighting)
        ceiling = LARGEST * self.values[:origin].max()
        kept = (weight * np.minimum(self.of(name, origin), ceiling) for name, weight in told.items())
        return in_order(np.asarray(sum(kept, np.zeros(1))))

    def _past_scores(self, names: list[str], origin: int, weighting: Weighting) -> tuple[Array, int]:
        """Each member's score at earlier origins, at the horizons whose outcome is known by now.

        One that took no part yet is given the worst score of those that did: it has to earn its weight.
        """
        sums, count = np.zeros(len(names)), 0
        for past in range(max(FIRST_SCORED, origin - SCORED_ORIGINS), origin):
            known = min(self.horizon, origin - past)
            actual = self.values[past : past + known]
            there = {
                name: float(crps(self.of(name, past)[:known], actual).sum())
                for name in self.members(past)
                if name in names
            }
            worst = max(there.values())
            sums += weighting.memory ** (origin - past) * np.array([there.get(name, worst) for name in names])
            count += known
        return sums, count


def _stretched(values: Array, months: int) -> Array:
    """The figures, then nan up to so many months."""
    return np.concatenate([values, np.full(months - len(values), np.nan)])
