"""Publishing: the year's tables are computed, protected, attacked, and only then stored for all to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from bosett.rules.parameters import Parameters
from bosett.statistics.funnel import add_figures
from bosett.statistics.publish import NARROWEST, SMALLEST_SHOWN
from bosett.terms.errors import Refused
from bosett.terms.figure import Figure, State
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting, require_in_database
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.published_counts import STEPS, Shown, shown_counts
from bosett_server.actions.step import Done, action
from bosett_server.queries.statistics import NOT_BY_COUNTY, WHOLE, earlier_counts, table_name
from bosett_server.queries.statistics_inputs import Counts, Place, counts
from bosett_server.records.models import PublishedTable

OWN_COUNT = "Bosett"
FIRST_YEAR, LAST_YEAR = 2011, 2100
Row = dict[str, Any]


@action(Permission.STATISTICS_PUBLISH)
def publish_tables(actor: Actor, *, year: int) -> Done[list[str]]:
    """The year's funnel and its tables by county and municipality are open to all, small numbers protected.

    The tables are protected together, and with every earlier publication of the year, which stays.
    Raises Refused `year_out_of_range`, `table_would_reveal`.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("publish_year_out_of_range", {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR})
    require_in_database(Role.IMDI_LEAD, Role.SYSTEM)
    today = clock.today()
    rules = Parameters.shipped()
    threshold, width = (rules.lookup(one, today).whole for one in (SMALLEST_SHOWN, NARROWEST))
    with acting(SYSTEM):
        _lock_publishing()
        found = counts(year)
        earlier = earlier_counts(SYSTEM, year)
    shown = shown_counts(found, today, earlier)
    tables = {
        "funnel": (["need", "asked", "voted", "agreed", "settled"], [_whole(found, shown, need=True)]),
        "by_county": (["asked", "voted", "agreed", "settled"], _counties(found, shown)),
        "by_municipality": (["asked", "voted", "agreed", "settled"], _municipalities(found, shown)),
    }
    at = clock.now()
    for kind, (measures, rows) in tables.items():
        PublishedTable.objects.create(
            name=table_name(kind, year),
            as_of=today,
            published_at=at,
            threshold=threshold,
            definition=_definition(found, kind, measures, width),
            rows=rows,
            modelled=found.voted_modelled,
            synthetic=found.synthetic,
        )
    names = [table_name(kind, year) for kind in tables]
    hidden = sum(one.state is State.SUPPRESSED for one in shown.figures.values())
    return Done(names, about=("statistics", year), facts={"tables": len(names), "hidden": hidden})


def _lock_publishing() -> None:
    """Until the transaction ends nobody else publishes, so that each version is protected against all before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('bosett_publish'))")


def _definition(found: Counts, kind: str, measures: list[str], width: int) -> dict[str, Any]:
    sources = {"need": found.need_source, "asked": found.asked_source}
    return {
        "kind": kind,
        "year": found.year,
        "measures": measures,
        "width": width,
        "sources": {one: sources.get(one) or OWN_COUNT for one in measures},
        "modelled": ["voted"] if found.voted_modelled else [],
    }


def _counties(found: Counts, shown: Shown) -> list[Row]:
    names = {one.county: one.county_name for one in found.places}
    rows = [
        _row(code, name, "", _sums(found, [one for one in found.places if one.county == code]), shown)
        for code, name in names.items()
    ]
    apart = {"asked": (Figure.missing(State.NOT_ASKED), 0), "voted": (Figure.missing(State.NOT_ASKED), 0)}
    return [*rows, _row(NOT_BY_COUNTY, "", "", apart, shown), _whole(found, shown)]


def _municipalities(found: Counts, shown: Shown) -> list[Row]:
    return [
        _row(one.code, one.name, one.county, _sums(found, [one]), shown)
        for one in found.places
    ]  # fmt: skip


def _whole(found: Counts, shown: Shown, *, need: bool = False) -> Row:
    row = _row(WHOLE, "", "", _sums(found, found.places), shown)
    if need:
        row["figures"] = {"need": _told(found.need), **row["figures"]}
    return row


def _sums(found: Counts, places: Iterable[Place]) -> dict[str, tuple[Figure, int]]:
    """Asked and voted of some municipalities, with how many of them have not answered yet."""
    codes = [one.code for one in places]
    return {
        "asked": _sum([_asked(found, code) for code in codes]),
        "voted": _sum([_voted(found, code) for code in codes]),
    }


def _sum(figures: list[Figure]) -> tuple[Figure, int]:
    """What is known is added; when nothing is, an answer is awaited, or all are alike, or it is unknown."""
    states = {one.state for one in figures}
    awaited = sum(one.state is State.AWAITING for one in figures)
    if State.NUMBER in states:
        return add_figures(tuple(figures))[0], awaited
    if awaited:
        return Figure.missing(State.AWAITING), awaited
    return Figure.missing(states.pop() if len(states) == 1 else State.UNKNOWN), 0


def _asked(found: Counts, code: str) -> Figure:
    return found.asked.get(code, Figure.missing(State.NOT_ASKED if found.asked else State.NOT_STORED))


def _voted(found: Counts, code: str) -> Figure:
    """No answer stored: the municipality was not asked, has not answered yet, or the year is not kept here."""
    asked = _asked(found, code)
    missing = State.AWAITING if asked.state is State.NUMBER else asked.state
    return found.voted.get(code, Figure.missing(missing))


def _row(code: str, name: str, county: str, sums: Mapping[str, tuple[Figure, int]], shown: Shown) -> Row:
    figures = {measure: _told(figure) for measure, (figure, _) in sums.items()}
    figures |= {measure: _told(shown.of(code, measure)) for measure in STEPS}
    return {
        "code": code, "name": name, "county": county, "figures": figures, "unanswered": sums["voted"][1],
    }  # fmt: skip


def _told(figure: Figure) -> list[Any]:
    return [figure.state.value, figure.value]
