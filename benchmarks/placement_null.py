"""Scores learned in a world where place has no effect: `./run bench placement_null [--seeds N] [--write]`.

The gain that is reported must be 0 within 2 %; beside it what a model that is not shrunk says of itself.
"""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks._report import keep
from bosett.placement.outcomes.estimator import fit
from bosett.placement.outcomes.gain import modelled_gain
from bosett.placement.outcomes.synthetic import World, world

HOUSEHOLDS, PLACES = 6_000, 40


def praised(made: World) -> float:
    """What the best place of each adult is said to gain by a model that chooses and judges, unshrunk."""
    model = fit(made.cases, made.municipality_ids, shrink=False)
    chances = model.chances([one.adult for one in made.cases])
    column = {code: place for place, code in enumerate(made.municipality_ids)}
    there = [column[one.municipality_id] for one in made.cases]
    return float(chances.max(axis=1).mean() / chances[np.arange(len(there)), there].mean() - 1)


def line(effect: float, seeds: int) -> str:
    """The gains of one kind of world."""
    gains, selves = [], []
    for seed in range(seeds):
        made = world(np.random.default_rng(seed), HOUSEHOLDS, PLACES, effect=effect)
        gains.append(modelled_gain(made.cases, made.municipality_ids, np.random.default_rng(seed)))
        selves.append(praised(made))
    shares = np.array([one.share for one in gains])
    within = sum(abs(one.robust - one.share) <= 2 * one.robust_error for one in gains)
    told = f"{np.median(shares):+.2%} | {shares[np.argmax(np.abs(shares))]:+.2%}"
    return f"| {effect:g} | {seeds} | {told} | {within} of {seeds} | {np.median(selves):+.0%} |"


def main() -> None:
    """Print the table, and write it when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    table = [
        "| effect of place (log odds) | seeds | reported gain, median | farthest from 0 | doubly robust"
        " agrees | unshrunk, judging itself |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    for effect in (0.0, 0.3, 0.6):
        table.append(line(effect, arguments.seeds))
        print(table[-1], flush=True)
    if arguments.write:
        keep("placement-null", "\n".join(table))


if __name__ == "__main__":
    main()
