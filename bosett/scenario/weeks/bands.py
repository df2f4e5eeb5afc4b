"""Quantiles over draws, exactly as numpy's default rule gives them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LEVELS = (0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99)
COLUMNS = ("p01", "p05", "p25", "p50", "p75", "p95", "p99")


def bands(rows: NDArray[np.int32]) -> NDArray[np.float64]:
    """P01, P05, P25, P50, P75, P95, P99, mean and standard deviation of each row.

    Parameters
    ----------
    rows
        Shape (rows, draws); sorted in place.

    Returns
    -------
    NDArray
        Shape (rows, 9).  With one draw the standard deviation is 0.
    """
    draws = rows.shape[1]
    means = rows.sum(axis=1, dtype=np.int64) / draws
    apart = rows - means[:, None]
    spread = np.sqrt(np.einsum("ij,ij->i", apart, apart) / max(1, draws - 1))
    rows.sort(axis=1)
    return np.column_stack([_sorted_quantiles(rows), means, spread])


def _sorted_quantiles(rows: NDArray[np.int32]) -> NDArray[np.float64]:
    places = np.array(LEVELS) * (rows.shape[1] - 1)
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, rows.shape[1] - 1)
    low, high = rows[:, below].astype(np.float64), rows[:, above].astype(np.float64)
    told: NDArray[np.float64] = low + (high - low) * (places - below)
    return told
