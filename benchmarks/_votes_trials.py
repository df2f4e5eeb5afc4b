"""Whether moving the ends of the intervals by earlier misses would help: split conformal on rolling origins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.decisions.expected import LEVELS, expected_votes, weighted_quantiles
from bosett.decisions.likeness import Floats
from bosett.decisions.vote_scores import asked_and_voted, pinball
from bosett.sources.vote_figures import shipped_panel

ORIGINS = tuple(range(2003, 2026))
SCORED = tuple(range(2015, 2026))
HALF_LIVES = (None, 6, 3)
ENDS = (0, len(LEVELS) - 1)


@dataclass(frozen=True, eq=False)
class Origin:
    """One year foretold from the years before it."""

    year: int
    asked: Floats
    voted: Floats
    quantiles: Floats


def origins() -> list[Origin]:
    """Every year of `ORIGINS` that has votes."""
    history, found = shipped_panel(), []
    for year in ORIGINS:
        asked, voted = asked_and_voted(history, year)
        if asked:
            quantiles = np.array([vote.quantiles for vote in expected_votes(history, asked, year).votes])
            found.append(Origin(year, np.array(list(asked.values()), dtype=np.float64), voted, quantiles))
    return found


def moved(one: Origin, earlier: Sequence[Origin], half_life: int | None, *, only_wider: bool) -> Floats:
    """The year's quantiles with both ends moved by what the earlier origins missed, in shares of the request."""
    made = one.quantiles.copy()
    for end in ENDS:
        missed = [(past.voted - past.quantiles[:, end]) / past.asked for past in earlier]
        counts = [
            np.full(
                len(row),
                (1.0 if half_life is None else 0.5 ** ((one.year - past.year) / half_life)) / len(row),
            )
            for row, past in zip(missed, earlier, strict=True)
        ]
        step = weighted_quantiles(np.concatenate(missed), np.concatenate(counts)[None, :], [LEVELS[end]])[
            0, 0
        ]
        if only_wider:
            step = min(step, 0) if end == 0 else max(step, 0)
        made[:, end] = np.maximum(one.quantiles[:, end] + step * one.asked, 0)
    return np.sort(made, axis=1)


def trials_table() -> str:
    """Mean loss and coverage of 2015-2025, and of the ten years without 2025, for each way."""
    found = origins()
    rows = ["| ends | pinball loss | inside p05-p95 | without 2025 |", "|---|--:|--:|--:|"]
    scored = [place for place, one in enumerate(found) if one.year in SCORED]
    rows.append(_row("as they are", [(found[place], found[place].quantiles) for place in scored]))
    for half_life in HALF_LIVES:
        for only_wider in (False, True):
            made = [
                (found[place], moved(found[place], found[:place], half_life, only_wider=only_wider))
                for place in scored
            ]
            age = "each year alike" if half_life is None else f"half in {half_life} years"
            rows.append(_row(f"moved, {age}{', outwards only' if only_wider else ''}", made))
    return "\n".join(rows)


def _row(name: str, made: Sequence[tuple[Origin, Floats]]) -> str:
    losses = [pinball(quantiles, one.voted).mean() for one, quantiles in made]
    inside = [
        ((one.voted >= quantiles[:, 0]) & (one.voted <= quantiles[:, -1])).mean() for one, quantiles in made
    ]
    return f"| {name} | {np.mean(losses):.3f} | {np.mean(inside):.1%} | {np.mean(inside[:-1]):.1%} |"
