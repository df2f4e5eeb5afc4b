"""IMDi's bulk file of settlement: Latin-1, `;`, every row twice (persons and per cent), `.` and `:`."""

from __future__ import annotations

from bosett.sources.ask import Ask, DefectList
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.opened import Opened
from bosett.sources.places import PlaceFinder
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import Observation

KIND = "imdi_bulk"
HEADER = ["Enhet", "År", "Kommunenummer", "Kommune", "Bosetting", "Antall"]
MEASURE_OF = {
    "anmodning om bosetting": "asked",
    "opprinnelig anmodning om bosetting": "asked_original",
    "vedtak om bosetting": "voted",
    "faktisk bosetting": "settled",
}
ADDRESS = "https://app-simapi-prod.azurewebsites.net/download_csv/k/bosatt_anmodede"
LICENCE = "No licence is stated; facts, cite IMDi"
Read = tuple[str, int, str, State, int | None]


def read_imdi_bulk(file: Opened, ask: Ask) -> Imported[Observation]:
    """The rows of persons; those of per cent are counted and left out, or every sum would be wrong.

    `.` is a figure that the source does not have (no observation), `:` one that it hides.
    """
    defects = DefectList(file.name)
    rows = _rows(file, defects)
    finder = PlaceFinder(ask.registry, file.name)
    counts = {"rows": len(rows), "per_cent_left_out": 0, "not_in_source": 0}
    found: dict[object, Observation] = {}
    for row, cells in rows:
        try:
            told = _read(cells, counts, ask)
        except BadInput as bad:
            defects.error("cell_wrong", bad.found, bad.allowed, row, bad.column)
            continue
        if told is not None:
            _keep(told, row, finder, found, defects)
    for defect in finder.defects:
        defects.add(defect)
    counts["observations"] = len(found)
    source = ImportSource("Settled, asked and voted by municipality", "IMDi", ADDRESS, LICENCE, ask.retrieved)
    return settled_result(KIND, found.values(), defects.told(), source, file.sha256, counts)


def _rows(file: Opened, defects: DefectList) -> list[tuple[int, list[str]]]:
    """The rows after the header, read as Latin-1, or as UTF-8 when somebody has saved the file so."""
    encoding = "latin-1"
    if file.content.startswith(b"\xef\xbb\xbf") or "År".encode() in file.content[:200]:
        encoding = "utf-8-sig"
        defects.note("encoding_other", "UTF-8", "Latin-1, as IMDi publishes it", 1)
    rows = file.rows(";", encoding)
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    if header != HEADER:
        found = f"the header {';'.join(header)[:80]!r}"
        raise BadInput(found, f"{';'.join(HEADER)} in Latin-1", file.name, 1)
    return rows[1:]


def _read(cells: list[str], counts: dict[str, int], ask: Ask) -> Read | None:
    """A row as (measure, year, code, state, value); None for per cent and for `.`."""
    if len(cells) != len(HEADER):
        raise BadInput(f"{len(cells)} cells", f"{len(HEADER)} cells")
    unit, year, code, _, metric, value = (cell.strip() for cell in cells)
    if unit not in ("Personer", "Prosent"):
        raise BadInput(repr(unit), "Personer or Prosent", column="Enhet")
    if metric.lower() not in MEASURE_OF:
        raise BadInput(repr(metric), ", ".join(MEASURE_OF), column="Bosetting")
    if not (year.isascii() and year.isdigit()) or not 1980 <= int(year) <= ask.today.year:
        raise BadInput(repr(year), f"a year from 1980 to {ask.today.year}", column="År")
    if len(code) != 4 or not (code.isascii() and code.isdigit()):
        raise BadInput(repr(code), "a code of four digits", column="Kommunenummer")
    if unit == "Prosent":
        counts["per_cent_left_out"] += 1
        return None
    if value == ".":
        counts["not_in_source"] += 1
        return None
    return MEASURE_OF[metric.lower()], int(year), code, *_figure(value)


def _figure(value: str) -> tuple[State, int | None]:
    if value == ":":
        return State.SUPPRESSED, None
    if not (value.isascii() and value.isdigit()):
        raise BadInput(repr(value), "a whole number, . or :", column="Antall")
    return State.NUMBER, int(value)


def _keep(
    told: Read, row: int, finder: PlaceFinder, found: dict[object, Observation], defects: DefectList
) -> None:
    measure, year, code, state, value = told
    place = finder.place(code, year, row)
    one = Observation(measure, "settlement", place, year, state, value, "persons", KIND)
    if one.key in found:
        defects.error("row_twice", f"{measure} of {code} in {year} again", "each once", row, "Kommunenummer")
    found[one.key] = one
