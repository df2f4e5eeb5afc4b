"""Monthly figures as they were known on a day, and what later publications changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.forecast.vintages import Vintage, Vintages
from bosett.terms.days import Month
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.records.models import MonthlyFigure


@dataclass(frozen=True)
class Publication:
    """One day's figures: how many months, from which to which, and how many earlier figures they changed."""

    published: date
    months: int
    first: Month
    last: Month
    changed: int
    source: str
    synthetic: bool


@dataclass(frozen=True)
class KnownMonth:
    """A month as known on the day that was asked for.

    Parameters
    ----------
    first, first_on
        The figure as first published, and when.
    value, value_on
        The latest by the day, and when it was published.
    versions
        How many publications by the day hold the month.
    """

    month: Month
    first: int
    first_on: date
    value: int
    value_on: date
    versions: int

    @property
    def revised_by(self) -> int:
        """The latest less the first."""
        return self.value - self.first


@dataclass(frozen=True)
class MonthlyFigures:
    """A series as known on a day.

    Parameters
    ----------
    months
        Oldest first; a month that nobody had published by the day is not there.
    publications
        All of them, newest first, also those after the day.
    """

    series: str
    on: date
    months: tuple[KnownMonth, ...]
    publications: tuple[Publication, ...]


def stored_series(actor: Actor) -> list[str]:
    """The series that have monthly figures."""
    require(actor, Permission.SITUATION_VIEW)
    return series_with_months()


def series_with_months() -> list[str]:
    """The same, for the worker that forecasts."""
    return sorted(MonthlyFigure.objects.values_list("series", flat=True).distinct())


def newest_months(series: str, on: date) -> dict[Month, int]:
    """Each month as known on a day, for the worker that forecasts; one query."""
    rows = MonthlyFigure.objects.filter(series=series, published__lte=on).order_by("published", "id")
    found = {Month.parse(month): value for month, value in rows.values_list("month", "value")}
    return dict(sorted(found.items()))


def monthly_figures(actor: Actor, series: str, on: date) -> MonthlyFigures:
    """What was known of a series on a day; one query."""
    require(actor, Permission.SITUATION_VIEW)
    rows = list(MonthlyFigure.objects.filter(series=series).order_by("published", "month"))
    known = Vintages.of(Vintage(Month.parse(row.month), row.published, row.value) for row in rows)
    return MonthlyFigures(series, on, _known(known, on), _publications(rows))


def _known(vintages: Vintages, on: date) -> tuple[KnownMonth, ...]:
    by_month: dict[Month, list[Vintage]] = {}
    for one in vintages.all:
        if one.published <= on:
            by_month.setdefault(one.month, []).append(one)
    return tuple(
        KnownMonth(month, told[0].value, told[0].published, told[-1].value, told[-1].published, len(told))
        for month, told in sorted(by_month.items())
    )


def _publications(rows: list[MonthlyFigure]) -> tuple[Publication, ...]:
    held: dict[str, int] = {}
    found: dict[date, list[MonthlyFigure]] = {}
    changed: dict[date, int] = {}
    for row in rows:
        found.setdefault(row.published, []).append(row)
        differs = row.month in held and held[row.month] != row.value
        changed[row.published] = changed.get(row.published, 0) + differs
        held[row.month] = row.value
    return tuple(
        Publication(
            day, len(own), Month.parse(own[0].month), Month.parse(own[-1].month), changed[day], own[0].source,
            own[0].synthetic,
        )
        for day, own in sorted(found.items(), reverse=True)
    )  # fmt: skip
