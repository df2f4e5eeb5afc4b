"""A formula fitted to requests that were published without one: fitted, never known.

The requests of a year are explained as a weighted sum of candidate criteria, each turned into parts
that sum to 1.  Weights are 0 or more and sum to 1; they minimise the squared error, each municipality
weighed by one over its mean part, so that the largest do not decide alone.  Uncertainty is how the
weights vary when municipalities are drawn anew (bootstrap).  Another set of candidates gives another
formula that may fit as well: this says what would reproduce the numbers, not how they were made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from bosett.terms.errors import BadInput

Floats = npt.NDArray[np.float64]
MOST_CANDIDATES = 8
FAR = 2.0
"""Standard deviations from which a municipality is called far from the fit."""


@dataclass(frozen=True)
class FittedWeight:
    """A criterion's fitted weight with its 90 % interval from drawing municipalities anew."""

    column: str
    weight: float
    low: float
    high: float


@dataclass(frozen=True)
class Residual:
    """One municipality beside the fit.

    Parameters
    ----------
    fitted
        Persons that the formula gives.
    distance
        (asked - fitted) in standard deviations of municipalities of its size.
    """

    identifier: str
    asked: int
    fitted: float
    distance: float

    @property
    def far(self) -> bool:
        """Whether the formula does not explain this one."""
        return abs(self.distance) > FAR


@dataclass(frozen=True)
class FittedFormula:
    """What would reproduce the requests best among the candidates.

    Parameters
    ----------
    explained
        Share of the variance of the persons asked for that the formula explains.
    unexplained_persons
        Half the sum of the absolute residuals: persons that lie elsewhere than the formula says.
    """

    weights: tuple[FittedWeight, ...]
    explained: float
    unexplained_persons: float
    residuals: tuple[Residual, ...]

    def __post_init__(self) -> None:
        if abs(sum(one.weight for one in self.weights) - 1) > 1e-6:
            raise ValueError("fitted weights sum to 1")


def fit_formula(
    asked: Mapping[str, int],
    candidates: Mapping[str, Mapping[str, float]],
    rng: np.random.Generator,
    draws: int = 400,
) -> FittedFormula:
    """Fit weights to published requests.

    Parameters
    ----------
    asked
        Municipality -> persons, of those that were asked.
    candidates
        Column -> municipality -> value, >= 0; at most `MOST_CANDIDATES`.
    rng
        For the draws of the bootstrap only: the weights themselves do not depend on it.

    Raises
    ------
    BadInput
        If a candidate lacks a municipality (all are named), is 0 everywhere, or there are too many.
    """
    identifiers = sorted(asked)
    if not sum(asked.values()):
        raise BadInput("nobody asked for", "at least one person asked for")
    columns = sorted(candidates)
    parts = _parts(identifiers, columns, candidates)
    requested = np.array([asked[one] for one in identifiers], dtype=np.float64)
    total = requested.sum()
    spread = parts.mean(axis=1)
    weights = _best(parts, requested / total, 1 / spread)
    drawn = np.array([
        _best(parts[rows], requested[rows] / total, 1 / spread[rows])
        for rows in rng.integers(0, len(identifiers), (draws, len(identifiers)))
    ])  # fmt: skip
    low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
    told = zip(columns, weights, low, high, strict=True)
    fitted = parts @ weights * total
    return FittedFormula(
        weights=tuple(FittedWeight(name, float(w), float(a), float(b)) for name, w, a, b in told),
        explained=float(1 - ((requested - fitted) ** 2).sum() / ((requested - requested.mean()) ** 2).sum()),
        unexplained_persons=float(np.abs(requested - fitted).sum() / 2),
        residuals=_residuals(identifiers, requested, fitted, spread),
    )


def _parts(
    identifiers: list[str], columns: list[str], candidates: Mapping[str, Mapping[str, float]]
) -> Floats:
    if not 0 < len(columns) <= MOST_CANDIDATES:
        raise BadInput(f"{len(columns)} candidates", f"1 to {MOST_CANDIDATES}")
    for column in columns:
        missing = [one for one in identifiers if one not in candidates[column]]
        if missing:
            raise BadInput(f"no value for {', '.join(missing)}", "a value for each one asked", column=column)
    table = np.array(
        [[candidates[column][one] for column in columns] for one in identifiers], dtype=np.float64
    )
    if (table < 0).any() or (table.sum(axis=0) == 0).any() or (table.sum(axis=1) == 0).any():
        raise BadInput("a candidate below 0, or 0 everywhere", "values of 0 or more, not all 0")
    return np.asarray(table / table.sum(axis=0), dtype=np.float64)


def _best(parts: Floats, shares: Floats, counts: Floats) -> Floats:
    """Least squares with weights of 0 or more that sum to 1: the best of all sets of columns."""
    columns = parts.shape[1]
    square = parts.T @ (parts * counts[:, None])
    cross = parts.T @ (shares * counts)
    best, lowest = np.full(columns, 1 / columns), np.inf
    for size in range(1, columns + 1):
        for chosen in combinations(range(columns), size):
            weights = _on_plane(square[np.ix_(chosen, chosen)], cross[list(chosen)])
            if weights is not None and weights.min() >= 0:
                full = np.zeros(columns)
                full[list(chosen)] = weights
                error = float(full @ square @ full - 2 * cross @ full)
                if error < lowest - 1e-15:
                    best, lowest = full, error
    return best


def _on_plane(square: Floats, cross: Floats) -> Floats | None:
    """The least squares weights that sum to 1, of any sign; None where columns say the same."""
    size = len(cross)
    system = np.block([[square, np.ones((size, 1))], [np.ones((1, size)), np.zeros((1, 1))]])
    if np.linalg.cond(system) > 1e12:
        return None
    return np.asarray(np.linalg.solve(system, np.append(cross, 1.0))[:size], dtype=np.float64)


def _residuals(
    identifiers: list[str], requested: Floats, fitted: Floats, spread: Floats
) -> tuple[Residual, ...]:
    """Furthest first; the standard deviation grows with the root of the size."""
    scaled = (requested - fitted) / np.sqrt(spread)
    unit = float(np.sqrt((scaled**2).mean())) or 1.0
    found = [
        Residual(one, int(persons), float(given), float(distance / unit))
        for one, persons, given, distance in zip(identifiers, requested, fitted, scaled, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.distance), one.identifier)))
