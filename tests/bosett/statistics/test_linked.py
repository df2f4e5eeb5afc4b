"""Tables that share dimensions, attacked by somebody who shares no code with the protection."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.statistics.attack import attack_tables
from bosett.statistics.problem import CountTable, Key
from bosett.statistics.protect import ProtectedTables, protect_tables
from bosett.terms.errors import BadInput

from .attacker import Published, ends
from .linked import linked_tables

WIDTH = 5
SLACK = 1e-6


def shown(done: ProtectedTables) -> list[Published]:
    return [(one.table.dimensions, one.table.cells) for one in done.tables]


def whole_rows(table: CountTable) -> set[Key]:
    """What is hidden by whoever hides every row of the first dimension that has a small number."""
    small = {key[0] for key, count in table.cells.items() if 0 < count < 5}
    return {key for key, count in table.cells.items() if key[0] in small and count > 0}


@pytest.mark.parametrize("first", [0, 50, 100, 150])
def test_no_cell_of_200_linked_tables_is_bounded_within_five(first: int) -> None:
    hidden, hidden_by_row = 0, 0
    for seed in range(first, first + 50):
        tables = linked_tables(seed, totals=seed % 2 == 0)
        done = protect_tables(tables)
        narrow = [one for one in ends(shown(done)) if one[3] - one[2] < WIDTH - SLACK]
        assert narrow == [], f"tables {seed}"
        for table, one in zip(tables, done.tables, strict=True):
            small = {key for key, count in table.cells.items() if 0 < count < 5}
            assert one.primary == small
            assert small <= set(one.table.hidden)
            assert all(
                count in (None, table.cells[key]) and (table.cells[key] or count == 0)
                for key, count in one.table.cells.items()
            )
            hidden += len(one.table.hidden)
            hidden_by_row += len(whole_rows(table))
    print(f"hidden cells: {hidden}; by hiding whole rows: {hidden_by_row}; {hidden / hidden_by_row:.2f}")
    assert hidden < hidden_by_row


def test_tables_that_each_hold_alone_are_opened_together_unless_protected_together() -> None:
    """County 03 has 3 + 20 by age and 11 + 12 by sex; the second table shows what the first one hides."""
    age = CountTable(("county", "age"), {("03", "child"): 3, ("03", "adult"): 20, ("03", "*"): 23}, "age")
    sex = CountTable(("county", "sex"), {("03", "woman"): 11, ("03", "man"): 12}, "sex")
    apart = [protect_tables([one]).tables[0].table for one in (age, sex)]
    assert attack_tables([apart[0]]) == attack_tables([apart[1]]) == ()
    together = protect_tables([age, sex])
    assert attack_tables([one.table for one in together.tables]) == ()
    assert all(high - low >= WIDTH - SLACK for _, _, low, high in ends(shown(together)))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=3), min_size=2, max_size=3))
def test_no_smaller_hiding_keeps_the_promise_where_the_fewest_are_proven(rows: list[list[int]]) -> None:
    """Every cheaper choice of cells is tried, and the attacker of the tests opens each of them."""
    width = min(map(len, rows))
    cells: dict[Key, int] = {(f"r{i}", f"c{j}"): row[j] for i, row in enumerate(rows) for j in range(width)}
    cells |= {(f"r{i}", "*"): sum(row[:width]) for i, row in enumerate(rows)}
    table = CountTable(("row", "column"), cells)
    done = protect_tables([table])
    assert done.fewest
    (one,) = done.tables
    others = [key for key, count in cells.items() if count >= 5]
    extra = len(one.table.hidden) - len(one.primary)
    for chosen in (chosen for fewer in range(extra) for chosen in combinations(others, fewer)):
        hidden = {*one.primary, *chosen}
        public = (table.dimensions, {key: None if key in hidden else n for key, n in cells.items()})
        assert any(high - low < WIDTH - SLACK for _, _, low, high in ends([public])), chosen


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_the_same_tables_give_the_same_hiding(seed: int) -> None:
    tables = linked_tables(seed)
    assert protect_tables(tables) == protect_tables(tables)


def test_a_cell_that_two_tables_count_differently_is_refused() -> None:
    one = CountTable(("county",), {("03",): 9, ("46",): 8}, "one")
    two = CountTable(("county", "sex"), {("03", "*"): 7}, "two")
    with pytest.raises(BadInput, match="two, column value: found 7 at county=03"):
        protect_tables([one, two])
