"""Small groups of municipalities: the Fay-Herriot model, each estimate with the error of all its parts.

direct = x'b + v + e, v of unknown variance A, e of the known variance of the direct estimate.  A is the root
of sum (y - x'b)^2 / (A + psi) = m - p, 0 when there is none; the answer weighs the direct estimate
A / (A + psi) and the model the rest.
Source: Fay and Herriot (1979), JASA 74; error with its corrections: Datta, Rao and Smith (2005),
Biometrika 92; Rao and Molina, Small Area Estimation (2nd ed. 2015), section 6.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.expenditure.result import Z95
from bosett.terms.errors import BadInput, NoAnswer

Numbers = NDArray[np.float64]
STEPS = 200


@dataclass(frozen=True)
class SmallArea:
    """A group with its direct estimate and standard error (> 0), and what the model knows of it."""

    name: str
    direct: float
    standard_error: float
    known: tuple[float, ...]


@dataclass(frozen=True)
class SmallAreaEstimate:
    """The estimate with its root mean squared error, and how much of it is the direct one (0 to 1)."""

    name: str
    value: float
    standard_error: float
    direct_share: float

    @property
    def interval(self) -> tuple[float, float]:
        """95 % (normal)."""
        return self.value - Z95 * self.standard_error, self.value + Z95 * self.standard_error


def fay_herriot(areas: Sequence[SmallArea]) -> tuple[SmallAreaEstimate, ...]:
    """Every group, in the order given; `known` should hold a 1 for the intercept.

    Raises
    ------
    BadInput
        For a standard error that is not above 0, or groups that know different numbers of things.
    NoAnswer
        With fewer than two groups more than the model has coefficients, or figures that go together.
    """
    if len({len(one.known) for one in areas}) > 1:
        raise BadInput("different numbers of figures", "the same figures for every group", "small areas")
    for one in areas:
        if not one.standard_error > 0:
            raise BadInput(f"{one.name}: {one.standard_error}", "a standard error above 0", "small areas")
    x = np.array([one.known for one in areas], dtype=float)
    if not areas or len(areas) < x.shape[1] + 2 or np.linalg.matrix_rank(x) < x.shape[1]:
        raise NoAnswer("too_few_groups", f"{len(areas)} groups cannot carry the model")
    y = np.array([one.direct for one in areas])
    psi = np.array([one.standard_error**2 for one in areas])
    spread = between_variance(y, x, psi)
    value, error, share = _estimates(y, x, psi, spread)
    return tuple(
        SmallAreaEstimate(one.name, float(v), float(e), float(s))
        for one, v, e, s in zip(areas, value, error, share, strict=True)
    )


def between_variance(y: Numbers, x: Numbers, psi: Numbers) -> float:
    """A, found by halving: the sum falls as A grows."""
    freedom = len(y) - x.shape[1]
    low, high = 0.0, float(np.var(y) + psi.max())
    if _misfit(y, x, psi, low) <= freedom:
        return 0.0
    while _misfit(y, x, psi, high) > freedom:
        high *= 2
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _misfit(y, x, psi, middle) > freedom else (low, middle)
    return (low + high) / 2


def _slopes(y: Numbers, x: Numbers, total: Numbers) -> Numbers:
    return np.asarray(np.linalg.solve((x.T / total) @ x, (x.T / total) @ y), dtype=np.float64)


def _misfit(y: Numbers, x: Numbers, psi: Numbers, spread: float) -> float:
    total = psi + spread
    return float(((y - x @ _slopes(y, x, total)) ** 2 / total).sum())


def _estimates(y: Numbers, x: Numbers, psi: Numbers, spread: float) -> tuple[Numbers, Numbers, Numbers]:
    total = psi + spread
    share = spread / total
    value = share * y + (1 - share) * (x @ _slopes(y, x, total))
    inner = np.linalg.inv((x.T / total) @ x)
    own = share * psi
    slopes: Numbers = (1 - share) ** 2 * np.einsum("ij,jk,ik->i", x, inner, x)
    sums = float((1 / total).sum())
    chance = psi**2 / total**3 * 2 * len(y) / sums**2
    bias = 2 * (len(y) * float((1 / total**2).sum()) - sums**2) / sums**3
    squared = own + slopes + 2 * chance - (1 - share) ** 2 * bias
    return value, np.sqrt(np.maximum(squared, own + slopes)), share
