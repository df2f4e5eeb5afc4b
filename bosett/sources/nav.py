"""NAV's registered unemployed by month, in the columns of its table, csv or xlsx."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bosett.sources.ask import Ask, DefectList
from bosett.sources.grid import GridRow, read_grid
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.indicator_template import decimal_or_whole
from bosett.sources.opened import Opened
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Observation, breakdown_of

KIND = "nav"
COLUMNS = ("nivaa", "enhet", "status", "kjonn", "antall", "andel_arbeidsstyrken", "dato")
STATUSES = {"Helt ledige": "fully", "Delvis ledige": "partly", "Arbeidssøkere på tiltak": "measures"}
SEXES = {"Begge kjønn": "", "Kvinner": "women", "Menn": "men"}
NO_PLACE = ("Svalbard og øvrige områder", "Ukjent")
HIDDEN = ("*", ":", "<4", "<5")


def read_nav(file: Opened, ask: Ask) -> Imported[Observation]:
    """Numbers of persons and, where the table has it, their share of the labour force in per cent.

    Counties and municipalities are found by name; `nivaa` says which ("Telemark kommuner").  Rows for
    Svalbard and unknown places are counted and left out.
    """
    defects = DefectList(file.name)
    rows = read_grid(file, COLUMNS, defects)
    counts = {"rows": len(rows), "without_place": 0}
    found: dict[object, Observation] = {}
    places: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.cells["enhet"] in NO_PLACE:
            counts["without_place"] += 1
            continue
        try:
            for one in _observations(row, ask, places):
                if one.key in found:
                    defects.error(
                        "row_twice", f"{row.cells['enhet']} {one.period} again", "each once", row.row
                    )
                found[one.key] = one
        except BadInput as bad:
            defects.error("cell_wrong", bad.found, bad.allowed, row.row, bad.column)
    counts["observations"] = len(found)
    licence = ask.licence or "Licence not verified; facts, cite NAV"
    source = ImportSource(
        "Registered unemployed by month", "NAV", "https://www.nav.no/", licence, ask.retrieved
    )
    return settled_result(KIND, found.values(), defects.told(), source, file.sha256, counts)


def _observations(row: GridRow, ask: Ask, places: dict[tuple[str, str], str]) -> list[Observation]:
    cells = row.cells
    key = cells["nivaa"], cells["enhet"]
    if key not in places:
        places[key] = _place(*key, ask)
    day = _day(cells["dato"], ask)
    told = {"work_status": _one_of(cells, "status", STATUSES)}
    sex = _one_of(cells, "kjonn", SEXES)
    if sex:
        told["sex"] = sex
    found = [_figure("unemployed", "persons", cells["antall"], "antall", places[key], day, told)]
    if cells["andel_arbeidsstyrken"]:
        share = cells["andel_arbeidsstyrken"]
        found.append(
            _figure("unemployed_share", "percent", share, "andel_arbeidsstyrken", places[key], day, told)
        )
    return found


def _figure(
    measure: str, unit: str, cell: str, column: str, place: str, day: date, told: dict[str, str]
) -> Observation:
    state, value = State.SUPPRESSED, None
    if cell not in HIDDEN:
        state, value = State.NUMBER, _value(cell, unit, column)
    return Observation(
        measure, "unemployment", place, day.year, state, value, unit, KIND, day.month,
        breakdown=breakdown_of(**told),
    )  # fmt: skip


def _value(cell: str, unit: str, column: str) -> int | Decimal:
    """Persons as a whole number; the share, a fraction in the file, in per cent with one decimal."""
    try:
        number = decimal_or_whole(cell)
    except BadInput as bad:
        raise BadInput(bad.found, f"a number, or {' '.join(HIDDEN)} when hidden", column=column) from None
    if unit == "percent":
        if not 0 <= number <= 1:
            raise BadInput(repr(cell), "a share from 0 to 1", column=column)
        return (Decimal(number) * 100).quantize(Decimal("0.1"))
    if not isinstance(number, int) or number < 0:
        raise BadInput(repr(cell), "a whole number of persons", column=column)
    return number


def _place(level: str, name: str, ask: Ask) -> str:
    if level == "Landet":
        return COUNTRY
    for county in ask.registry.counties():
        if level == "Fylker" and name in (county.name, county.official_name):
            return county.code
        if level.startswith(county.name) and level.endswith("kommuner"):
            return ask.registry.by_name(name, county.code).code
    if level == "Kommuner":
        return ask.registry.by_name(name).code
    found = f"{name!r} at the level {level!r}"
    raise BadInput(found, "Landet, Fylker, Kommuner or '<county> kommuner' with a known name", column="enhet")


def _one_of(cells: dict[str, str], column: str, allowed: dict[str, str]) -> str:
    if cells[column] not in allowed:
        raise BadInput(repr(cells[column]), ", ".join(allowed), column=column)
    return allowed[cells[column]]


def _day(cell: str, ask: Ask) -> date:
    try:
        day = date.fromisoformat(cell.removesuffix(" 00:00:00").removesuffix("T00:00:00"))
    except ValueError:
        raise BadInput(repr(cell), "the month's first day as YYYY-MM-DD", column="dato") from None
    if day > ask.today:
        raise BadInput(cell, f"no later than {ask.today}", column="dato")
    return day
