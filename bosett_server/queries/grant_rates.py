"""The rates in force: those that come with the version and those loaded here, as known on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bosett.grants.known import KnownOn
from bosett.grants.loaded import LoadedRate, with_loaded
from bosett.grants.rate_table import ROOT, WITHOUT_VALUE
from bosett.rules.parameters import Parameters
from bosett.rules.series import Entry, Series
from bosett.rules.value import Certainty, Validity
from bosett.terms.label import Label
from bosett.terms.source import Source
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import LoadedRate as RateRow
from bosett_server.records.models import RateTable

TABLES_SHOWN = 50


@dataclass(frozen=True)
class RateShown:
    """One dated rate as believed on the day asked for; `value` None = repealed from then."""

    rule: str
    label: Label
    unit: str
    start: date
    value: str | None
    yearly: bool
    source: Source
    certainty: Certainty
    note: str


@dataclass(frozen=True)
class RateMissing:
    """A rate that the rules ask for, and the years that have no value."""

    rule: str
    label: Label
    years: tuple[int, ...]


@dataclass(frozen=True)
class RateTableShown:
    """A loaded table with who and when."""

    id: int
    file_name: str
    sha256: str
    title: str
    href: str
    published: date
    state: str
    checked_by: str
    checked_at: datetime
    applied_by: str
    applied_at: datetime | None
    undone_by: str
    undone_at: datetime | None


def rates_in_force() -> Parameters:
    """The shipped parameters with every rate of the tables applied; one query."""
    rows = RateRow.objects.filter(table__state="applied").order_by("table__applied_at", "table_id", "id")
    loaded = [loaded_rate(row) for row in rows]
    return with_loaded(Parameters.shipped(), loaded) if loaded else Parameters.shipped()


def rates_known_on(day: date) -> KnownOn:
    """What one knew on a day: nothing that was published later."""
    return KnownOn(rates_in_force(), day)


def loaded_rate(row: RateRow) -> LoadedRate:
    """A stored rate as the library takes it."""
    source = Source(row.title, row.section, row.href, row.published)
    return LoadedRate(row.rule, row.year, row.amount_nok, source, Certainty(row.certainty), row.note)


def rates_shown(parameters: Parameters, day: date) -> list[RateShown]:
    """Every dated amount of the grants as believed on the day, by rule and the newest first."""
    found = []
    for path in parameters.paths():
        series = parameters.get(path)
        if path.startswith(ROOT) and series.unit.startswith("NOK"):
            found += [_shown(series, entry) for entry in reversed(_believed(series, day))]
    return found


def rates_missing(parameters: Parameters, day: date) -> list[RateMissing]:
    """What no source gives: rates without any value, and yearly rates with a hole up to the day's year.

    A rate that was given for a year and then never again may have ended; its years stand here too, since
    nothing that we know of says so.
    """
    found = []
    for path in sorted({*WITHOUT_VALUE, *(one for one in parameters.paths() if one.startswith(ROOT))}):
        label, years = _holes(parameters, path, day)
        if years:
            found.append(RateMissing(path, label, years))
    return found


def rate_tables() -> list[RateTableShown]:
    """The loaded tables in sight, the newest first."""
    rows = RateTable.objects.select_related("checked_by", "applied_by", "undone_by").order_by("-id")
    return [_table(row) for row in rows[:TABLES_SHOWN]]


def rate_table(number: int) -> tuple[RateTableShown, list[LoadedRate]]:
    """One table and its rates in order.  Raises NotInSight."""
    row = RateTable.objects.select_related("checked_by", "applied_by", "undone_by").filter(pk=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return _table(row), [loaded_rate(one) for one in row.rates.order_by("rule", "year")]


def _believed(series: Series, day: date) -> list[Entry]:
    """For each day that an entry holds from, the last one that was published by the day."""
    found: dict[date, Entry] = {}
    for entry in series.entries:
        if entry.source.published is None or entry.source.published <= day:
            found[entry.start] = entry
    return [found[start] for start in sorted(found)]


def _shown(series: Series, entry: Entry) -> RateShown:
    value = None if entry.value is None else str(entry.value)
    yearly = series.validity is Validity.CALENDAR_YEAR
    return RateShown(
        series.path, series.label, series.unit, entry.start, value, yearly, entry.source, entry.certainty,
        entry.note,
    )  # fmt: skip


def _holes(parameters: Parameters, path: str, day: date) -> tuple[Label, tuple[int, ...]]:
    if path not in parameters.paths():
        return WITHOUT_VALUE[path], (day.year,)
    series = parameters.get(path)
    if not series.unit.startswith("NOK") or series.validity is not Validity.CALENDAR_YEAR:
        return series.label, ()
    known = {entry.start.year for entry in _believed(series, day)}
    first = min(known, default=day.year)
    return series.label, tuple(year for year in range(first, day.year + 1) if year not in known)


def _table(row: RateTable) -> RateTableShown:
    return RateTableShown(
        row.pk, row.file_name, row.sha256, row.title, row.href, row.published, row.state,
        row.checked_by.username if row.checked_by else "", row.checked_at,
        row.applied_by.username if row.applied_by else "", row.applied_at,
        row.undone_by.username if row.undone_by else "", row.undone_at,
    )  # fmt: skip
