"""How municipalities have answered before: shares by kind of answer, and how much fewer or more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from bosett.scenario.population.marginals import SHIPPED, Marginals
from bosett.scenario.population.tables import number, read_table, whole
from bosett.terms.errors import BadInput

KINDS = ("same", "fewer", "more", "zero", "none_stored")


@dataclass(frozen=True)
class VotePattern:
    """Counts of answers over some years; "none stored" is modelled as awaiting.

    That reading is the assumption `none_stored_is_awaiting`: the register keeps neither the
    unanswered nor the undecided apart.
    """

    years: tuple[int, ...]
    counts: Mapping[str, int]
    ratios: Mapping[str, tuple[tuple[float, float], ...]]
    by_deadline_share: float
    reservation_share: float
    minors_yes_share: float

    def shares(self) -> dict[str, float]:
        """Share of the municipalities asked, by kind of answer."""
        total = sum(self.counts.values())
        shares = {kind: self.counts[kind] / total for kind in KINDS if kind != "none_stored"}
        return shares | {"awaiting": self.counts["none_stored"] / total}

    def draw_ratio(self, kind: str, rng: np.random.Generator) -> float:
        """Voted divided by asked for `fewer` or `more`, between the stored quantiles."""
        quantiles, ratios = zip(*self.ratios[kind], strict=True)
        return float(np.interp(rng.random(), quantiles, ratios))

    @classmethod
    def shipped(cls, years: tuple[int, ...] = ()) -> VotePattern:
        """The stored pattern, of all years or of those named; BadInput for a year not stored."""
        return _read(SHIPPED / "synthetic", years)


@cache
def _read(folder: Path, years: tuple[int, ...]) -> VotePattern:
    file = folder / "votes.csv"
    rows = {whole(row, "year", file): row for row in read_table(file, ("year", "asked", *KINDS))}
    wanted = years or tuple(rows)
    missing = sorted(set(wanted) - set(rows))
    if missing:
        raise BadInput(f"the years {missing}", f"years of {sorted(rows)}", str(file))
    ratio_file = folder / "vote_ratios.csv"
    ratios: dict[str, list[tuple[float, float]]] = {}
    for row in read_table(ratio_file, ("answer", "quantile", "ratio")):
        pair = (number(row, "quantile", ratio_file), number(row, "ratio", ratio_file))
        ratios.setdefault(row["answer"], []).append(pair)
    marginals = Marginals.read(folder.parent)
    return VotePattern(
        years=wanted,
        counts={kind: sum(whole(rows[year], kind, file) for year in wanted) for kind in KINDS},
        ratios={answer: tuple(pairs) for answer, pairs in ratios.items()},
        by_deadline_share=marginals.assume("answered_by_deadline_share"),
        reservation_share=marginals.assume("reservation_share"),
        minors_yes_share=marginals.assume("minors_yes_share"),
    )
