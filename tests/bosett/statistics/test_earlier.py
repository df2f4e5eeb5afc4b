"""A later version never opens an earlier one, and what was told once is taken as known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.statistics.attack import attack, attack_tables
from bosett.statistics.problem import CountTable, Key, PublishedTable
from bosett.statistics.protect import protect_counts, protect_tables

from .attacker import ends


def grid(rows: list[list[int]]) -> CountTable:
    cells: dict[Key, int] = {(f"r{i}", f"c{j}"): n for i, row in enumerate(rows) for j, n in enumerate(row)}
    cells |= {(f"r{i}", "*"): sum(row) for i, row in enumerate(rows)}
    cells |= {("*", f"c{j}"): sum(column) for j, column in enumerate(zip(*rows, strict=True))}
    return CountTable(("place", "age"), {**cells, ("*", "*"): sum(map(sum, rows))})


def hide(table: CountTable, *hidden: Key) -> PublishedTable:
    cells = {key: None if key in hidden else count for key, count in table.cells.items()}
    return PublishedTable(table.dimensions, cells)


def merged(*tables: PublishedTable) -> PublishedTable:
    """What somebody knows who has kept every version of the same counts."""
    cells = {
        key: next((one.cells[key] for one in tables if one.cells[key] is not None), None)
        for key in tables[0].cells
    }
    return PublishedTable(tables[0].dimensions, cells)


FIRST = [[3, 20, 30], [30, 40, 50], [60, 70, 80]]


def test_two_good_versions_of_one_table_may_open_each_other() -> None:
    whole = grid(FIRST)
    one = hide(whole, ("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1"))
    two = hide(whole, ("r0", "c0"), ("r0", "c2"), ("r2", "c0"), ("r2", "c2"))
    assert attack(one) == attack(two) == ()
    assert attack(merged(one, two)) != ()


@pytest.mark.parametrize(
    "partners",
    [(("r0", "c1"), ("r1", "c0"), ("r1", "c1")), (("r0", "c2"), ("r2", "c0"), ("r2", "c2"))],
)
def test_a_new_version_of_the_same_counts_keeps_to_what_was_hidden(partners: tuple[Key, ...]) -> None:
    whole = grid(FIRST)
    earlier = hide(whole, ("r0", "c0"), *partners)
    (done,) = protect_tables([whole], earlier=[earlier]).tables
    assert attack(merged(earlier, done.table)) == ()
    assert done.table.hidden == earlier.hidden


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3),
    st.lists(st.integers(0, 4), min_size=9, max_size=9),
)
def test_no_later_version_opens_the_one_before(rows: list[list[int]], more: list[int]) -> None:
    """Persons are added to some cells; the reader of both believes that equal counts are the same persons."""
    old = protect_counts(grid(rows)).table
    later = grid([[n + more[3 * i + j] for j, n in enumerate(row)] for i, row in enumerate(rows)])
    (done,) = protect_tables([later], earlier=[old]).tables
    was = grid(rows).cells
    opened = {
        key: later.cells[key] if done.table.cells[key] == was[key] and old.cells[key] is None else count
        for key, count in old.cells.items()
    }
    now = [one for one in ends([(old.dimensions, opened)]) if one[3] - one[2] < 5 - 1e-6]
    assert now == []
    assert attack(done.table) == ()


def test_a_hidden_cell_that_has_surely_changed_may_be_shown() -> None:
    """3 hidden beside 20: it was at most 22, so 40 is news; the 20 that may be the same stays hidden."""
    cells: dict[Key, int] = {("a",): 3, ("b",): 20, ("c",): 50, ("*",): 73}
    earlier = PublishedTable(("place",), {**cells, ("a",): None, ("b",): None})
    later = CountTable(("place",), {("a",): 40, ("b",): 20, ("c",): 50, ("*",): 110})
    (done,) = protect_tables([later], earlier=[earlier]).tables
    assert done.table.cells["b",] is None
    changed = CountTable(("place",), {("a",): 40, ("b",): 30, ("c",): 50, ("*",): 120})
    (done,) = protect_tables([changed], earlier=[earlier]).tables
    assert done.table.hidden == ()


def test_a_small_cell_that_was_shown_before_is_named_and_not_said_to_be_safe() -> None:
    whole = grid(FIRST)
    (done,) = protect_tables([whole], earlier=[hide(whole)]).tables
    assert done.open_before == done.primary == {("r0", "c0")}


def test_another_table_of_the_same_persons_published_earlier_is_a_linked_one() -> None:
    """By age the 3 was hidden with the 20; by sex the sum of both would be told again, and is."""
    age = PublishedTable(("place", "age"), {("a", "child"): None, ("a", "adult"): None, ("a", "*"): None})
    sex = CountTable(("place", "sex"), {("a", "woman"): 3, ("a", "man"): 4, ("a", "*"): 7})
    (done,) = protect_tables([sex], earlier=[age]).tables
    assert attack_tables([done.table, age]) == ()
