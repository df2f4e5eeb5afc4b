"""Small numbers stay hidden from arithmetic too; tried by filling in every table that could be behind."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.statistics.attack import attack, intervals
from bosett.statistics.funnel import Funnel, add_figures
from bosett.statistics.problem import CountTable, Key, PublishedTable
from bosett.statistics.protect import protect_counts
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State


def table(rows: list[list[int]]) -> CountTable:
    """Rows x columns with all totals."""
    cells: dict[Key, int] = {
        (f"r{i}", f"c{j}"): value for i, row in enumerate(rows) for j, value in enumerate(row)
    }
    cells |= {(f"r{i}", "*"): sum(row) for i, row in enumerate(rows)}
    cells |= {("*", f"c{j}"): sum(column) for j, column in enumerate(zip(*rows, strict=True))}
    return CountTable(("county", "year"), {**cells, ("*", "*"): sum(map(sum, rows))})


def possible(published: PublishedTable, most: int) -> dict[tuple[str, ...], set[int]]:
    """Values of each hidden cell over every whole table up to `most` that gives the published one."""
    hidden, found = published.hidden, {key: set[int]() for key in published.hidden}
    for guess in product(range(1, most + 1), repeat=len(hidden)):
        cells = {**published.cells, **dict(zip(hidden, guess, strict=True))}
        try:
            CountTable(published.dimensions, {key: int(value or 0) for key, value in cells.items()})
        except BadInput:
            continue
        for key, value in zip(hidden, guess, strict=True):
            found[key].add(value)
    return found


def test_a_small_cell_hidden_alone_is_found_by_subtraction() -> None:
    whole = table([[3, 20], [30, 40]])
    cells = {key: None if key == ("r0", "c0") else value for key, value in whole.cells.items()}
    (found,) = attack(PublishedTable(whole.dimensions, cells))
    assert (found.low, found.high) == (3, 3)


def test_the_attackers_interval_is_what_filling_in_every_table_gives() -> None:
    whole = table([[3, 6], [5, 4]])
    inner = {key for key in whole.cells if "*" not in key}
    published = PublishedTable(
        whole.dimensions, {key: None if key in inner else value for key, value in whole.cells.items()}
    )
    by_trying = possible(published, 12)
    assert {one.key: (one.low, one.high) for one in intervals(published)} == {
        key: (min(values), max(values)) for key, values in by_trying.items()
    }


@pytest.mark.parametrize(
    "rows",
    [
        [[3, 20], [30, 40]],
        [[1, 1], [1, 1]],
        [[0, 3], [0, 40]],
        [[4, 4, 4], [4, 4, 4]],
        [[2, 0, 0], [0, 60, 70], [0, 80, 90]],
        [[3]],
    ],
)
def test_the_public_table_withstands_the_attack(rows: list[list[int]]) -> None:
    whole = table(rows)
    done = protect_counts(whole)
    assert attack(done.table) == ()
    assert all(value is None or value == whole.cells[key] for key, value in done.table.cells.items())
    assert all(done.table.cells[key] is None for key in done.primary)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=4))
def test_any_table_withstands_the_attack_and_shows_its_zeros(rows: list[list[int]]) -> None:
    whole = table(rows)
    done = protect_counts(whole)
    assert attack(done.table) == ()
    small = {key for key, value in whole.cells.items() if 1 <= value <= 4}
    assert done.primary == small
    assert small <= set(done.table.hidden)
    assert all(done.table.cells[key] == 0 for key, value in whole.cells.items() if value == 0)


def test_a_table_without_small_numbers_is_shown_whole() -> None:
    whole = table([[5, 20], [30, 40]])
    assert protect_counts(whole).table.hidden == ()


def test_not_everything_is_hidden_for_one_small_cell() -> None:
    done = protect_counts(table([[3, 20, 30], [30, 40, 50], [60, 70, 80]]))
    assert len(done.table.hidden) == 4


def test_a_total_that_is_not_the_sum_is_refused() -> None:
    with pytest.raises(BadInput, match="the sum, 5"):
        CountTable(("a",), {("x",): 2, ("y",): 3, ("*",): 6})


def test_a_row_that_was_forgotten_is_found_by_its_total() -> None:
    with pytest.raises(BadInput, match="the sum, 2"):
        CountTable(("a", "b"), {("x", "1"): 2, ("x", "*"): 5})


def test_a_municipality_has_no_cell_in_another_county() -> None:
    cells: dict[Key, int] = {("4601", "46"): 3, ("4602", "46"): 7, ("3901", "39"): 2, ("3903", "39"): 30}
    sums: dict[Key, int] = {("*", "46"): 10, ("*", "39"): 32, ("*", "*"): 42}
    done = protect_counts(CountTable(("municipality", "county"), cells | sums))
    assert done.primary == {("4601", "46"), ("3901", "39")}
    assert attack(done.table) == ()


def test_a_public_table_that_cannot_be_filled_is_refused() -> None:
    with pytest.raises(BadInput):
        intervals(PublishedTable(("a",), {("x",): None, ("y",): None, ("*",): 1}))


def test_a_gap_beside_an_unknown_number_is_not_zero() -> None:
    funnel = Funnel(
        need=Figure.of(13_000),
        asked=Figure.of(13_000),
        voted=Figure.of(12_400),
        agreed=Figure.missing(State.NOT_STORED),
        settled=Figure.of(0),
    )
    assert [one.persons for one in funnel.gaps] == [0, 600, None, None]


def test_a_sum_says_how_many_parts_are_missing_and_not_asked_is_not_one() -> None:
    parts = (Figure.of(3), Figure.missing(State.AWAITING), Figure.missing(State.NOT_ASKED))
    assert add_figures(parts) == (Figure.of(3), 1)
    assert add_figures((Figure.missing(State.UNKNOWN),)) == (Figure.missing(State.UNKNOWN), 1)
