"""All draws: tasks to workers, chunks back in order, quantiles and costs from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.chunk import FLOWS, PLACES, STOCKS, Chunk, Key, Task, run_chunk
from bosett.scenario.weeks.dice import BLOCK
from bosett.scenario.weeks.municipal import Towns
from bosett.scenario.weeks.plan import SimulationPlan
from bosett.scenario.weeks.thinning import Thinning
from bosett.terms.errors import BadInput

BLOCKS_A_TASK = 4
ALL = "all"
Numbers = TypeVar("Numbers", NDArray[np.float64], NDArray[np.int64])
Mapper = Callable[[Callable[[Task], Chunk], Sequence[Task]], Iterable[Chunk]]
"""Runs the tasks anywhere and gives the chunks in the order of the tasks."""


def one_by_one(run: Callable[[Task], Chunk], tasks: Sequence[Task]) -> Iterator[Chunk]:
    """The mapper without workers."""
    return map(run, tasks)


@dataclass(frozen=True)
class Sweep:
    """Every draw of the first policy by week, and every policy's costs.

    Promise: the numbers depend on plan, thinning, seed and draws alone, not on who computed them.
    """

    plan: SimulationPlan
    draws: int
    chunks: tuple[Chunk, ...]
    towns: Towns | None = None

    def row_keys(self) -> list[Key]:
        """The rows there are: each quantity by group, then for all."""
        groups = [group.name for group in self.plan.groups]
        kinds = [kind.name for kind in self.plan.places]
        by_group = [(quantity, group) for quantity in (*FLOWS, *STOCKS) for group in (*groups, ALL)]
        return by_group + [(quantity, kind) for quantity in PLACES for kind in (*kinds, ALL)]

    def row(self, key: Key) -> NDArray[np.int32]:
        """Shape (weeks, draws)."""
        quantity, group = key
        if group == ALL:
            total = np.zeros((self.plan.weeks, self.draws), dtype=np.int32)
            for part in self.chunks[0].rows:
                total += self.row(part) if part[0] == quantity else 0
            return total
        return self.stored(key).astype(np.int32)

    def stored(self, key: Key) -> NDArray[np.unsignedinteger]:
        """A group's own row in as few bytes as it is kept in; shape (weeks, draws)."""
        if key not in self.chunks[0].rows:  # nobody of the group lives there
            return np.zeros((self.plan.weeks, self.draws), dtype=np.uint16)
        return np.concatenate([chunk.rows[key] for chunk in self.chunks], axis=1)

    def balance(self) -> NDArray[np.int64]:
        """Lowest and highest over the weeks of what is lost or found, by draw: zeros."""
        return np.concatenate([chunk.balance for chunk in self.chunks], axis=1)

    def costs(self) -> dict[Key, NDArray[np.float64]]:
        """(policy, item) -> kroner by draw."""
        return _merged([chunk.costs for chunk in self.chunks])

    def place_weeks(self) -> dict[Key, NDArray[np.float64]]:
        """(policy, `empty` or `short`) -> place-weeks by draw."""
        return _merged([chunk.place_weeks for chunk in self.chunks])

    def municipal(self) -> NDArray[np.uint16] | None:
        """Settled by week, draw and municipality; None without municipal detail."""
        parts = [chunk.municipal for chunk in self.chunks if chunk.municipal is not None]
        return np.concatenate(parts, axis=1) if parts else None


def simulate(
    plan: SimulationPlan,
    draws: int,
    seed: int,
    thinning: Thinning = Thinning.AUTO,
    mapper: Mapper = one_by_one,
    towns: Towns | None = None,
) -> Sweep:
    """Run the draws in blocks of 250, each with its own seed.

    Parameters
    ----------
    draws
        >= 1.  The first draws of a larger run are the draws of a smaller one.
    mapper
        Where the work is done; the answer is the same for any.

    Raises
    ------
    BadInput
        If the draws or the seed are out of range, or a policy cannot meet the demand in any draw.
    """
    if draws < 1 or seed < 0:
        raise BadInput(f"{draws} draws from seed {seed}", "1 or more draws, a seed of 0 or more")
    blocks = -(-draws // BLOCK)
    tasks = [
        Task(plan, thinning, seed, first, min(first + BLOCKS_A_TASK, blocks), draws, towns)
        for first in range(0, blocks, BLOCKS_A_TASK)
    ]
    sweep = Sweep(plan, draws, tuple(mapper(run_chunk, tasks)), towns)
    _refuse_hopeless(sweep)
    return sweep


def _refuse_hopeless(sweep: Sweep) -> None:
    """Refuse a policy whose most places are too few in every single draw."""
    needed = _merged([chunk.most_needed for chunk in sweep.chunks])
    for policy in sweep.plan.policies:
        for kind, most in policy.most_places.items():
            least = int(needed[policy.name, kind].min())
            if least > most:
                found = f"policy {policy.name}: at most {most} places of {kind}"
                allowed = (
                    f"at least {least}: even the mildest of {sweep.draws} draws needs {least - most} "
                    "more than it can ever have"
                )
                raise BadInput(found, allowed)


def _merged(parts: Sequence[dict[Key, Numbers]]) -> dict[Key, Numbers]:
    return {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
