"""Four years ahead with their honest width, and when a changed need calls for a new division."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.forecast.ledger import Lead
from bosett.forecast.ledger_scores import misses
from bosett.forecast.outlook import OutlookYear
from bosett.forecast.quantiles import COLUMNS
from bosett.terms.figure import Figure, State
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.forecast_ledger import Outlook, ledger, outlook
from bosett_server.web.look.charts import Caption, LineChart, Series
from bosett_server.web.look.numbers import number
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file


@dataclass(frozen=True)
class Missed:
    """A year ahead with the persons that earlier misses of the same lead would give; None = none is scored.

    Parameters
    ----------
    inside
        How many of them lie in the band of 8 in 10.
    """

    year: int
    scored: int
    low: int | None
    middle: int | None
    high: int | None
    inside: int


MISSED_COLUMNS = ("year", "scored_forecasts", "lowest", "middle", "highest", "inside_8_of_10")
SHOWN = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)


@require_GET
@page(Permission.SITUATION_VIEW)
def overview(request: Request) -> HttpResponse:
    """The need of four years as a fan, beside what forecasts made the year before have missed by."""
    found = outlook(request.actor, clock.today())
    held = ledger(request.actor)
    lessons = held.scores.by_lead.get(Lead.YEAR_BEFORE)
    missed = misses(row.forecast for row in held.rows)
    if request.GET.get("as"):
        return _file(request.GET["as"], request.GET.get("what", ""), found, missed)
    factor = lessons.typical_factor if lessons else None
    context = {
        "found": found,
        "chart": _chart(found, missed) if found.years else None,
        "missed": _missed(found, missed),
        "rows": [
            (one.year, one.at(0.10), one.at(0.90), [one.at(level) for level in SHOWN]) for one in found.years
        ],
        "levels": [f"P{round(100 * level):02d}" for level in SHOWN],
        "factor": number(factor, 1) if factor else "",
        "points": lessons.points if lessons else 0,
        "last": found.years[-1] if found.years else None,
        "low_last": found.years[-1].at(0.10) if found.years else None,
        "high_last": found.years[-1].at(0.90) if found.years else None,
        "may_set": request.actor.may(Permission.NEED_SET),
    }
    return render(request, "forecast/outlook.html", context)


def _file(kind: str, what: str, found: Outlook, missed: Mapping[int, tuple[float, ...]]) -> HttpResponse:
    """The quantiles of each year; with `what=missed` what earlier misses would give."""
    if what == "missed":
        rows = [
            [one.year, one.scored, one.low, one.middle, one.high, one.inside]
            for one in _missed(found, missed)
        ]
        return table_file("need-if-missed", kind, MISSED_COLUMNS, rows)
    lines = [[one.year, *one.quantiles] for one in found.years]
    return table_file("need-outlook", kind, ("year", *COLUMNS), lines, {"modelled": True})


def _band(found: Outlook, year: int) -> tuple[int, int] | None:
    """The band of a year ahead; behind there is none."""
    ahead = next((one for one in found.years if one.year == year), None)
    return None if ahead is None else (ahead.at(0.10), ahead.at(0.90))


def _missed(found: Outlook, missed: Mapping[int, tuple[float, ...]]) -> list[Missed]:
    """What the need would become in each year ahead if it missed as forecasts made so long before have."""
    point = found.need.value
    if point is None:
        return []
    return [_missed_year(one, point, missed.get(one.year - found.year, ())) for one in found.years]


def _missed_year(one: OutlookYear, point: int, ratios: tuple[float, ...]) -> Missed:
    if not ratios:
        return Missed(one.year, 0, None, None, None, 0)
    came = [point * ratio for ratio in ratios]
    inside = sum(one.at(0.10) <= persons <= one.at(0.90) for persons in came)
    return Missed(one.year, len(came), round(came[0]), round(median(came)), round(came[-1]), inside)


def _chart(found: Outlook, missed: Mapping[int, tuple[float, ...]]) -> LineChart:
    """Settled in the years behind, the need ahead with a band of 8 in 10, and what earlier misses would give."""
    before = sorted(found.past)[-6:]
    ahead = [one.year for one in found.years]
    times = tuple(str(year) for year in range(before[0], ahead[-1] + 1))
    unknown = Figure.missing(State.UNKNOWN)
    past = tuple(Figure.of(found.past[int(t)]) if int(t) in found.past else unknown for t in times)
    by_year = {one.year: one for one in found.years}
    need = tuple(Figure.of(by_year[int(t)].at(0.50)) if int(t) in by_year else unknown for t in times)
    band = tuple(_band(found, int(t)) for t in times)
    caption = Caption(
        "need-outlook",
        _("The need of %(year)s lies between %(low)s and %(high)s in 8 of 10 cases")
        % {"year": ahead[-1], "low": number(by_year[ahead[-1]].at(0.10)), "high": number(by_year[ahead[-1]].at(0.90))},
        _("Persons a year: settled, or the need where that is unknown; ahead the need, with a band for 8 of 10 cases.")
        + " "
        + _("A ring: what would come if the need missed as one earlier forecast of arrivals did, made as long before."),
        _("IMDi and Nasjonalt utvalg; the band is Bosett's, from how the years have changed since 2016"),
        modelled=True,
    )  # fmt: skip
    series = (Series(_("Years behind"), past), Series(_("Need"), need, modelled=True, band=band))
    place = {year: times.index(str(year)) for year in ahead}
    point = found.need.value or 0
    dots = tuple(
        (place[year], round(point * ratio)) for year in ahead for ratio in missed.get(year - found.year, ())
    )
    return LineChart(caption, times, series, _("Year"), dots)
