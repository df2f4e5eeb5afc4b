"""The questionnaire goes out as a workbook and comes back by its keys."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from bosett.expenditure.questionnaire import lines
from bosett.expenditure.typed import Typed
from bosett.outputs.expenditure_template import write_template
from bosett.sources.cells import read_cells
from bosett.sources.expenditure_sheet import read_template
from bosett.terms.errors import BadInput

LINES = lines("ordinary")
TYPED = {
    "housing": Typed("housing", amount="1 250 000", explanation="nytt i år"),
    "school": Typed("school", share="12,5", whole="8000000"),
    "culture": Typed("culture", amount="ca 5"),
}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_is_written_comes_back_as_it_was_whatever_the_language(tmp_path: Path, language: str) -> None:
    path = tmp_path / "skjema.xlsx"
    write_template(path, LINES, TYPED, "Drammen 2025", "", language)
    found = {one.typed.area: one.typed for one in read_template(path, LINES)}
    assert len(found) == 13
    assert {area: one for area, one in found.items() if one != Typed(area)} == TYPED


def test_the_mark_of_synthetic_answers_stands_on_top(tmp_path: Path) -> None:
    path = tmp_path / "skjema.xlsx"
    write_template(path, LINES, {}, "Drammen 2025", "Øvelse: tallene er oppdiktet", "nb")
    assert any("Øvelse: tallene er oppdiktet" in cells for _, cells in read_cells(path))


def filled(path: Path, rows: list[list[object]]) -> Path:
    """A workbook as somebody's own spreadsheet would save it."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    return path


def test_numbers_that_the_spreadsheet_made_are_read_as_numbers(tmp_path: Path) -> None:
    path = filled(tmp_path / "x.xlsx", [["bosett"], ["housing", "Bolig", "", 1250000.0, 0.5, 7.25]])
    (one,) = read_template(path, LINES)
    assert (one.row, one.typed) == (2, Typed("housing", "1250000", "0.5", "7.25"))


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([["bosett"], ["another", "", "", 5]], 2),
        ([["bosett"], ["housing", "", "", 5], ["housing", "", "", 6]], 3),
        ([["bosett"], ["", "Bolig", "", 5]], 2),
        ([["noe annet"], ["housing", "", "", 5]], None),
    ],
)
def test_a_workbook_that_is_not_the_template_is_refused_by_its_row(
    tmp_path: Path, rows: list[list[object]], row: int | None
) -> None:
    with pytest.raises(BadInput) as refused:
        read_template(filled(tmp_path / "x.xlsx", rows), LINES)
    assert refused.value.row == row
