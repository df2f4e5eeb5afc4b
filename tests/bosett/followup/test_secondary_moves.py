"""Secondary moves 2014-2022 as published: the stored rows give the source's own totals; hidden cells stay hidden."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bosett.followup.secondary_moves import Part, moves_by_year, parts_of
from bosett.registry import Registry
from bosett.sources.own_tables import FIGURES, read_own_table
from bosett.terms.errors import BadInput

# IMDi's file of secondary moves, rows "Alle" (both lengths of residence) by way of coming, added over municipalities.
# These rows are not in our table: it holds the two lengths of residence.
SOURCE = {
    2015: (87_282, 60_775, 39_780, 187_837),
    2016: (132_101, 66_279, 194, 198_574),
    2017: (143_673, 73_448, 23, 217_144),
    2018: (139_268, 84_086, 4_754, 228_108),
    2019: (143_629, 90_076, 7, 233_712),
    2020: (143_026, 93_934, 1_209, 238_169),
    2021: (139_189, 99_091, 1_845, 240_125),
    2022: (136_874, 104_052, 3_636, 244_562),
}


@pytest.fixture(scope="module")
def told():
    table = read_own_table(FIGURES / "secondary_moves" / "imdi.csv", Registry.shipped())
    return moves_by_year(parts_of(table.observations))


def test_the_years_are_those_of_the_source(told) -> None:
    assert sorted({one.year for one in told}) == list(range(2014, 2023))


@pytest.mark.parametrize("year", SOURCE)
def test_the_stored_parts_add_up_to_the_totals_that_the_source_states(told, year: int) -> None:
    both = [one for one in told if one.year == year]
    found = tuple(
        sum(getattr(one, name) for one in both) for name in ("settled_here", "moved_here", "unknown", "total")
    )
    assert found == SOURCE[year]


def test_of_those_with_up_to_four_years_in_2022_as_the_source_states_it(told) -> None:
    """The source's rows "0-4 år" of 2022: 26,088 settled here, 5,364 moved here, 3,633 not stated, 35,085 in all;
    46 municipalities with a 3 and 94 with a 0 among those who moved."""
    one = next(one for one in told if (one.year, one.residence) == (2022, "0_4"))
    assert (one.settled_here, one.moved_here, one.unknown, one.total) == (26_088, 5_364, 3_633, 35_085)
    assert one.share_moved == Fraction(5_364, 31_452)
    assert (one.off, one.places) == (2 * (46 + 94), 332)
    assert one.least == Fraction(5_364 - 280, 35_085)
    assert one.most == Fraction(5_364 + 3_633 + 280, 35_085)


def test_where_the_source_has_no_unknown_it_is_what_is_left_of_its_total(told) -> None:
    """2014, "0-4 år": 42,490 - 30,150 - 4,351."""
    one = next(one for one in told if (one.year, one.residence) == (2014, "0_4"))
    assert one.unknown == 7_989


def test_a_suppressed_cell_adds_nothing_and_is_counted() -> None:
    rows = [
        Part(2022, "0_4", "", 100, 3),
        Part(2022, "0_4", "settled_here", 60, 3),
        Part(2022, "0_4", "unknown", 0, 3),
    ]
    (one,) = moves_by_year([*rows, Part(2022, "0_4", "moved_here", 30, 2, suppressed=1)])
    assert (one.moved_here, one.places, one.hidden) == (30, 2, 1)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (lambda: [Part(2022, "0_4", "", 1, 1)], "without settled_here, moved_here"),
        (lambda: [Part(2022, "0_4", "", 1, 1)] * 2, "twice"),
        (lambda: [Part(2022, "6", "", 1, 1)], "6/"),
        (lambda: [Part(2022, "0_4", "", -1, 1)], "negative"),
    ],
)
def test_parts_that_cannot_be_are_refused_by_name(parts, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        moves_by_year(parts())
