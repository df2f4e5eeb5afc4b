"""Published figures as they stand, or stood on an earlier day: a place's series, a year's table, versions, sources.

Nothing here is added up, moved to today's borders or hidden: that is `bosett.statistics`' work on these rows,
and every table shown passes the protection first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from bosett.registry import Registry
from bosett.terms.figure import State
from bosett.terms.observation import Breakdown, Observation
from bosett_server.access.actor import Actor
from bosett_server.queries.known import Known
from bosett_server.records.models import ImportBatch
from bosett_server.records.models import Observation as Stored

COLUMNS = (
    "id", "dataset", "source", "measure", "place", "municipality_id", "year", "quarter", "month", "breakdown",
    "published", "state", "value", "unit", "origin_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A published figure and where it came in.

    Parameters
    ----------
    id
        Names this version for `figure_versions`.
    municipality
        Today's code where the published one has exactly one successor; empty otherwise.
    origin
        The import that it was read in; `figure_sources` tells its source.
    """

    id: int
    observation: Observation
    municipality: str
    origin: int

    @property
    def value(self) -> int | Decimal | None:
        """The number, None with any state but `number`."""
        return self.observation.value


@dataclass(frozen=True)
class SourceOfFigures:
    """Where a figure is from, which import brought it, and which file that was."""

    title: str
    publisher: str
    href: str
    licence: str
    retrieved: date | None
    batch: int
    file: str
    sha256: str
    applied_at: datetime


@dataclass(frozen=True)
class FigureVersion:
    """One version of a figure: from when it stood and until when; `until` None stands now."""

    row: FigureRow
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class FigureTable:
    """A data set and source with what stands of it now."""

    dataset: str
    source: str
    figures: int
    first_year: int
    last_year: int
    measures: tuple[str, ...]
    origin: int


def codes_of(municipality: str) -> tuple[str, ...]:
    """Today's code and every code since 2011 of which some or all became part of it, for a whole history.

    A code that was split is among those of each of its parts: what was published under it belongs to none alone.
    """
    codes = {municipality}
    for change in reversed(Registry.shipped().history.changes):
        if change.new.code in codes:
            codes.add(change.old.code)
    return tuple(sorted(codes))


def place_series(
    actor: Actor, places: Collection[str], measures: Collection[str] = (), known: Known | None = None
) -> tuple[FigureRow, ...]:
    """Every figure published under any of the codes, in order of measure, year and period.

    Parameters
    ----------
    places
        "0" the country, two digits a county, four a municipality; for a whole history also the codes of
        what became part of it (`codes_of`).
    measures
        Empty gives all.
    """
    rows = _standing(known).filter(place__in=list(places))
    if measures:
        rows = rows.filter(measure__in=list(measures))
    return _rows(rows.order_by("measure", "year", "quarter", "month", "place", "id"))


def year_table(
    actor: Actor, measures: Collection[str], years: Collection[int], known: Known | None = None
) -> tuple[FigureRow, ...]:
    """Every place's figures of the measures in the years, every breakdown and source, in order of place."""
    rows = _standing(known).filter(measure__in=list(measures), year__in=list(years))
    return _rows(rows.order_by("measure", "year", "place", "quarter", "month", "id"))


def figure(actor: Actor, row_id: int) -> FigureRow | None:
    """One version of a figure by its id."""
    found = _rows(Stored.objects.filter(pk=row_id))
    return found[0] if found else None


def figure_versions(actor: Actor, row_id: int) -> tuple[FigureVersion, ...]:
    """Every version of the figure that `row_id` is one of, newest first."""
    key = Stored.objects.filter(pk=row_id).values("key")[:1]
    rows = (
        Stored.objects.filter(key=key)
        .select_related("batch", "superseded_by")
        .order_by("-batch__step", "-id")
    )
    return tuple(
        FigureVersion(
            _row({name: getattr(one, name) for name in COLUMNS}),
            _moment(one.batch),
            _moment(one.superseded_by) if one.superseded_by else None,
        )
        for one in rows
    )


def figure_sources(actor: Actor, origins: Iterable[int]) -> dict[tuple[int, str], SourceOfFigures]:
    """(origin, source id) -> source, for `FigureRow.origin` and `Observation.source_id`; one query."""
    return {
        (batch.pk, source): SourceOfFigures(
            told.get("title") or "", told.get("publisher") or "", told.get("href") or "",
            told.get("licence") or "", _day(told.get("retrieved")), batch.pk, batch.file_name, batch.sha256,
            _moment(batch),
        )
        for batch in ImportBatch.objects.filter(pk__in=set(origins), applied_at__isnull=False)
        for source, told in batch.sources.items()
    }  # fmt: skip


def figure_tables(actor: Actor) -> tuple[FigureTable, ...]:
    """Every data set and source of which something stands now, in order."""
    standing = Stored.objects.filter(superseded_by__isnull=True)
    told = standing.values("dataset", "source", "measure").annotate(
        figures=Count("id"), first=Min("year"), last=Max("year"), newest=Max("origin_id")
    )
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in told.order_by("dataset", "source", "measure"):
        found.setdefault((one["dataset"], one["source"]), []).append(dict(one))
    return tuple(
        FigureTable(
            dataset, source, sum(one["figures"] for one in parts), min(one["first"] for one in parts),
            max(one["last"] for one in parts), tuple(one["measure"] for one in parts),
            max(one["newest"] for one in parts),
        )
        for (dataset, source), parts in found.items()
    )  # fmt: skip


def years_of(actor: Actor, measure: str) -> tuple[int, ...]:
    """The years of which a figure of the measure stands now, newest first."""
    rows = Stored.objects.filter(measure=measure, superseded_by__isnull=True)
    return tuple(rows.order_by("-year").values_list("year", flat=True).distinct())


def data_version(actor: Actor) -> int:
    """Another number after every step: what was worked out of the figures holds as long as it is the same.

    It is the import of the newest step; no import is the newest step twice.
    """
    newest = (
        ImportBatch.objects.filter(step__isnull=False).order_by("-step").values_list("pk", flat=True).first()
    )
    return int(newest or 0)


def _standing(known: Known | None) -> QuerySet[Stored]:
    """What stood at the end of the day: put in by a step taken by then, and not superseded by one."""
    if known is None or known.is_today:
        return Stored.objects.filter(superseded_by__isnull=True)
    taken = list(ImportBatch.objects.filter(applied_at__lt=known.until).values_list("pk", flat=True))
    still = Q(superseded_by__isnull=True) | ~Q(superseded_by__in=taken)
    return Stored.objects.filter(still, batch__in=taken)


def _rows(rows: QuerySet[Stored]) -> tuple[FigureRow, ...]:
    return tuple(_row(one) for one in rows.values(*COLUMNS))


def _row(told: dict[str, Any]) -> FigureRow:
    observation = Observation(
        told["measure"], told["dataset"], told["place"], told["year"], State(told["state"]),
        _number(told["value"]), told["unit"], told["source"], told["month"] or None, told["quarter"] or None,
        _breakdown(told["breakdown"]), told["published"],
    )  # fmt: skip
    return FigureRow(told["id"], observation, told["municipality_id"] or "", told["origin_id"])


def _breakdown(told: dict[str, str]) -> Breakdown:
    return tuple(sorted(told.items()))


def _number(value: Decimal | None) -> int | Decimal | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(batch: ImportBatch) -> datetime:
    if batch.applied_at is None:
        raise ValueError(f"import {batch.pk} never came into force")
    return batch.applied_at
