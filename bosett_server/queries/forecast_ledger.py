"""The ledger of forecasts: those that come with the version and those stored here, with outcomes and scores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bosett.forecast.ledger import Published
from bosett.forecast.ledger_scores import LedgerScores, score_ledger
from bosett.forecast.outlook import OutlookYear, need_outlook
from bosett.sources.forecast_ledger import shipped_ledger, shipped_need
from bosett.terms.figure import Figure, State
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.queries.forecast import need_in_force
from bosett_server.records.models import LedgerForecast, LedgerOutcome, MonthlyFigure

OUTLOOK_YEARS = 4
SERIES_CODES = (
    "asylum", "asylum incl relocation", "Ukraine", "collective", "ordinary", "minors", "need", "residents",
)  # fmt: skip
COUNTRIES = ("SE", "DK", "FI", "DE")
"""Other countries whose months can be loaded, so that the model of several countries takes part."""
COUNTRY_SERIES = tuple(f"{panel} {country}" for panel in ("asylum", "collective") for country in COUNTRIES)
PURPOSE_CODES = ("budget", "planning", "preparedness")


@dataclass(frozen=True)
class LedgerRow:
    """One forecast; `id` None = it comes with the version.  `internal` ones stay with the State."""

    id: int | None
    forecast: Published
    internal: bool = False
    synthetic: bool = False


@dataclass(frozen=True)
class OutcomeRow:
    """One version of an outcome; `newest` = the one that counts."""

    series: str
    target: str
    value: float
    vintage: str
    source: str
    recorded_at: datetime
    newest: bool
    synthetic: bool


@dataclass(frozen=True)
class Ledger:
    """Rows newest target first, their scores, and every version of the outcomes stored here."""

    rows: tuple[LedgerRow, ...]
    scores: LedgerScores
    outcomes: tuple[OutcomeRow, ...]


@dataclass(frozen=True)
class Outlook:
    """Four years from the need that stands.

    Parameters
    ----------
    need
        The point it starts from; a figure, since it can be unknown.
    stated
        Whether the need is stated in this service, or the one that comes with the version.
    past
        Year -> persons, of the years behind.
    years
        Empty when the need is unknown.
    """

    year: int
    need: Figure
    stated: bool
    past: dict[int, int]
    years: tuple[OutlookYear, ...]


def ledger(actor: Actor, *, series: str = "", maker: str = "") -> Ledger:
    """Every forecast in sight; three queries.  Outcomes stored here go before those of the version.

    A month's outcome is its newest figure.  The lessons by lead are those of forecasts for whole years: a month ahead
    is another question.
    """
    require(actor, Permission.SITUATION_VIEW)
    outcomes = _outcomes()
    known = {(one.series, one.target): one.value for one in outcomes if one.newest}
    rows = [LedgerRow(None, one) for one in shipped_ledger()]
    rows += [_row(one) for one in LedgerForecast.objects.order_by("made", "id")]
    known = _newest_months() | known
    rows = [_with_outcome(row, known) for row in rows]
    if series:
        rows = [row for row in rows if row.forecast.series == series]
    if maker:
        rows = [row for row in rows if row.forecast.maker == maker]
    rows.sort(key=lambda row: (row.forecast.target, row.forecast.made), reverse=True)
    return Ledger(tuple(rows), _scores([row.forecast for row in rows]), outcomes)


def outlook(actor: Actor, today: date) -> Outlook:
    """The year's need as it stands and the years after it, as wide as the years behind have been."""
    require(actor, Permission.SITUATION_VIEW)
    held = need_in_force(today.year)
    told = held.value if held is not None else shipped_need().get(today.year)
    past = {year: persons for year, persons in shipped_need().items() if year < today.year}
    need = Figure.missing(State.UNKNOWN) if told is None else Figure.of(told)
    years = need_outlook(past, today.year, told, OUTLOOK_YEARS) if told else ()
    return Outlook(today.year, need, held is not None and held.value is not None, past, years)


def _outcomes() -> tuple[OutcomeRow, ...]:
    seen: set[tuple[str, str]] = set()
    found = []
    for row in LedgerOutcome.objects.order_by("-recorded_at", "-id"):
        newest = (row.series, row.target) not in seen
        seen.add((row.series, row.target))
        found.append(
            OutcomeRow(
                row.series,
                row.target,
                row.value,
                row.vintage,
                row.source,
                row.recorded_at,
                newest,
                row.synthetic,
            )
        )
    return tuple(found)


def _row(one: LedgerForecast) -> LedgerRow:
    told = Published(
        one.made, one.target, one.series, one.low, one.point, one.high, None, one.maker, one.purpose, one.vintage,
        one.source, tuple(one.quantiles),
    )  # fmt: skip
    return LedgerRow(one.pk, told, one.internal, one.synthetic)


def _scores(forecasts: list[Published]) -> LedgerScores:
    years = score_ledger([one for one in forecasts if len(one.target) == len("2026")])
    return replace(years, by_maker=score_ledger(forecasts).by_maker)


def _newest_months() -> dict[tuple[str, str], float]:
    rows = MonthlyFigure.objects.order_by("published", "id").values_list("series", "month", "value")
    return {(series, month): float(value) for series, month, value in rows}


def _with_outcome(row: LedgerRow, known: dict[tuple[str, str], float]) -> LedgerRow:
    actual = known.get((row.forecast.series, row.forecast.target))
    return row if actual is None else replace(row, forecast=replace(row.forecast, actual=actual))
