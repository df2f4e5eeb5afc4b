"""As few hidden cells as possible: proven for tables of modest size, tried one by one for larger ones."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np

from bosett.statistics.attack import Ends, Seen, narrow_quantities
from bosett.statistics.blocks import Block, Floats, blocks, is_whole, quiet_solver
from bosett.statistics.case import Case, Marks
from bosett.statistics.relations import Ints

MOST_CANDIDATES = 160
MOST_ROUNDS = 25
MOST_EXACT_CANDIDATES = 60
MOST_EXACT_REASONS = 160
MOST_EXACT_ROUNDS = 10
MOST_CHOICES = 50
CHOSEN = 0.5
EFFORT = 600_000
"""Cells times tables that showing again may take; what is left then stays hidden."""
HELD = 1e-9

Cut = tuple[int, Ints]
"""At least one of these is hidden if that quantity is."""


def fewest_hidden(case: Case, start: Marks, stuck: Marks) -> tuple[Marks, bool]:
    """The least weight of hidden quantities that keeps the promise, and whether that is proven.

    A set that must meet every reason why a hidden cell would be narrow; reasons are found as they
    are needed, from the reduced costs of the attack.  Beyond a modest size `start` comes back.

    Parameters
    ----------
    start
        A hiding that keeps the promise.
    stuck
        Quantities that no hiding can protect.
    """
    best, cuts = start, list[Cut]()
    if case.cost(start) == 0 or case.candidates.sum() > MOST_CANDIDATES:
        return best, case.cost(start) == 0
    for way in [_greedy] * MOST_ROUNDS + [_cheapest] * MOST_EXACT_ROUNDS:
        choice = way(case, cuts)
        if choice is None:
            return best, False
        hidden, bound = choice
        if bound >= case.cost(best) - HELD:
            return best, True
        found = _reasons(case, hidden, stuck)
        if not found and case.cost(hidden) < case.cost(best):
            best = hidden
        cuts += found
    return best, False


def _greedy(case: Case, cuts: Sequence[Cut]) -> tuple[Marks, float]:
    """A hiding that meets the reasons found so far: always the cell that meets most for its weight."""
    hidden = case.must.copy()
    while open_ := [needed for who, needed in cuts if hidden[who] and not hidden[needed].any()]:
        meets = np.bincount(np.concatenate(open_), minlength=len(hidden))
        hidden[np.argmax(np.divide(meets, case.weight, where=meets > 0, out=np.zeros(len(hidden))))] = True
    return hidden, 0.0


def _cheapest(case: Case, cuts: Sequence[Cut]) -> tuple[Marks, float] | None:
    """The cheapest hiding that meets the reasons found so far, and its weight; None if that is too hard."""
    places = np.flatnonzero(case.candidates)
    if len(places) > MOST_EXACT_CANDIDATES or len(cuts) > MOST_EXACT_REASONS:
        return None
    number = {int(quantity): place for place, quantity in enumerate(places)}
    solver = quiet_solver()
    solver.setOptionValue("presolve", "on")
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_max_nodes", MOST_CHOICES)
    for quantity in places:
        solver.addVar(0.0, 1.0)
        solver.changeColCost(solver.getNumCol() - 1, float(case.weight[quantity]))
        solver.changeColIntegrality(solver.getNumCol() - 1, highspy.HighsVarType.kInteger)
    for who, needed in cuts:
        index = [number[int(one)] for one in needed]
        value, least = [1.0] * len(index), 1.0
        if who in number:
            index, value, least = [*index, number[who]], [*value, -1.0], 0.0
        solver.addRow(least, highspy.kHighsInf, len(index), np.array(index, dtype=np.int32), np.array(value))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    chosen = np.array(solver.getSolution().col_value) > CHOSEN
    hidden = case.must.copy()
    hidden[places[chosen]] = True
    return hidden, float(solver.getInfo().mip_dual_bound)


def _reasons(case: Case, hidden: Marks, stuck: Marks) -> list[Cut]:
    """For each hidden quantity that can be narrowed: the shown ones of which one must be hidden too."""
    shown = np.flatnonzero(case.candidates & ~hidden)
    fixed = {int(one): int(case.counts[one]) for one in shown}
    seen = Seen(case.counts.copy(), case.counts.copy())
    inside = blocks(case.relations, case.known(hidden), fixed)
    found: list[Cut] = []
    for search in (False, True):
        for block in inside:
            block.search = search
            for quantity in narrow_quantities(case.relations, [block], case.width, seen):
                if not stuck[quantity]:
                    found.append((quantity, _holding(block, quantity)))
        if found:
            return found
    return found


def _holding(block: Block, quantity: int) -> Ints:
    """The shown quantities that hold its ends back; all of the block where whole numbers alone do."""
    place = int(np.searchsorted(block.quantities, quantity))
    fixed = block.low == block.high
    holds = np.zeros(len(fixed), dtype=np.bool_)
    for sense in (1, -1):
        weights = block.extreme(place, sense).weights
        if weights is not None:
            holds |= np.abs(weights) > HELD
    holds &= fixed
    return block.quantities[holds if holds.any() else fixed]


def show_again(case: Case, hidden: Marks, stuck: Marks, seen: Seen) -> Marks:
    """The hiding without those that are not needed, dearest first, within a fixed effort.

    Parameters
    ----------
    seen
        Whole tables that agree with all that `hidden` leaves shown.
    """
    left, effort = hidden.copy(), EFFORT
    if not is_whole(case.counts):
        return left
    for block in blocks(case.relations, case.known(hidden)):
        tables = _tables_of(block, seen, case)
        quantities = block.quantities
        extra = [place for place, one in enumerate(quantities) if hidden[one] and case.candidates[one]]
        for place in sorted(extra, key=lambda place: (-case.weight[quantities[place]], place)):
            if effort < 0:
                return left
            done, new = _holds_without(case, block, place, stuck, tables)
            effort -= len(quantities) * (1 + len(new))
            if done:
                left[quantities[place]] = False
                tables = tables[tables[:, place] == case.counts[quantities[place]]]
            tables = np.vstack([tables, *new]).astype(np.int32)
    return left


def _tables_of(block: Block, seen: Seen, case: Case) -> Ints:
    """The tables as far as they are about the block, one a row, each once."""
    true = case.counts[block.quantities]
    rows = {tuple(true.tolist())}
    for quantities, values in seen.met:
        whole = case.counts.copy()
        whole[quantities] = values
        rows.add(tuple(whole[block.quantities].tolist()))
    return np.array(sorted(rows)).astype(np.int32)


def _holds_without(
    case: Case, block: Block, place: int, stuck: Marks, tables: Ints
) -> tuple[bool, list[Floats]]:
    """Show a quantity of the block, unless something becomes narrow; and the tables met in trying."""
    low, high, quantities = block.low[place], block.high[place], block.quantities
    count = case.counts[quantities[place]]
    seen = Seen(case.counts.copy(), case.counts.copy())
    agreeing = tables[tables[:, place] == count]
    seen.low[quantities], seen.high[quantities] = agreeing.min(axis=0), agreeing.max(axis=0)
    seen.high[stuck] = np.inf
    block.fix(place, count)
    narrow: dict[int, Ends] = {}
    for block.search in (False, True):
        narrow = narrow or narrow_quantities(case.relations, [block], case.width, seen, first=True)
    if narrow:
        block.free(place, low, high)
    return not narrow, [values for _, values in seen.met]
