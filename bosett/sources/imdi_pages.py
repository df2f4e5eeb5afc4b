"""IMDi's yearly pages of key figures: a table a county, names without codes, changing columns."""

from __future__ import annotations

import re
from datetime import date

from bosett.sources.ask import Ask, DefectList
from bosett.sources.html_tables import Page, PageTable, read_page
from bosett.sources.imdi_headers import ALLOWED, Column, column_of, is_place_heading
from bosett.sources.imdi_page_checks import CountyTable, check_headlines, check_sums, put_swapped_right
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.opened import Opened
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett.terms.observation import Observation

KIND = "imdi_pages"
LICENCE = "No licence is stated; facts, cite IMDi"
ENDED = {"30": "Viken", "38": "Vestfold og Telemark", "54": "Troms og Finnmark"}
"""Counties of 2020 to 2023, under which the pages of 2022 and 2023 stand."""
ENDED_DAY = date(2023, 1, 1)
TOTALS = ("totalt", "sum", "i alt", "hele landet", "landet", "fylket totalt")
YEAR = re.compile(r"\b(20[0-4]\d)\b")


def read_imdi_pages(file: Opened, ask: Ask) -> Imported[Observation]:
    """Every municipality table of the page, checked against its county table and headlines.

    `:` is hidden, `-` not asked, `avventer vedtak` awaiting; an empty cell is no figure.  Two age
    columns whose sums are those of the county table swapped are put right, and told.
    """
    defects = DefectList(file.name)
    page = read_page(file.text())
    year = _year(page, ask, file.name)
    counties: list[CountyTable] = []
    tables: dict[str, CountyTable] = {}
    for table in page.tables:
        _sort_in(table, ask, defects, counties, tables)
    if not tables:
        raise BadInput("no table of municipalities under a county", "IMDi's page of key figures", file.name)
    put_swapped_right(tables, counties, defects)
    check_sums(tables, counties, defects)
    check_headlines(page, tables, defects)
    observations = [one for code in sorted(tables) for one in _observations(tables[code], year)]
    counts = {"tables": len(tables), "observations": len(observations), "year": year}
    address = f"https://www.imdi.no/bosetting/bosettingstall/nokkeltall-bosetting-{year}/"
    source = ImportSource(f"Key figures for settlement {year}", "IMDi", address, LICENCE, ask.retrieved)
    return settled_result(KIND, observations, defects.told(), source, file.sha256, counts)


def _year(page: Page, ask: Ask, file: str) -> int:
    """The year in the heading above the tables; the one asked for when there is none."""
    above = [heading for table in page.tables for heading in table.headings if "kommune" in heading.lower()]
    told = [int(found) for text in (*above, page.title) for found in YEAR.findall(text)]
    year = ask.year or (told[0] if told else None)
    if year is None:
        raise BadInput("no year in the headings", "a heading with the year, or the year given", file)
    if year > ask.today.year + 1:
        raise BadInput(str(year), f"a year up to {ask.today.year + 1}", file)
    return year


def _sort_in(
    table: PageTable,
    ask: Ask,
    defects: DefectList,
    counties: list[CountyTable],
    tables: dict[str, CountyTable],
) -> None:
    """Read a table as the country's table of counties or as one county's municipalities."""
    if not table.rows or not table.rows[0] or not is_place_heading(table.rows[0][0]):
        return
    columns = _columns(table, defects)
    if table.rows[0][0].lower().startswith("fylke"):
        counties.append(_read(table, columns, None, ask, defects))
        return
    county = _county_above(table, ask)
    if county is None:
        above = table.headings[-1] if table.headings else "nothing"
        defects.error("county_unknown", repr(above), "the name of a county above the table", table.line)
    elif county[0] in tables:
        defects.error("row_twice", f"{county[1]} again", "one table a county", table.line)
    else:
        tables[county[0]] = _read(table, columns, county[0], ask, defects)


