"""What each unit of a batch is worth in each municipality, by the method chosen."""

from __future__ import annotations

import numpy as np

from bosett.placement.futures import PLACED_FIRST
from bosett.placement.stream_problem import Method
from bosett.placement.stream_room import cost_of_openings
from bosett.placement.stream_run import Run
from bosett.placement.units import Bools, Floats, Ints, Units

EVEN = 0.5
"""How much a municipality that is full is worth less when places are filled evenly, in highest scores."""


def worth_after_paying(run: Run, rows: Ints) -> Floats:
    """Worth of each unit in each municipality after paying, by the method chosen; no fit = minus infinity."""
    units = run.units
    net = units.score[rows] + PLACED_FIRST * run.scale * units.persons[rows, None]
    if run.settings.method is Method.MINIMUM_DISCORD and run.votes:
        net = _agreement(run, rows, net)
    elif run.votes:
        price = np.mean([vote.capacity for vote in run.votes], axis=0)
        net = net - _cost(units, rows, price) - cost_of_openings(run, rows)
    if run.settings.method is Method.BALANCING:
        held = np.where(np.isfinite(run.capacity[:, 0]), run.capacity[:, 0], np.inf)
        filled = run.used[:, 0] / np.maximum(held, 1.0)
        net = net - EVEN * run.scale * units.persons[rows, None] * (filled - filled.mean())[None, :]
    return np.where(_fits(run, rows), net, -np.inf)


def _fits(run: Run, rows: Ints) -> Bools:
    """Allowed, and within the capacity in force now."""
    allowed = run.units.allowed
    fits = np.ones((len(rows), run.units.places), dtype=np.bool_) if allowed is None else allowed[rows]
    return np.asarray(
        fits & (run.units.use[rows][:, None, :] <= run.capacity[None]).all(axis=2), dtype=np.bool_
    )


def _cost(units: Units, rows: Ints, price: Floats) -> Floats:
    found = np.zeros((len(rows), units.places))
    for dimension in range(price.shape[1]):
        found += units.use[rows, dimension, None] * price[None, :, dimension]
    return found


def _agreement(run: Run, rows: Ints, worth: Floats) -> Floats:
    """How many sampled futures would place the unit there; ties by the mean worth after paying."""
    votes = np.zeros_like(worth)
    mean = np.zeros_like(worth)
    fits = _fits(run, rows)
    for vote in run.votes:
        net = np.where(fits, worth - _cost(run.units, rows, vote.capacity), -np.inf)
        votes[np.arange(len(rows)), np.argmax(net, axis=1)] += 1.0
        mean += (worth - _cost(run.units, rows, vote.capacity)) / len(run.votes)
    return votes * run.scale + mean
