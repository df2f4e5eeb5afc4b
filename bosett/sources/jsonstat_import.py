"""Statistics Norway's and Eurostat's tables as observations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bosett.sources.ask import Ask, DefectList
from bosett.sources.citizenships import alpha3_of_alpha2
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.indicator_template import slug
from bosett.sources.jsonstat import Cell, Dimension, JsonStat, read_jsonstat
from bosett.sources.jsonstat_readings import (
    COUNTRY_CODES,
    PLACES,
    READINGS,
    SEXES,
    TIMES,
    TOTALS,
    Reading,
)
from bosett.sources.metric_names import read_metric
from bosett.sources.opened import Opened
from bosett.sources.places import PlaceFinder
from bosett.statistics.measures import MEASURES
from bosett.terms.errors import BadInput
from bosett.terms.figure import State
from bosett.terms.observation import COUNTRY, Observation

KIND = "jsonstat"
PERIOD = re.compile(r"(\d{4})(?:-?M(\d{2})|-(\d{2})|-?[QK](\d))?", re.ASCII)


@dataclass(frozen=True)
class _Roles:
    """Which dimension is what; `kept` are those whose one category is read and nothing said."""

    place: str
    time: str
    broken_down: tuple[str, ...]
    kept: dict[str, str]


def read_jsonstat_figures(file: Opened, ask: Ask) -> Imported[Observation]:
    """A table that a reading is stored for, or any table with the measure told.

    A dimension that the measure does not have must have one category, or one that counts everybody;
    otherwise the file is refused: adding or picking would be a guess.
    """
    defects = DefectList(file.name)
    told = read_jsonstat(file)
    reading = _reading(told, ask, file.name)
    roles = _roles(told, reading, file.name)
    finder = PlaceFinder(ask.registry, file.name)
    counts = {"cells": 0, "not_in_source": 0, "left_out": 0}
    found = []
    for cell in told.cells():
        counts["cells"] += 1
        if any(cell.codes[name] != code for name, code in roles.kept.items()):
            counts["left_out"] += 1
        elif cell.state is State.NOT_STORED:
            counts["not_in_source"] += 1
        else:
            found.append(_observation(cell, reading, roles, finder, file.name))
    for defect in finder.defects:
        defects.add(defect)
    counts["observations"] = len(found)
    title = told.label or reading.href
    source = ImportSource(title, reading.publisher, reading.href, reading.licence, ask.retrieved)
    return settled_result(KIND, found, defects.told(), source, file.sha256, counts)


def _reading(told: JsonStat, ask: Ask, file: str) -> Reading:
    if ask.measure_id:
        measure_id, fixed = read_metric(ask.measure_id)
        publisher = told.source or "not stated"
        source = ((0, slug(told.table_id or told.label)),)
        return Reading(measure_id, slug(publisher), publisher, ask.licence, "", fixed, sources=source)
    if told.table_id not in READINGS:
        allowed = f"one of {', '.join(sorted(READINGS))}, or the measure given"
        raise BadInput(f"the table {told.table_id or told.label!r}", allowed, file)
    return READINGS[told.table_id]


def _roles(told: JsonStat, reading: Reading, file: str) -> _Roles:
    place = next((one.id for one in told.dimensions if one.id in PLACES), "")
    time = next((one.id for one in told.dimensions if one.id in TIMES), "")
    if not time:
        raise BadInput("no dimension of time", " or ".join(TIMES), file)
    broken, kept = [], {}
    for one in told.dimensions:
        if one.id in (place, time):
            continue
        own = _own_dimension(one.id)
        wanted = reading.only.get(one.id, "")
        if own in MEASURES[reading.measure_id].dimensions and own not in dict(reading.fixed):
            broken.append(one.id)
        else:
            kept[one.id] = _everybody(one, wanted, file)
    return _Roles(place, time, tuple(broken), kept)


def _everybody(dimension: Dimension, wanted: str, file: str) -> str:
    """The category that is read of a dimension that the measure does not have."""
    if wanted in dimension.codes:
        return wanted
    if len(dimension.codes) == 1:
        return dimension.codes[0]
    totals = [code for code in dimension.codes if code in TOTALS]
    if len(totals) != 1:
        found = f"{len(dimension.codes)} categories and none for all"
        raise BadInput(found, "one category, or one that counts everybody", file, column=dimension.id)
    return totals[0]


def _own_dimension(name: str) -> str:
    return {"citizen": "citizenship", "Kjonn": "sex"}.get(name, name)


def _observation(cell: Cell, reading: Reading, roles: _Roles, finder: PlaceFinder, file: str) -> Observation:
    year, month, quarter = _period(cell.codes[roles.time], file, roles.time)
    breakdown = dict(reading.fixed)
    for name in roles.broken_down:
        value = _category(name, cell.codes[name], file)
        if value:
            breakdown[_own_dimension(name)] = value
    code = cell.codes.get(roles.place, COUNTRY)
    place = COUNTRY if code in COUNTRY_CODES else code.removeprefix("K-").removeprefix("F-")
    if not (len(place) in (1, 2, 4) and place.isascii() and place.isdigit()):
        raise BadInput(f"the place {code!r}", "NO, a county or a municipality", file, column=roles.place)
    try:
        return Observation(
            reading.measure_id,
            reading.dataset_id,
            finder.place(place, year, 0),
            year,
            cell.state,
            cell.value,
            MEASURES[reading.measure_id].unit,
            reading.source_id(year),
            month,
            quarter,
            tuple(sorted(breakdown.items())),
        )
    except ValueError as bad:
        raise BadInput(str(bad), "a figure of the measure", file, column="value") from None


def _category(name: str, code: str, file: str) -> str:
    """The value of a dimension; empty for everybody."""
    if code in TOTALS:
        return ""
    if _own_dimension(name) == "sex":
        return SEXES.get(code, code)
    if _own_dimension(name) == "citizenship":
        return alpha3_of_alpha2(code, file)
    return re.sub(r"[^A-Za-z0-9_]", "_", code)


def _period(code: str, file: str, column: str) -> tuple[int, int | None, int | None]:
    found = PERIOD.fullmatch(code)
    if found is None:
        raise BadInput(
            f"the period {code!r}", "2024, 2024M01, 2024-01, 2024K1 or 2024-Q1", file, column=column
        )
    year, month, other, quarter = found.groups()
    told = month or other
    return int(year), int(told) if told else None, int(quarter) if quarter else None