def _columns(table: PageTable, defects: DefectList) -> list[Column | None]:
    columns = [column_of(text) for text in table.rows[0][1:]]
    for text, column in zip(table.rows[0][1:], columns, strict=True):
        if column is None:
            defects.error("column_unknown", repr(text), ALLOWED, table.lines[0], text)
        elif columns.count(column) > 1:
            defects.error("column_twice", repr(text), "each column once", table.lines[0], text)
    return columns


def _county_above(table: PageTable, ask: Ask) -> tuple[str, str] | None:
    """Code and name of the county that a table stands under, also one of the three that ended in 2024."""
    for heading in (*reversed(table.headings), table.rows[0][0]):
        told = re.sub(r"\b(fylke|i|kommunene|kommuner|oversikt)\b", " ", heading.lower())
        for county in ask.registry.counties():
            if county.name.lower() in (told.strip(), " ".join(told.split())):
                return county.code, county.name
            if county.official_name.lower() == " ".join(heading.lower().split()):
                return county.code, county.name
        for code, name in ENDED.items():
            if " ".join(told.split()).startswith(name.lower()):
                return code, name
    return None


def _in_ended(name: str, county: str, ask: Ask) -> str:
    """The code that a municipality of an ended county had then, by any of its names; empty when none has it."""
    for unit in ask.registry.history.units(ENDED_DAY):
        names = (unit.name, *unit.name.split(" - "))
        if str(unit.code).startswith(county) and name.lower() in {one.strip().lower() for one in names}:
            return str(unit.code)
    return ""


def _read(
    table: PageTable, columns: list[Column | None], county: str | None, ask: Ask, defects: DefectList
) -> CountyTable:
    found = CountyTable(county or "", table.line, [column for column in columns if column is not None])
    for cells, line in zip(table.rows[1:], table.lines[1:], strict=True):
        if len(cells) != len(columns) + 1:
            allowed = f"{len(columns) + 1} cells, as in the header"
            defects.error("cells_missing", f"{len(cells)} cells beside {cells[0]!r}", allowed, line)
            continue
        place = _place(cells[0], county, ask, line, defects)
        for column, cell, text in zip(columns, cells[1:], table.rows[0][1:], strict=True):
            figure = _figure(cell, line, text, defects)
            if column is not None and place and figure is not None:
                found.keep(place, column, figure, line, defects)
    return found


def _place(name: str, county: str | None, ask: Ask, line: int, defects: DefectList) -> str:
    """Code of a municipality or county, "total" for a sum; empty (and told) when nobody has the name."""
    plain = name.strip().strip("*").strip()
    if plain.lower() in TOTALS or plain.lower().startswith("totalt"):
        return "total"
    if county in ENDED and (code := _in_ended(plain, county, ask)):
        return code
    try:
        if county is not None:
            return ask.registry.by_name(plain, county).code
    except BadInput:
        if any(plain.lower() == one.name.lower() for one in ask.registry.counties()):
            return "total"
    for one in ask.registry.counties():
        if county is None and plain.lower() in (one.name.lower(), one.official_name.lower()):
            return one.code
    defects.error("name_unknown", repr(name), "a name in the registry, in this county", line, "Kommune")
    return ""


def _figure(cell: str, line: int, column: str, defects: DefectList) -> Figure | None:
    told = cell.strip().lower().replace(" ", "").replace(".", "")
    if not told:
        return None
    marks = {":": State.SUPPRESSED, "-": State.NOT_ASKED, "–": State.NOT_ASKED}
    if told in marks:
        return Figure.missing(marks[told])
    if told.startswith("avventer"):
        return Figure.missing(State.AWAITING)
    if told.isascii() and told.isdigit():
        return Figure.of(int(told))
    allowed = "a whole number, :, -, or avventer vedtak"
    defects.error("cell_wrong", repr(cell), allowed, line, column)
    return None


def _observations(table: CountyTable, year: int) -> list[Observation]:
    return [
        Observation(
            measure, "settlement", place, year, figure.state, figure.value, "persons", KIND, breakdown=told
        )
        for (place, (measure, told)), figure in sorted(table.figures.items())
        if place != "total"
    ]
