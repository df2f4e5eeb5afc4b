"""How near expected answers were in past years, as shipped: each year foretold from the years before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bosett.decisions.vote_scores import NationalScore
from bosett.registry.tables import read_rows
from bosett.rules.parameters import SHIPPED

FILE = SHIPPED / "decisions" / "expected_scores.csv"
COLUMNS = (
    "year", "municipalities", "loss_persons", "coverage90", "national_error", "asked", "voted", "p05", "p50", "p95",
)  # fmt: skip


@dataclass(frozen=True)
class YearScore(NationalScore):
    """One past year: the sum of the votes, and how near each municipality was.

    Parameters
    ----------
    coverage90
        Share of municipalities whose vote lay inside their interval of 90 %, 0 to 1.
    loss_persons
        Mean pinball loss.
    """

    municipalities: int
    loss_persons: float
    coverage90: float
    national_error: float


@cache
def kept_scores() -> tuple[YearScore, ...]:
    """Every scored year, first to last."""
    return tuple(
        YearScore(
            int(row["year"]), int(row["asked"]), int(row["voted"]), float(row["p05"]), float(row["p50"]),
            float(row["p95"]), int(row["municipalities"]), float(row["loss_persons"]), float(row["coverage90"]),
            float(row["national_error"]),
        )
        for row in read_rows(FILE, COLUMNS)
    )  # fmt: skip
