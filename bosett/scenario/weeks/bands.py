"""Quantiles over draws, exactly as numpy's default rule gives them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.integer[Any]]
LEVELS = (0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99)
STRIP = 13
COLUMNS = ("p01", "p05", "p25", "p50", "p75", "p95", "p99")


def bands(rows: Whole) -> NDArray[np.float64]:
    """P01, P05, P25, P50, P75, P95, P99, mean and standard deviation of each row.

    Parameters
    ----------
    rows
        Whole numbers, shape (rows, draws); sorted in place.

    Returns
    -------
    NDArray
        Shape (rows, 9).  With one draw the standard deviation is 0.
    """
    if not rows.any():
        return np.zeros((len(rows), len(LEVELS) + 2))
    strips = [rows[first : first + STRIP] for first in range(0, len(rows), STRIP)]
    return np.concatenate([_strip(strip) for strip in strips])


def _strip(rows: Whole) -> NDArray[np.float64]:
    """A few rows at a time, so that their copy in floating point stays in the processor's cache."""
    draws = rows.shape[1]
    exact = rows.astype(np.float64)
    sums = exact.sum(axis=1)
    squares = np.einsum("ij,ij->i", exact, exact)
    variance = np.maximum(squares - sums * sums / draws, 0) / max(1, draws - 1)
    rows.sort(axis=1)
    return np.column_stack([_sorted_quantiles(rows), sums / draws, np.sqrt(variance)])


def _sorted_quantiles(rows: Whole) -> NDArray[np.float64]:
    places = np.array(LEVELS) * (rows.shape[1] - 1)
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, rows.shape[1] - 1)
    low, high = rows[:, below].astype(np.float64), rows[:, above].astype(np.float64)
    told: NDArray[np.float64] = low + (high - low) * (places - below)
    return told
