"""The list as a file: every row of the cut, in the columns the reader has chosen, sent as it is read."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import IO, Any, cast

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.exports import export_households, exported_rows
from bosett_server.queries.households import HouseholdRow
from bosett_server.web.followup.cut import Asked, chips, query_of
from bosett_server.web.followup.listing import columns_name
from bosett_server.web.followup.table import columns_of, plain_cell
from bosett_server.web.look.tables import Column
from bosett_server.web.page import page

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_POST
@page(Permission.EXPORT)
def export(request: Request) -> HttpResponse:
    """The current view as csv or xlsx.  Every id is in the log before the first byte leaves."""
    form = "xlsx" if request.POST.get("form") == "xlsx" else "csv"
    actor, today = request.actor, clock.today()
    asked = query_of(request.POST.get("query", ""), actor)
    ids = export_households(actor, filters=asked.filters, sort=asked.sort, form=form, today=today)
    columns = columns_of(asked.columns, request.COOKIES, columns_name(request))
    rows = exported_rows(actor, ids, today)
    name = f"households-{today.isoformat()}.{form}"
    response: HttpResponse | StreamingHttpResponse
    if form == "xlsx":
        response = FileResponse(_workbook(rows, columns, asked, today), as_attachment=True, filename=name)
    else:
        response = StreamingHttpResponse(_in_language(request.language, _lines(rows, columns)))
    response.headers["Content-Type"] = FORMS[form]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return cast("HttpResponse", response)


def _in_language(language: str, lines: Iterator[str]) -> Iterator[str]:
    """Lines are made after the view has returned, so the reader's language is set again for each."""
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


def _lines(rows: Iterable[HouseholdRow], columns: tuple[Column, ...]) -> Iterator[str]:
    """Comma, UTF-8, ISO dates; the first line has the columns' keys, the last column marks synthetic persons."""
    yield _line([*(column.key for column in columns), "synthetic"])
    for row in rows:
        yield _line(
            [*(plain_cell(row, column.key) for column in columns), "synthetic" if row.synthetic else ""]
        )


def _line(cells: list[Any]) -> str:
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerow([_text(cell) for cell in cells])
    return held.getvalue()


def _text(cell: Any) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    told = str(cell)
    return f"'{told}" if isinstance(cell, str) and told.startswith(RUNS_AS_FORMULA) else told


def _workbook(
    rows: Iterable[HouseholdRow], columns: tuple[Column, ...], asked: Asked, today: date
) -> IO[bytes]:
    """One sheet of rows written line by line, one that says what the rows are.  Texts are never formulas."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it has been sent
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Households"))
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 1)
        for place, label in enumerate([*(column.label for column in columns), _("Synthetic")]):
            sheet.write_string(0, place, label, bold)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                _write(sheet, number, place, plain_cell(row, column.key), day)
            if row.synthetic:
                sheet.write_string(number, len(columns), _("Synthetic person"))
        _about(book, asked, today)
    file.seek(0)
    return file


def _write(sheet: Any, number: int, place: int, cell: Any, day: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(number, place, cell, day)
    elif isinstance(cell, int):
        sheet.write_number(number, place, cell)
    elif cell is not None:
        sheet.write_string(number, place, str(cell))


def _about(book: Any, asked: Asked, today: date) -> None:
    sheet = book.add_worksheet(_("About this file"))
    told = [
        (_("As of"), today.isoformat()),
        (_("Filters"), ", ".join(words for words, _address in chips(asked)) or _("Everybody under way")),
        (_("Protected addresses"), _("Not in this file")),
        (_("Synthetic persons"), _("Rows marked synthetic are made up; nobody in them exists.")),
    ]
    for number, pair in enumerate(told):
        for place, text in enumerate(pair):
            sheet.write_string(number, place, text)
