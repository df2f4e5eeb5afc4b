"""The situation: who waits, places and occupancy by both definitions, and the weeks ahead as a fan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bosett.capacity.norm import Definition
from bosett.capacity.waiting import Ageing
from bosett.forecast.ledger_scores import misses
from bosett.scenario.earlier_misses import residents_if_missed
from bosett.scenario.tried import Fan
from bosett.scenario.weeks.workers import cores, threads
from bosett.scenario.workbench import Dials, Start, try_out
from bosett.terms.errors import NoAnswer
from bosett.terms.figure import Figure
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.queries.capacity_waiting import alerts, waiting_rows
from bosett_server.queries.forecast_ledger import ledger
from bosett_server.queries.interviews import municipality_choices
from bosett_server.queries.reception_alerts import NORMS, norms
from bosett_server.queries.scenario import chain_start, hosts_and_settlers
from bosett_server.web.capacity.files import norms_file, places_file, waiting_file
from bosett_server.web.look.charts import Caption, LineChart, Series
from bosett_server.web.look.dates import date_short, date_words
from bosett_server.web.look.hexmap import HexMap, HexValue
from bosett_server.web.look.numbers import number
from bosett_server.web.page import page
from bosett_server.web.table_file import table_file
from bosett_server.words.capacity import GROUPS

WEEKS, DRAWS, SEED = 26, 1000, 1
SAME_YEAR = 0
DOTS_APART = 13
COLUMNS = ("week_from", "residents_p10", "residents_p50", "residents_p90", "places_p50", "waiting_p10", "waiting_p50",
           "waiting_p90")  # fmt: skip


@require_GET
@page(Permission.SITUATION_VIEW)
def overview(request: Request) -> HttpResponse:
    """As of today, and 26 weeks ahead by the simulation with today's rule; each table also as csv, xlsx and json."""
    today = clock.today()
    if request.GET.get("as"):
        return _file(request.actor, request.GET["as"], request.GET.get("what", ""), today)
    modelled = ahead(request.actor, today)
    waits = waiting_rows(request.actor, today)
    hosts, voted = hosts_and_settlers(today)
    context: dict[str, Any] = {
        "today": today,
        "waits": [(one, str(GROUPS[one.waiting.group])) for one in waits],
        "waiting": sum(one.waiting.persons for one in waits if one.waiting.group == "all"),
        "past": sum(one.waiting.past for one in waits if one.waiting.group == "all"),
        "places": sum(hosts.values()),
        "norms": _norms(modelled, sum(hosts.values()), today),
        "residents_chart": _residents(modelled, today) if modelled else None,
        "missed": missed_table(modelled, today) if modelled and modelled.missed else None,
        "waiting_chart": _waiting(modelled, today) if modelled else None,
        "maps": _maps(hosts, voted, today),
        "alerts": [
            (one, str(GROUPS[one.alert.group]), one.alert.ageing is Ageing.PAST)
            for one in alerts(request.actor, today)
        ],
        "may_see_households": request.actor.may(Permission.HOUSEHOLD_LIST),
        "may_reception": request.actor.may(Permission.CENTRE_VIEW),
        "may_scenario": request.actor.may(Permission.SCENARIO_USE),
    }
    return render(request, "capacity/situation.html", context)


def _file(actor: Actor, kind: str, what: str, today: date) -> HttpResponse:
    """`what` is waiting, municipalities or norms; else every week ahead."""
    if what == "waiting":
        return waiting_file(kind, waiting_rows(actor, today))
    if what == "municipalities":
        return places_file(kind, municipality_choices(), *hosts_and_settlers(today))
    modelled = ahead(actor, today)
    if what == "norms":
        residents = modelled.residents.middle[0] if modelled else None
        return norms_file(kind, norms(today), residents, sum(hosts_and_settlers(today)[0].values()))
    about = {"modelled": True, "draws": DRAWS, "seed": SEED, "as_of": today}
    return table_file("situation-modelled", kind, COLUMNS, _weeks(modelled, today) if modelled else [], about)


@dataclass(frozen=True)
class Modelled:
    """The three fans of the weeks ahead, and residents week by week if arrivals missed as each earlier forecast did."""

    residents: Fan
    places: Fan
    waiting: Fan
    missed: tuple[tuple[int, ...], ...]

    @property
    def missed_inside(self) -> int:
        """How many of the misses end inside the band."""
        low, high = self.residents.low[-1], self.residents.high[-1]
        return sum(low <= path[-1] <= high for path in self.missed)


def ahead(actor: Actor, today: date) -> Modelled | None:
    """The chain simulated with today's rule; None when no municipality has voted for the year."""
    try:
        start = chain_start(actor, today)
    except NoAnswer:
        return None
    told = try_out(start, Dials(weeks=WEEKS), DRAWS, SEED, threads(cores()))
    years = (row.forecast for row in ledger(actor).rows if len(row.forecast.target) == len("2026"))
    ratios = misses(years).get(SAME_YEAR, ())
    missed = _missed(repr(start), start, tuple(ratios))
    return Modelled(told.residents, told.places, told.ready, missed)


_missed_kept: dict[str, tuple[tuple[int, ...], ...]] = {}


def _missed(key: str, start: Start, ratios: tuple[float, ...]) -> tuple[tuple[int, ...], ...]:
    """Simulated once for a chain and a ledger as they stand, and kept in memory until one of them changes."""
    name = f"{key} {ratios}"
    if name not in _missed_kept:
        _missed_kept.clear()
        _missed_kept[name] = residents_if_missed(start, ratios, WEEKS, seed=SEED)
    return _missed_kept[name]


