"""What the pages of reception show, as rows for files."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse

from bosett.capacity import WeekOutlook
from bosett.capacity.norm import OccupancyNorm
from bosett.outputs.tables import Cell
from bosett.rules import DatedValue
from bosett.terms.figure import Figure
from bosett_server.queries.capacity_processes import ProcessView
from bosett_server.queries.capacity_waiting import WaitingRow
from bosett_server.web.table_file import table_file

WAITING_COLUMNS = (
    "group", "target_months", "target_lapsed", "waiting", "inside", "past_within_14_days", "past", "longest_days",
)  # fmt: skip
NORM_COLUMNS = (
    "norm",
    "places_in_use",
    "places_beyond_residents",
    "residents",
    "places_asked_for",
    "places_today",
)
PLACE_COLUMNS = ("municipality_id", "municipality", "reception_places", "vedtak", "vedtak_state")
STEP_COLUMNS = ("process_id", "direction", "step", "on", "told", "document", "statement")
WEEK_COLUMNS = ("day", "places", "residents")


def waiting_file(kind: str, rows: Sequence[WaitingRow]) -> HttpResponse:
    """Who waits, against the targets."""
    lines: list[list[Cell]] = [
        [
            one.waiting.group.value, one.waiting.target_months, one.lapsed, one.waiting.persons, one.waiting.inside,
            one.waiting.soon, one.waiting.past, one.waiting.longest_days,
        ]
        for one in rows
    ]  # fmt: skip
    return table_file("waiting", kind, WAITING_COLUMNS, lines)


def norms_file(
    kind: str, norms: Sequence[tuple[OccupancyNorm, DatedValue]], residents: int | None, places: int
) -> HttpResponse:
    """Both norms for the same residents; no row when nobody could be counted."""
    lines: list[list[Cell]] = [
        [
            norm.definition.value, float(norm.occupancy), float(norm.buffer), residents, norm.places_for(residents),
            places,
        ]
        for norm, _version in norms
        if residents is not None
    ]  # fmt: skip
    return table_file("occupancy-norms", kind, NORM_COLUMNS, lines)


def places_file(
    kind: str, names: Sequence[tuple[str, str]], hosts: dict[str, int], voted: dict[str, Figure]
) -> HttpResponse:
    """Host and settlement municipalities; a vedtak that is not there is empty with its reason, never 0."""
    lines: list[list[Cell]] = [
        [code, name, hosts.get(code, 0), voted[code].value, voted[code].state.value] for code, name in names
    ]
    return table_file("host-and-settlement-municipalities", kind, PLACE_COLUMNS, lines)


def steps_file(kind: str, one: ProcessView) -> HttpResponse:
    """Every step that the reader may see, those not taken with an empty day."""
    taken = {step.step: step for step in one.taken}
    lines: list[list[Cell]] = []
    for step in one.order:
        done = taken.get(step)
        told: list[Cell] = [done.on, done.told, done.document, done.statement] if done else [None, "", "", ""]
        lines.append([one.id, one.direction.value, step.value, *told])
    return table_file("opening-or-closing", kind, STEP_COLUMNS, lines)


def centre_file(kind: str, centre: int, weeks: Sequence[WeekOutlook]) -> HttpResponse:
    """Places and residents today and at the end of each week.

    Raises Http404 where residents are not for the reader.
    """
    if not weeks:
        raise Http404
    points = [weeks[0].at_start, *(one.at_end for one in weeks)]
    lines: list[list[Cell]] = [[one.on, one.places, one.residents] for one in points]
    return table_file(f"centre-{centre}", kind, WEEK_COLUMNS, lines)
