"""Several countries at once: a common shock beside each country's own, as a state-space model.

The logarithm of each country's level is a random walk; its steps are a load times a common shock plus an
own shock.  A Kalman filter reads the months in order, so that a country whose last months are not
published yet is moved by what the others show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bosett.forecast.models.spread import HEAVY_UP, WIDEST, log_offset, step_variance
from bosett.forecast.quantiles import Array, in_order
from bosett.terms.errors import BadInput

FEWEST_MONTHS, FEWEST_COUNTRIES = 24, 2
NOISE_SHARE = 0.10
"""Share of a step's variance that is taken for noise of the single month; an assumption."""


@dataclass(frozen=True)
class JointForecast:
    """Quantiles (horizon, 9) by country, and each country's share of variance that is common."""

    quantiles: Mapping[str, Array]
    common_share: Mapping[str, float]


def joint_forecast(panel: Mapping[str, Array], horizon: int) -> JointForecast:
    """Forecast every country of a panel.

    Parameters
    ----------
    panel
        Country -> monthly figures over the same months; nan = not published yet or missing.

    Raises
    ------
    BadInput
        Names a country that has too few months, or whose months differ from the others'.
    """
    names = sorted(panel)
    told, share = {}, {}
    read = _read(panel, names)
    for place, name in enumerate(names):
        told[name] = read.ahead(place, read.months - 1, horizon)
        share[name] = float(read.loads[place] ** 2 / read.per_step[place])
    return JointForecast(told, share)


def joint_months(panel: Mapping[str, Array], name: str, horizon: int) -> Array:
    """The months after a country's last known one, shape (horizon, 9).

    A month that others have published already is told by what they show of it and of the months before.

    Raises
    ------
    BadInput
        As `joint_forecast`.
    """
    names = sorted(panel)
    place, read = names.index(name), _read(panel, names)
    last = int(np.flatnonzero(np.isfinite(panel[name]))[-1])
    seen = range(last + 1, min(read.months, last + 1 + horizon))
    told = [read.ahead(place, month, 0) for month in seen]
    rest = horizon - len(seen)
    return np.concatenate([*told, read.ahead(place, read.months - 1, rest)]) if rest else np.concatenate(told)


@dataclass(frozen=True)
class _Read:
    """What the filter knew after each month: levels (months, countries) and covariances."""

    levels: Array
    spreads: Array
    loads: Array
    per_step: Array
    offsets: Array

    @property
    def months(self) -> int:
        return len(self.levels)

    def ahead(self, place: int, month: int, horizon: int) -> Array:
        """Quantiles of a country so many months after a month; of the month itself for a horizon of 0."""
        steps = np.arange(1, horizon + 1) if horizon else np.zeros(1)
        size = np.minimum(np.sqrt(self.spreads[month, place, place] + self.per_step[place] * steps), WIDEST)
        return in_order(np.exp(self.levels[month, place] + size[:, None] * HEAVY_UP) - self.offsets[place])


def _read(panel: Mapping[str, Array], names: list[str]) -> _Read:
    table = _table(panel, names)
    offsets = np.array([log_offset(row[np.isfinite(row)]) for row in table])
    logs = np.log(table + offsets[:, None])
    own, loads = _shocks(np.diff(logs, axis=1))
    levels, spreads = _filtered(logs, own, loads)
    return _Read(levels, spreads, loads, np.square(loads) + own, offsets)


def _table(panel: Mapping[str, Array], names: list[str]) -> Array:
    if len(names) < FEWEST_COUNTRIES:
        raise BadInput(f"{len(names)} country", f"at least {FEWEST_COUNTRIES}")
    lengths = {name: len(panel[name]) for name in names}
    for name in names:
        if lengths[name] != lengths[names[0]]:
            raise BadInput(f"{lengths[name]} months of {name}", f"{lengths[names[0]]}, as of {names[0]}")
        known = panel[name][np.isfinite(panel[name])]
        if len(known) < FEWEST_MONTHS or known.min() < 0 or not known.any():
            raise BadInput(
                f"{name} with {len(known)} known months", f"{FEWEST_MONTHS} or more, 0 or more, not all 0"
            )
    return np.array([panel[name] for name in names], dtype=float)


def _shocks(steps: Array) -> tuple[Array, Array]:
    """Each country's own variance and its load on the common shock, from pairwise known steps."""
    size = np.array([step_variance(row[np.isfinite(row)]) for row in steps])
    scaled = steps / np.sqrt(size)[:, None]
    many = len(steps)
    together = np.eye(many)
    for one in range(many):
        for other in range(one):
            both = np.isfinite(scaled[one]) & np.isfinite(scaled[other])
            if both.sum() >= FEWEST_MONTHS // 2:
                together[one, other] = together[other, one] = np.mean(scaled[one][both] * scaled[other][both])
    values, vectors = np.linalg.eigh(together)
    common = max(0.0, values[-1] - 1) / max(1, many - 1)
    direction = vectors[:, -1] * np.sign(vectors[:, -1].sum() or 1.0)
    loads = np.clip(direction * np.sqrt(common * many), -0.95, 0.95) * np.sqrt(size)
    return size - np.square(loads), loads


def _filtered(logs: Array, own: Array, loads: Array) -> tuple[Array, Array]:
    """The level of every country after each month, and its covariance."""
    step = np.outer(loads, loads) + np.diag(own)
    noise = NOISE_SHARE * np.diag(step)
    first = np.array([row[np.isfinite(row)][0] for row in logs])
    level, spread = first, np.diag(np.diag(step)).copy()
    levels, spreads = [level], [spread]
    for month in range(1, logs.shape[1]):
        spread = spread + step
        known = np.flatnonzero(np.isfinite(logs[:, month]))
        if known.size:
            error = logs[known, month] - level[known]
            gain = spread[:, known] @ np.linalg.inv(spread[np.ix_(known, known)] + np.diag(noise[known]))
            level = level + gain @ error
            spread = spread - gain @ spread[known]
        levels.append(level)
        spreads.append(spread)
    return np.array(levels), np.array(spreads)
