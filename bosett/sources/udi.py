"""UDI's monthly tables: citizenship by month, a page a year, earlier months revised each month."""

from __future__ import annotations

import re

from bosett.sources.ask import Ask, DefectList
from bosett.sources.citizenships import alpha3_of_name
from bosett.sources.html_tables import Page, PageTable, read_page
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.opened import Opened
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Observation, breakdown_of

KIND = "udi_monthly"
MONTHS = ("jan", "feb", "mar", "apr", "ma", "jun", "jul", "aug", "sep", "o", "nov", "de")
"""Beginnings of the months' names in English and Norwegian, in order."""
TOTALS = ("total", "totalt", "sum", "i alt")
ADDRESS = "https://www.udi.no/en/statistics-and-analysis/statistics/"
Columns = dict[int, int]
"""Place in the row -> month."""


def read_udi_monthly(file: Opened, ask: Ask) -> Imported[Observation]:
    """The table of months; the version is the month it was retrieved in, which must be told.

    A row or column whose sum differs from the page's own total is told; unknown names are errors.
    """
    if ask.retrieved is None:
        raise BadInput("no day of retrieval", "the day, since UDI revises earlier months", file.name)
    defects = DefectList(file.name)
    page = read_page(file.text())
    table, columns, total_at = _month_table(page, file.name)
    year, procedure = _year(page, table, ask, file.name), _procedure(page, table)
    cells = _cells(table, columns, total_at, defects)
    _check_total_row(cells, columns, table.line, defects)
    version = ask.retrieved.isoformat()[:7]
    observations = [
        _observation(name, year, month, value, procedure, version) for (name, month), value in cells.items()
    ]
    counts = {"rows": len(table.rows) - 1, "observations": len(observations), "year": year}
    title = f"Applications by citizenship and month {year} ({procedure})"
    licence = ask.licence or "No licence is stated; facts, cite UDI"
    source = ImportSource(title, "UDI", ADDRESS, licence, ask.retrieved)
    return settled_result(KIND, observations, defects.told(), source, file.sha256, counts)


def _month_table(page: Page, file: str) -> tuple[PageTable, Columns, int | None]:
    for table in page.tables:
        header = [cell.lower().strip() for cell in table.rows[0]] if table.rows else []
        columns = {at: month for at, cell in enumerate(header) if (month := _month(cell))}
        if len(columns) >= 1 and 0 not in columns:
            totals = [at for at, cell in enumerate(header) if cell in TOTALS]
            return table, columns, totals[0] if totals else None
    raise BadInput("no table with months as headings", "UDI's table by citizenship and month", file)


def _month(cell: str) -> int | None:
    if not cell.isalpha():
        return None
    for number, beginning in enumerate(MONTHS, start=1):
        if cell.startswith(beginning) and len(cell) <= 9 and (number != 5 or cell in ("may", "mai")):
            return number
    return None


def _year(page: Page, table: PageTable, ask: Ask, file: str) -> int:
    for text in (*reversed(table.headings), page.title):
        found = re.search(r"\b(20[0-4]\d)\b", text)
        if found:
            return int(found.group(1))
    if ask.year is None:
        raise BadInput("no year in the headings", "a heading with the year, or the year given", file)
    return ask.year


def _procedure(page: Page, table: PageTable) -> str:
    told = " ".join((*table.headings, page.title)).lower()
    return "collective" if "collective" in told or "kollektiv" in told else "asylum"


def _cells(
    table: PageTable, columns: Columns, total_at: int | None, defects: DefectList
) -> dict[tuple[str, int], int]:
    """Numbers by citizenship (empty for the total row) and month; a blank month has not come yet."""
    found: dict[tuple[str, int], int] = {}
    for cells, line in zip(table.rows[1:], table.lines[1:], strict=True):
        name = "" if cells[0].lower() in TOTALS else alpha3_of_name(cells[0])
        if name is None:
            defects.error("name_unknown", repr(cells[0]), "a country, Stateless or Unknown", line)
            continue
        if len(cells) != len(table.rows[0]):
            defects.error("cells_missing", f"{len(cells)} cells", f"{len(table.rows[0])} cells", line)
            continue
        row = {month: _number(cells[at], line, defects) for at, month in columns.items()}
        for month, value in row.items():
            if value is None:
                continue
            if (name, month) in found:
                defects.error("row_twice", f"{cells[0]} again", "each citizenship once", line)
            found[name, month] = value
        _check_row(cells, row, total_at, line, defects)
    return found


def _number(cell: str, line: int, defects: DefectList) -> int | None:
    told = cell.replace(" ", "").replace(",", "")
    if not told:
        return None
    if not (told.isascii() and told.isdigit()):
        defects.error("cell_wrong", repr(cell), "a whole number or nothing", line)
        return None
    return int(told)


def _check_row(
    cells: list[str], row: dict[int, int | None], total_at: int | None, line: int, defects: DefectList
) -> None:
    stated = _number(cells[total_at], line, defects) if total_at is not None else None
    total = sum(value or 0 for value in row.values())
    if stated is not None and stated != total:
        defects.warn("sum_differs", f"{total} over the months of {cells[0]}", str(stated), line)


def _check_total_row(
    cells: dict[tuple[str, int], int], columns: Columns, line: int, defects: DefectList
) -> None:
    for month in columns.values():
        stated = cells.get(("", month))
        total = sum(value for (name, told), value in cells.items() if name and told == month)
        if stated is not None and stated != total:
            defects.warn("sum_differs", f"{total} over citizenships in month {month}", str(stated), line)


def _observation(name: str, year: int, month: int, value: int, procedure: str, version: str) -> Observation:
    told = {"procedure": procedure, **({"citizenship": name} if name else {})}
    source = "monthly_citizenship" if name else "monthly"  # as in our own tables
    return Observation(
        "applications", "udi", COUNTRY, year, State.NUMBER, value, "applications", source, month,
        breakdown=breakdown_of(**told), published=version,
    )  # fmt: skip
