"""The model card as numbers: what the command writes, and what whoever lets the scores be used looks at."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bosett import __version__
from bosett.placement.outcomes.card import Card
from bosett.placement.outcomes.report import Drift


def summary_of(card: Card, moved: Drift | None, seed: int) -> dict[str, Any]:
    """Plain values, ready for JSON; `drift` is None where there were no later cases."""
    drifted = None if moved is None else {**asdict(moved), "verdict": moved.verdict}
    return {
        "adults": card.model.cases,
        "municipalities": len(card.model.municipality_ids),
        "first_year": card.years[0],
        "last_year": card.years[1],
        "aggregation": card.aggregation.value,
        "may_be_used": card.may_be_used,
        "null_world": {"mean": card.null.mean, "worst": card.null.worst},
        "gain": {**asdict(card.gain), "share": card.gain.share},
        "calibration": asdict(card.calibration),
        "groups": [asdict(one) for one in card.groups],
        "drift": drifted,
        "seed": seed,
        "version": __version__,
    }
