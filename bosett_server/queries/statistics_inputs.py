"""What the published tables are computed from: counts of persons by municipality, protected ones apart.

To be called where every row is in sight; nothing here may be shown before it is protected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett_server.queries.decisions import as_figure
from bosett_server.records.models import Assignment, Municipality, Person, Settlement, VersionedFigure


@dataclass(frozen=True)
class Place:
    """One municipality of the table."""

    code: str
    name: str
    county: str
    county_name: str


@dataclass(frozen=True)
class Counts:
    """One year's numbers before protection.

    Parameters
    ----------
    asked, voted
        Municipality -> figure; voted is a vedtak in force.
    settled, not_yet
        Municipality -> persons settled, and persons accepted and not settled yet; zero is left out.
    sealed_settled, sealed_not_yet
        The same for persons with a protected address: in the national sum only.
    """

    year: int
    places: tuple[Place, ...]
    need: Figure
    need_source: str
    asked: dict[str, Figure]
    asked_source: str
    voted: dict[str, Figure]
    voted_modelled: bool
    settled: dict[str, int]
    not_yet: dict[str, int]
    sealed_settled: int
    sealed_not_yet: int
    synthetic: bool


def counts(year: int) -> Counts:
    """The year's numbers as they stand; five queries."""
    rows = Municipality.objects.select_related("county").order_by("county__sort_key", "sort_key")
    places = tuple(Place(one.code, one.name, one.county_id, one.county.name) for one in rows)
    figures = _figures(year)
    settled, sealed_settled = _apart(
        Settlement.objects.filter(assignment__year=year)
        .values_list("assignment__municipality_id", "assignment__sealed")
        .annotate(persons=Count("id"))
        .order_by()
    )
    not_yet, sealed_not_yet = _apart(_on_the_way(year))
    need = figures.get(("need", None))
    asked = {code: row for (what, code), row in figures.items() if what == "asked" and code}
    voted = {code: row for (what, code), row in figures.items() if what == "voted" and code}
    return Counts(
        year=year,
        places=places,
        need=as_figure(need, State.NOT_STORED),
        need_source=need.source if need else "",
        asked={code: as_figure(row, State.NOT_ASKED) for code, row in asked.items()},
        asked_source=next((row.source for row in asked.values()), ""),
        voted={code: _in_force(row) for code, row in voted.items()},
        voted_modelled=any(row.modelled for row in voted.values()),
        settled=settled,
        not_yet=not_yet,
        sealed_settled=sealed_settled,
        sealed_not_yet=sealed_not_yet,
        synthetic=Person.objects.filter(synthetic=True, settlement__isnull=False).exists(),
    )


def _figures(year: int) -> dict[tuple[str, str | None], VersionedFigure]:
    rows = VersionedFigure.objects.filter(
        year=year, group=Group.ALL, what__in=["need", "asked", "voted"], superseded_at__isnull=True
    )
    found = {(row.what, row.municipality_id): row for row in rows}
    # What is in force is the newest approved, also while a changed number waits for its approval.
    approved = VersionedFigure.objects.filter(
        year=year, group=Group.ALL, what="voted", approved_at__isnull=False
    ).order_by("approved_at", "id")
    return found | {("voted", row.municipality_id): row for row in approved}


def _in_force(row: VersionedFigure) -> Figure:
    """A recorded number that nobody has ever approved is not an answer yet."""
    if row.state == State.NUMBER and row.approved_at is None:
        return Figure.missing(State.AWAITING)
    return as_figure(row, State.UNKNOWN)


def _on_the_way(year: int) -> Iterable[tuple[str, bool, int]]:
    """Persons of accepted households who are not settled: all of them, or those with a later day of their own."""
    waiting = Q(household__persons__settlement__isnull=True, household__persons__left_on__isnull=True)
    own_day = ~Q(household__persons__settlement_exception="")
    return (
        Assignment.objects.filter(year=year, state__in=["accepted", "settled"])
        .values_list("municipality_id", "sealed")
        .annotate(persons=Count("household__persons", filter=waiting & (Q(state="accepted") | own_day)))
        .order_by()
    )


def _apart(rows: Iterable[tuple[str, bool, int]]) -> tuple[dict[str, int], int]:
    open_, sealed = {}, 0
    for municipality, is_sealed, persons in rows:
        if is_sealed:
            sealed += persons
        else:
            open_[municipality] = persons
    return open_, sealed
