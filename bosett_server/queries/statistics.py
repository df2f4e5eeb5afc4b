"""The published tables: protected before they were stored, open to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bosett.terms.figure import Figure, State
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import PublishedTable

KINDS = ("funnel", "by_county", "by_municipality")
MEASURES = ("need", "asked", "voted", "agreed", "settled")
WHOLE, NOT_BY_COUNTY = "*", "not_by_county"
"""Codes of rows: the whole country; persons with a protected address, counted in the whole country only."""


@dataclass(frozen=True)
class PublishedRow:
    """One place of a published table.

    Parameters
    ----------
    figures
        The table's measures, and `not_yet`, which the difference of agreed and settled tells.
    unanswered
        Asked municipalities in the row whose answer is not in the sum of `voted`.
    """

    code: str
    name: str
    county: str
    figures: Mapping[str, Figure]
    unanswered: int


@dataclass(frozen=True)
class Published:
    """One table as the public sees it.

    Parameters
    ----------
    threshold
        The smallest count of persons above zero that is shown.
    sources
        Measure -> where it comes from.
    modelled
        Measures that come out of a model; `synthetic` when the persons counted are made up.
    """

    name: str
    kind: str
    year: int
    as_of: date
    published_at: datetime
    threshold: int
    width: int
    measures: tuple[str, ...]
    sources: Mapping[str, str]
    modelled: frozenset[str]
    synthetic: bool
    rows: tuple[PublishedRow, ...]

    def row(self, code: str) -> PublishedRow:
        """One row; NotInSight when the table has none of that code."""
        for one in self.rows:
            if one.code == code:
                return one
        raise NotInSight("not_in_sight")


def table_name(kind: str, year: int) -> str:
    """What a table is called in addresses and files."""
    return f"{kind}-{year}"


def published(actor: Actor, name: str) -> Published | None:
    """The newest publication of a table, or None when it was never published; one query."""
    row = PublishedTable.objects.filter(name=name).order_by("-published_at", "-pk").first()
    return _published(row) if row else None


def published_year(actor: Actor, year: int) -> dict[str, Published]:
    """Kind -> the newest publication of the year; one query."""
    names = [table_name(kind, year) for kind in KINDS]
    rows = PublishedTable.objects.filter(name__in=names).order_by("name", "-published_at", "-pk")
    found = [_published(row) for row in rows.distinct("name")]
    return {one.kind: one for one in found}


def earlier_counts(actor: Actor, year: int) -> list[Published]:
    """Every publication of the year's counts by county and municipality, oldest first; one query."""
    names = [table_name(kind, year) for kind in KINDS if kind != "funnel"]
    rows = PublishedTable.objects.filter(name__in=names).order_by("published_at", "pk")
    return [_published(row) for row in rows]


def catalogue(actor: Actor) -> list[Published]:
    """The newest publication of every table, newest year first; one query."""
    rows = PublishedTable.objects.order_by("name", "-published_at", "-pk").distinct("name")
    found = [_published(row) for row in rows]
    return sorted(found, key=lambda one: (-one.year, KINDS.index(one.kind)))


def _published(row: PublishedTable) -> Published:
    told: dict[str, Any] = row.definition
    return Published(
        name=row.name,
        kind=told["kind"],
        year=told["year"],
        as_of=row.as_of,
        published_at=row.published_at,
        threshold=row.threshold,
        width=told["width"],
        measures=tuple(told["measures"]),
        sources=told["sources"],
        modelled=frozenset(told["modelled"]),
        synthetic=row.synthetic,
        rows=tuple(
            PublishedRow(
                one["code"],
                one["name"],
                one["county"],
                {measure: Figure(State(state), value) for measure, (state, value) in one["figures"].items()},
                one["unanswered"],
            )
            for one in row.rows
        ),
    )
