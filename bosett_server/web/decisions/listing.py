"""The overview's list: filters as the address says, order, and the same rows as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise

from bosett.outputs.tables import Cell, write_table
from bosett_server.queries.decision_again import Changed
from bosett_server.queries.decision_lines import FilterState, Line
from bosett_server.queries.decision_overview import Overview
from bosett_server.web.decisions.wording import STATES

COLUMNS = (
    "municipality_id", "name", "county_id", "asked", "asked_state", "original", "original_state",
    "asked_minors", "voted", "voted_state", "recorded_not_approved", "answer", "meeting_on", "reservations",
    "can_take_more", "asked_anew_due_on", "agreed", "agreed_state", "settled", "settled_state", "voted_is_modelled",
    "agreed_and_settled_are_synthetic", "year", "held_on",
)  # fmt: skip
SORTS: dict[str, Callable[[Line], int]] = {
    "asked": lambda line: line.asked.value if line.asked.value is not None else -1,
    "voted": lambda line: line.voted.value if line.voted.value is not None else -1,
    "gap": lambda line: line.gap if line.gap is not None else 0,
    "settled": lambda line: line.settled.value if line.settled.value is not None else -1,
}
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Filters:
    """What the address asks for; nothing asked is everything."""

    state: FilterState | None
    county: str
    name: str
    sort: str
    again: bool = False


@dataclass(frozen=True)
class Shown:
    """A line with the words of its state, and the change that it must answer anew."""

    line: Line
    words: Promise
    tone: str
    again: Changed | None


def filters_in(query: QueryDict) -> Filters:
    """The filters in the address; what is none of ours is left out."""
    state = query.get("state", "")
    sort = query.get("sort", "")
    return Filters(
        FilterState(state) if state in set(FilterState) else None,
        query.get("county", "")[:2],
        query.get("name", "").strip()[:60],
        sort if sort.removeprefix("-") in SORTS else "",
        query.get("again", "") == "1",
    )


def chosen(lines: tuple[Line, ...], filters: Filters, again: Mapping[str, Changed]) -> list[Line]:
    """The lines that pass, in the order asked for (by name when none is)."""
    found = [
        line
        for line in lines
        if (filters.state is None or line.state is filters.state)
        and (not filters.again or line.code in again)
        and (not filters.county or line.county == filters.county)
        and filters.name.casefold() in line.name.casefold()
    ]
    key = SORTS.get(filters.sort.removeprefix("-"))
    return sorted(found, key=key, reverse=filters.sort.startswith("-")) if key else found


def shown(lines: list[Line], again: Mapping[str, Changed]) -> list[Shown]:
    """Lines with their words."""
    return [Shown(line, *STATES[line.state], again.get(line.code)) for line in lines]


def as_file(told: Overview, lines: list[Line], again: Mapping[str, Changed], form: str) -> bytes:
    """The lines as csv or xlsx; dates are ISO, modelled and synthetic figures are marked on every row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"answers.{form}"
        write_table(path, COLUMNS, [_cells(told, line, again.get(line.code)) for line in lines])
        return path.read_bytes()


def _cells(told: Overview, line: Line, again: Changed | None) -> list[Cell]:
    return [
        line.code, line.name, line.county, line.asked.value, line.asked.state.value, line.original.value,
        line.original.state.value, line.asked_minors.value, line.voted.value, line.voted.state.value,
        line.recorded.value if line.recorded else None, line.state.value, line.meeting_on,
        " ".join(one.code.value for one in line.reservations), line.can_take_more, again.due_on if again else None,
        line.agreed.value, line.agreed.state.value, line.settled.value, line.settled.state.value, line.modelled,
        bool(settings.BOSETT_DEMO), told.year, told.known.day,
    ]  # fmt: skip
