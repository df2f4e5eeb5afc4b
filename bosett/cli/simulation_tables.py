"""The tables and the summary of `bosett simulate`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bosett.outputs import Cell
from bosett.scenario.weeks.bands import COLUMNS
from bosett.scenario.weeks.chunk import Key
from bosett.scenario.weeks.sweep import ALL, Sweep
from bosett.scenario.weeks.thinning import Thinning

COST_LEVELS = (5, 50, 95, 99)
MEAN = len(COLUMNS)


def quantile_rows(bands: dict[Key, NDArray[np.float64]]) -> list[list[Cell]]:
    """One row a week, quantity and group, weeks together."""
    weeks = len(next(iter(bands.values())))
    listed = {key: np.round(table, 6).tolist() for key, table in bands.items()}
    return [
        [week, quantity, group, *rows[week]]
        for week in range(weeks)
        for (quantity, group), rows in listed.items()
    ]


def cost_rows(sweep: Sweep) -> list[list[Cell]]:
    """One row a policy and item, whole kroner over the whole time."""
    rows: list[list[Cell]] = []
    for (policy, item), nok in sweep.costs().items():
        levels = np.percentile(nok, COST_LEVELS)
        rows.append([policy, item, round(float(nok.mean())), *(round(float(level)) for level in levels)])
    return rows


def summary(
    sweep: Sweep, bands: dict[Key, NDArray[np.float64]], seed: int, thinning: Thinning, version: str
) -> dict[str, Any]:
    """Conservation in every draw, means at the end, and each policy's place-weeks and cost."""
    low, high = sweep.balance()
    last = {key: float(table[-1, MEAN]) for key, table in bands.items()}
    sums = {key: float(table[:, MEAN].sum()) for key, table in bands.items()}
    starting = sum(group.ready_at_start + group.undecided_at_start for group in sweep.plan.groups)
    return {
        "draws": sweep.draws,
        "weeks": sweep.plan.weeks,
        "seed": seed,
        "thinning": thinning.value,
        "in_minus_settled_left_waiting_in_reception": {"lowest": int(low.min()), "highest": int(high.max())},
        "means": {
            "in": round(sums["arrivals", ALL] + starting, 6),
            "settled": round(sums["settled", ALL], 6),
            "left": round(sums["left", ALL], 6),
            "waiting": last["waiting", ALL],
            "in_reception": last["in_reception", ALL],
        },
        "policies": _policies(sweep),
        "version": version,
    }


def _policies(sweep: Sweep) -> dict[str, dict[str, float]]:
    weeks, costs, place_weeks = sweep.plan.weeks, sweep.costs(), sweep.place_weeks()
    return {
        policy.name: {
            "mean_empty_places": round(float(place_weeks[policy.name, "empty"].mean()) / weeks, 3),
            "mean_short_places": round(float(place_weeks[policy.name, "short"].mean()) / weeks, 3),
            "draws_ever_short": round(float((place_weeks[policy.name, "short"] > 0).mean()), 6),
            "mean_total_nok": round(float(costs[policy.name, "total"].mean())),
        }
        for policy in sweep.plan.policies
    }
