"""Published figures as they stand, or stood on an earlier day: a place's series, a year's table, versions, sources.

Nothing here is added up, moved to today's borders or hidden: that is `bosett.statistics`' work on these rows,
and every table shown passes the protection first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
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


Version = tuple[int, int, str]
"""Step, import and digest of its file."""
NO_FIGURES: Version = (0, 0, "")


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


def every_figure(
    actor: Actor, without: Collection[str] = (), known: Known | None = None
) -> tuple[FigureRow, ...]:
    """All figures but those broken down by one of the dimensions `without`, in order of measure, year and place."""
    rows = _standing(known)
    if without:
        rows = rows.exclude(breakdown__has_any_keys=list(without))
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
            _row([getattr(one, name) for name in COLUMNS]),
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


def data_version(actor: Actor, known: Known | None = None) -> Version:
    """The newest step with its import; what was worked out of the figures holds as long as it is the same.

    Another one after every step, and in a database that was put back; `NO_FIGURES` before any was taken.
    """
    steps = ImportBatch.objects.filter(step__isnull=False)
    if known is not None and not known.is_today:
        steps = steps.filter(applied_at__lt=known.until)
    newest = steps.order_by("-step").values_list("step", "pk", "sha256").first()
    return (newest[0] or 0, newest[1], newest[2]) if newest else NO_FIGURES


def _standing(known: Known | None) -> QuerySet[Stored]:
    """What stood at the end of the day: put in by a step taken by then, and not superseded by one."""
    if known is None or known.is_today:
        return Stored.objects.filter(superseded_by__isnull=True)
    taken = list(ImportBatch.objects.filter(applied_at__lt=known.until).values_list("pk", flat=True))
    still = Q(superseded_by__isnull=True) | ~Q(superseded_by__in=taken)
    return Stored.objects.filter(still, batch__in=taken)


def _rows(rows: QuerySet[Stored]) -> tuple[FigureRow, ...]:
    return tuple(_row(told) for told in rows.values_list(*COLUMNS).iterator(chunk_size=10_000))


def _row(told: Sequence[Any]) -> FigureRow:
    (
        number, dataset, source, measure, place, municipality, year, quarter, month, breakdown, published, state,
        value, unit, origin,
    ) = told  # fmt: skip
    observation = Observation(
        measure, dataset, place, year, STATES[state], _number(value), unit, source, month or None, quarter or None,
        _breakdown(tuple(breakdown.items())) if breakdown else (), published,
    )  # fmt: skip
    return FigureRow(number, observation, municipality or "", origin)


STATES = {state.value: state for state in State}


@cache
def _breakdown(told: Breakdown) -> Breakdown:
    return tuple(sorted(told))


def _number(value: Decimal | None) -> int | Decimal | None:
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value else value.normalize()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(batch: ImportBatch) -> datetime:
    if batch.applied_at is None:
        raise ValueError(f"import {batch.pk} never came into force")
    return batch.applied_at