def _norms(modelled: Modelled | None, places: int, today: date) -> list[dict[str, Any]]:
    """Both definitions on the residents of the simulation's first week: places they hold, and the difference."""
    if modelled is None:
        return []
    residents = modelled.residents.middle[0]
    return [
        {
            "label": _("Share of the places in use (the budget)")
            if norm.definition is Definition.OF_PLACES
            else _("Places beyond the residents (UDI)"),
            "occupancy": float(norm.occupancy),
            "buffer": float(norm.buffer),
            "needed": norm.places_for(residents),
            "difference": norm.difference(residents, places),
            "version": version,
            "path": path,
        }
        for (norm, version), (path, _definition) in zip(norms(today), NORMS, strict=True)
    ]


def _residents(modelled: Modelled, today: date) -> LineChart:
    low, high = modelled.residents.low[-1], modelled.residents.high[-1]
    caption = Caption(
        "situation-residents",
        _("In half a year between %(low)s and %(high)s live in reception, 8 of 10 times")
        % {"low": number(low), "high": number(high)},
        _("Residents and places week by week from %(day)s with today's rule; the bands hold 8 of 10 draws.")
        % {"day": date_words(today)}
        + " "
        + _("A ring: residents if arrivals missed as one earlier forecast, made in the same year, did."),
        _("Bosett's simulation from today's chain; every assumption is listed"),
        modelled=True,
        downloads=_files(),
    )
    lines = (_series(_("Residents"), modelled.residents), _series(_("Places"), modelled.places))
    last = len(modelled.residents.middle) - 1
    places = (DOTS_APART, last)
    dots = tuple((place, path[place]) for place in places for path in modelled.missed)
    return LineChart(caption, _days(today, last + 1), lines, _("Week from"), dots)


def missed_table(modelled: Modelled, today: date) -> dict[str, Any]:
    """What the rings of the chart are, as a table: after a quarter and after half a year."""
    last = len(modelled.residents.middle) - 1
    rows = [
        (today + timedelta(weeks=week), *_spread([path[week] for path in modelled.missed]))
        for week in (DOTS_APART, last)
    ]
    return {"rows": rows, "count": len(modelled.missed), "inside": modelled.missed_inside}


def _spread(persons: list[int]) -> tuple[int, int, int]:
    return min(persons), round(median(persons)), max(persons)


def _waiting(modelled: Modelled, today: date) -> LineChart:
    first, last = modelled.waiting.middle[0], modelled.waiting.middle[-1]
    finding = _("The middle draw goes from %(first)s who wait to %(last)s in half a year") % {
        "first": number(first),
        "last": number(last),
    }
    caption = Caption(
        "situation-waiting", finding,
        _("Persons with a permit who are not settled, week by week from %(day)s; the band holds 8 of 10 draws")
        % {"day": date_words(today)},
        _("Bosett's simulation from today's chain; every assumption is listed"), modelled=True, downloads=_files(),
    )  # fmt: skip
    days = _days(today, len(modelled.waiting.middle))
    return LineChart(caption, days, (_series(_("Waiting"), modelled.waiting),), _("Week from"))


def _maps(hosts: dict[str, int], voted: dict[str, Figure], today: date) -> list[HexMap]:
    """Host municipalities and settlement municipalities, each as a map."""
    names = municipality_choices()
    held = {code: Figure.of(hosts.get(code, 0)) for code, _name in names}
    found = []
    for ident, told, finding, measure in (
        (
            "hosts",
            held,
            _("%(many)s municipalities have reception places"),
            _("Announced reception places, %(day)s"),
        ),
        (
            "settlers",
            voted,
            _("%(many)s municipalities have voted to settle"),
            _("Places in the vedtak, %(day)s"),
        ),
    ):
        many = sum((one.value or 0) > 0 for one in told.values())
        if many:
            caption = Caption(
                f"situation-{ident}", finding % {"many": number(many)}, measure % {"day": date_words(today)},
                _("Bosett's register"),
            )  # fmt: skip
            values = tuple(HexValue(code, name, told[code]) for code, name in names)
            found.append(HexMap(caption, values, _("Municipality"), _("Places")))
    return found


def _files() -> tuple[tuple[str, str], ...]:
    return (
        (_("Every week as csv"), "/reception/situation/?as=csv"),
        (_("Every week as Excel"), "/reception/situation/?as=xlsx"),
        (_("Every week as JSON"), "/reception/situation/?as=json"),
    )


def _series(label: str, fan: Fan) -> Series:
    band = tuple(zip(fan.low, fan.high, strict=True))
    return Series(label, tuple(Figure.of(one) for one in fan.middle), modelled=True, band=band)


def _days(today: date, weeks: int) -> tuple[str, ...]:
    return tuple(date_short(today + timedelta(weeks=week)) for week in range(weeks))


def _weeks(told: Modelled, today: date) -> list[list[date | int]]:
    columns = (
        told.residents.low, told.residents.middle, told.residents.high, told.places.middle, told.waiting.low,
        told.waiting.middle, told.waiting.high,
    )  # fmt: skip
    return [
        [today + timedelta(weeks=week), *(column[week] for column in columns)]
        for week in range(len(told.residents.middle))
    ]
