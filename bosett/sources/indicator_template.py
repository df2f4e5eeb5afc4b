"""The template for any indicator of a municipality and year, as csv or xlsx."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from bosett.sources.ask import Ask, DefectList
from bosett.sources.grid import GridRow, read_grid
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.metric_names import read_metric
from bosett.sources.opened import Opened
from bosett.statistics.measures import MEASURES
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Observation

KIND = "template"
COLUMNS = ("kommunenummer", "year", "metric", "value", "status", "source", "licence", "retrieved_at")
STATUSES = {
    "": State.NUMBER,
    "number": State.NUMBER,
    "skjermet": State.SUPPRESSED,
    "suppressed": State.SUPPRESSED,
    "ikke_anmodet": State.NOT_ASKED,
    "not_asked": State.NOT_ASKED,
    "avventer_vedtak": State.AWAITING,
    "awaiting": State.AWAITING,
    "ukjent": State.UNKNOWN,
    "unknown": State.UNKNOWN,
    "not_stored": State.NOT_STORED,
}
FIRST_YEAR = 1900


def read_indicator_template(file: Opened, ask: Ask) -> Imported[Observation]:
    """Rows of `COLUMNS`; the data set is named by the one source that all rows name.

    `kommunenummer` is a code of 2024 or of the row's year, two digits for a county, 0 for the
    country.  A split code is an error, since no rule says which part a figure belongs to.
    """
    defects = DefectList(file.name)
    rows = read_grid(file, COLUMNS, defects)
    source = _source(rows, ask, defects)
    found: dict[object, int] = {}
    observations = []
    for row in rows:
        try:
            one = _observation(row, source, ask)
        except BadInput as bad:
            defects.error("cell_wrong", bad.found, bad.allowed, row.row, bad.column)
            continue
        if one.key in found:
            defects.error("row_twice", f"again the figure of row {found[one.key]}", "each once", row.row)
        found[one.key] = row.row
        observations.append(one)
    counts = {"rows": len(rows), "observations": len(observations)}
    return settled_result(KIND, observations, defects.told(), source, file.sha256, counts)


def _source(rows: list[GridRow], ask: Ask, defects: DefectList) -> ImportSource:
    """The one source of the file; a second source, licence or day is an error."""
    told = {tuple(row.cells[name] for name in ("source", "licence", "retrieved_at")): row for row in rows}
    for row in list(told.values())[1:]:
        defects.error("several_sources", "another source, licence or day", "one for the file", row.row)
    source, licence, day = next(iter(told), ("", "", ""))
    if not rows:
        defects.error("no_rows", "a header alone", "at least one row", 1)
    elif not source:
        defects.error("source_missing", "an empty cell", "the name of the source", rows[0].row, "source")
    return ImportSource(source, source, "", licence or ask.licence, _day(day, rows, ask, defects))


def _day(day: str, rows: list[GridRow], ask: Ask, defects: DefectList) -> date | None:
    try:
        found = date.fromisoformat(day.removesuffix(" 00:00:00").removesuffix("T00:00:00")) if day else None
    except ValueError:
        defects.error("cell_wrong", repr(day), "a day as YYYY-MM-DD", rows[0].row, "retrieved_at")
        return None
    if found is not None and found > ask.today:
        defects.error("day_to_come", day, f"no later than {ask.today}", rows[0].row, "retrieved_at")
    return found or ask.retrieved


def _observation(row: GridRow, source: ImportSource, ask: Ask) -> Observation:
    cells = row.cells
    year = _year(cells["year"], ask)
    measure_id, breakdown = read_metric(cells["metric"])
    state, value = _value(cells["value"], cells["status"])
    unit = MEASURES[measure_id].unit
    place = accepted_place(cells["kommunenummer"], year, ask)
    dataset = slug(source.title)
    try:
        return Observation(measure_id, dataset, place, year, state, value, unit, dataset, breakdown=breakdown)
    except ValueError as bad:
        raise BadInput(str(bad), "a value of the measure", column="value") from None


def accepted_place(code: str, year: int, ask: Ask) -> str:
    """The code as it stands when it is the country, a county of 2024, or a municipality that translates.

    Raises
    ------
    BadInput
        If no place has the code, or its municipality was split.
    """
    try:
        if code == COUNTRY:
            return code
        if len(code) == 2:
            return ask.registry.county(code).code
        ask.registry.accept(code, date(max(year, 2011), 1, 1))
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, column="kommunenummer") from None
    return code


def slug(title: str) -> str:
    """A short id made of a title: lower case, words joined by underscores."""
    plain = title.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60] or "source"


def _year(cell: str, ask: Ask) -> int:
    if not (cell.isascii() and cell.isdigit()) or not FIRST_YEAR <= int(cell) <= ask.today.year:
        raise BadInput(repr(cell), f"a year from {FIRST_YEAR} to {ask.today.year}", column="year")
    return int(cell)


def _value(cell: str, status: str) -> tuple[State, int | Decimal | None]:
    if status not in STATUSES:
        raise BadInput(repr(status), ", ".join(sorted(STATUSES)), column="status")
    state = STATUSES[status]
    if state is not State.NUMBER:
        if cell:
            raise BadInput(f"{cell!r} beside the status {status}", "an empty value", column="value")
        return state, None
    return state, decimal_or_whole(cell)


def decimal_or_whole(cell: str) -> int | Decimal:
    """A number with a dot for decimals; BadInput otherwise, also for an empty cell."""
    try:
        number = Decimal(cell)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not cell.isascii() or "e" in cell.lower() or "_" in cell:
        allowed = "a number with a dot for decimals, or a status that says why there is none"
        raise BadInput(repr(cell) if cell else "an empty cell", allowed, column="value")
    return int(number) if number == number.to_integral_value() else number
