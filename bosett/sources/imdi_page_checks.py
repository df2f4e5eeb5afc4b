"""A page against itself: county tables, swapped headings, headlines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bosett.sources.ask import DefectList
from bosett.sources.html_tables import Page
from bosett.sources.imdi_headers import Column, column_of
from bosett.sources.own_columns import column_name
from bosett.terms.figure import Figure, State

UNDER: Column = ("asked", (("group", "em_under15"),))
FROM: Column = ("asked", (("group", "em_15_17"),))
NUMBER = re.compile(r"(?<![\d-])\d{1,3}(?:[ .]\d{3})+(?![\d-])|(?<![\d-])\d+(?![\d-])")


@dataclass
class CountyTable:
    """The figures of one table by place and column."""

    county: str
    line: int
    columns: list[Column]
    figures: dict[tuple[str, Column], Figure] = field(default_factory=dict)

    def keep(self, place: str, column: Column, figure: Figure, line: int, defects: DefectList) -> None:
        """Store a figure; a place that stands twice is told."""
        if (place, column) in self.figures:
            defects.error("row_twice", f"{place} again", "each municipality once", line)
        self.figures[place, column] = figure

    def sum_of(self, column: Column) -> tuple[int, int]:
        """The sum of the places' numbers in a column, and how many cells are hidden."""
        cells = [one for (place, told), one in self.figures.items() if told == column and place != "total"]
        hidden = sum(one.state is State.SUPPRESSED for one in cells)
        return sum(one.value or 0 for one in cells), hidden


def put_swapped_right(
    tables: dict[str, CountyTable], counties: Iterable[CountyTable], defects: DefectList
) -> None:
    """Exchange the two age columns of a county whose sums are the county table's, exchanged.

    Only when nothing is hidden and the two sums differ: then there is no other reading.
    """
    for code, table in tables.items():
        under, older = (_in_county_table(code, column, counties) for column in (UNDER, FROM))
        sums = table.sum_of(UNDER), table.sum_of(FROM)
        if under is None or older is None or under == older or sums[0][1] or sums[1][1]:
            continue
        if (sums[0][0], sums[1][0]) == (older, under):
            swap = {UNDER: FROM, FROM: UNDER}
            table.figures = {
                (place, swap.get(column, column) if place != "total" else column): figure
                for (place, column), figure in table.figures.items()
            }
            found = f"under 15: {sums[0][0]}, 15-17: {sums[1][0]} in the municipalities of {code}"
            allowed = f"under 15: {under}, 15-17: {older}, as the county table says"
            defects.warn("headings_swapped", found, allowed, table.line)


def check_sums(tables: dict[str, CountyTable], counties: Iterable[CountyTable], defects: DefectList) -> None:
    """Tell each column of a county whose municipalities cannot add up to what is stated for it."""
    for code, table in sorted(tables.items()):
        for column in table.columns:
            stated = _stated(code, column, table, counties)
            total, hidden = table.sum_of(column)
            if stated is None or total == stated or (hidden and total < stated):
                continue
            told = f"{total} in the municipalities of {code} ({hidden} hidden)"
            defects.warn("sum_differs_from_county", told, str(stated), table.line, column_name(*column))


def check_headlines(page: Page, tables: dict[str, CountyTable], defects: DefectList) -> None:
    """Tell each sentence that gives one number for a column and another than the tables' sum.

    A sentence counts when it names exactly one column and exactly one number of 100 or more that is
    no year.
    """
    for line, sentence in page.sentences:
        column = column_of(sentence)
        numbers = [int(re.sub(r"[ .]", "", one)) for one in NUMBER.findall(sentence)]
        stated = [one for one in numbers if one >= 100 and not 1990 <= one <= 2050]
        if column is None or len(stated) != 1:
            continue
        sums = [table.sum_of(column) for table in tables.values() if column in table.columns]
        total, hidden = sum(one for one, _ in sums), sum(one for _, one in sums)
        if not sums or total == stated[0] or (hidden and total < stated[0]):
            continue
        found = f"{stated[0]} in the text {sentence[:80]!r}"
        defects.warn("headline_differs", found, f"{total}, the tables' sum", line, column_name(*column))


def _stated(code: str, column: Column, table: CountyTable, counties: Iterable[CountyTable]) -> int | None:
    """What the page itself gives for the county: its sum row, or its row in the county table."""
    own = table.figures.get(("total", column))
    if own is not None and own.value is not None:
        return own.value
    return _in_county_table(code, column, counties)


def _in_county_table(code: str, column: Column, counties: Iterable[CountyTable]) -> int | None:
    for one in counties:
        figure = one.figures.get((code, column))
        if figure is not None and figure.value is not None:
            return figure.value
    return None
