"""Memory that forked workers share with this process, so that rows need not be sent through a pipe."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.weeks.chunk import FLOWS, PLACES, STOCKS, Chunk, Key, Task
from bosett.scenario.weeks.dice import BLOCK

_SHELVES: dict[int, Shelf] = {}
_NUMBERS = count()
_WIDEST = 4


class Shelf:
    """Room for the rows of every task; made before the workers are forked, so that they have it too.

    Memory is only used where something is written.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.number = next(_NUMBERS)
        self.tasks = tasks
        self._rooms = [mmap.mmap(-1, max(1, _bytes(task))) for task in tasks]
        _SHELVES[self.number] = self

    def put(self, place: int, chunk: Chunk) -> Chunk:
        """Lay the rows on the shelf; the chunk given back holds only which they are."""
        offset = 0
        for row in chunk.rows.values():
            room = np.frombuffer(self._rooms[place], dtype=row.dtype, count=row.size, offset=offset)
            room[:] = row.ravel()
            offset += row.size * _WIDEST
        empty = {key: np.empty((row.shape[0], 0), dtype=row.dtype) for key, row in chunk.rows.items()}
        return replace(chunk, rows=empty)

    def taken(self, place: int, chunk: Chunk) -> Chunk:
        """The chunk with its rows again, as they lie on the shelf."""
        draws = chunk.balance.shape[1]
        rows: dict[Key, NDArray[np.unsignedinteger]] = {}
        offset = 0
        for key, empty in chunk.rows.items():
            size = len(empty) * draws
            told = np.frombuffer(self._rooms[place], dtype=empty.dtype, count=size, offset=offset)
            rows[key] = told.reshape(len(empty), draws)
            offset += size * _WIDEST
        return replace(chunk, rows=rows)

    def forget(self) -> None:
        """Workers forked from now on do not inherit it; rows already taken keep their memory."""
        del _SHELVES[self.number]


def shelved(run: Callable[[Task], Chunk], number: int, place: int) -> Chunk:
    """In a worker: run a task and lay its rows on the shelf it was forked with."""
    shelf = _SHELVES[number]
    return shelf.put(place, run(shelf.tasks[place]))


def _bytes(task: Task) -> int:
    groups, kinds = len(task.plan.groups), len(task.plan.places)
    rows = groups * len((*FLOWS, *STOCKS)) + kinds * len(PLACES)
    return rows * task.plan.weeks * (task.last - task.first) * BLOCK * _WIDEST
