"""An attacker for the tests: shares no code with the protection and does not even look at sums.

It thinks of the persons themselves: one unknown for every combination of all the dimensions of all tables.
Every published cell, total or not, is a sum of those; a hidden one is at least 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import highspy
import numpy as np

Key = tuple[str, ...]
Published = tuple[tuple[str, ...], Mapping[Key, int | None]]
Found = tuple[int, Key, float, float]


def ends(tables: Sequence[Published], most: float = 1e5) -> list[Found]:
    """(number of the table, cell, least, greatest) of every hidden cell, by linear programmes."""
    names = sorted({name for dimensions, _ in tables for name in dimensions})
    codes = [
        sorted(
            {
                key[dimensions.index(name)]
                for dimensions, cells in tables
                if name in dimensions
                for key in cells
            }
            - {"*"}
        )
        for name in names
    ]
    people = list(product(*codes))
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    for _ in people:
        solver.addVar(0.0, most)
    hidden = []
    for number, (dimensions, cells) in enumerate(tables):
        places = [names.index(name) for name in dimensions]
        for key, count in cells.items():
            inside = [
                column
                for column, one in enumerate(people)
                if all(code in ("*", one[place]) for code, place in zip(key, places, strict=True))
            ]
            low, high = (1.0, highspy.kHighsInf) if count is None else (float(count), float(count))
            solver.addRow(low, high, len(inside), np.array(inside, dtype=np.int32), np.ones(len(inside)))
            if count is None:
                hidden.append((number, key, inside))
    return [(number, key, *_ends(solver, inside)) for number, key, inside in hidden]


def _ends(solver: highspy.Highs, inside: list[int]) -> tuple[float, float]:
    found = []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        for column in inside:
            solver.changeColCost(column, 1.0)
        solver.changeObjectiveSense(sense)
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kUnknown:  # a bad start: from the beginning
            solver.clearSolver()
            solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, "nothing can be behind it"
        found.append(solver.getInfo().objective_function_value)
        for column in inside:
            solver.changeColCost(column, 0.0)
    return found[0], found[1]
