"""Pressure on housing and services as the municipalities answered: the index of all in sight, and one's own answers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from django.db.models import Max, QuerySet
from numpy.typing import NDArray

from bosett.agreement.pressure import Pressure, Sector, gather, index_of, spared
from bosett.rules.parameters import Parameters
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.queries.pressure_answers import MONTHS_OPEN, Answers, answers_of, stamp_of
from bosett_server.queries.pressure_signals import Beside, Component, beside_the_answers, weeks_of
from bosett_server.queries.statistics_public import public_figures
from bosett_server.records.models import Municipality, PressureAlert, Pulse

MONTHS_SHOWN = 24
MOST_ALERTS = 500
KEPT = 12
"""Overviews kept in memory: the newest months as the country and counties are looked at."""
DEDUCTION_RULE = "agreement/pressure_deduction_threshold"


@dataclass(frozen=True, eq=False)
class PressureOverview:
    """The index of the municipalities in sight, month by month up to the last; the same object while nothing changes.

    Parameters
    ----------
    names
        Code -> official name, in alphabetical order.
    answered
        How many of them have answered in the last month.
    modelled
        Whether any answer among them is made up for the demo.
    components
        Code -> the signals beside the answers, each with its figure.
    said
        Rows x columns: whether the municipality has answered for the month.
    steps
        Code -> what it answered for the last month, by sector.
    """

    names: dict[str, str]
    told: Pressure
    answered: int
    modelled: bool
    components: Mapping[str, tuple[Component, ...]]
    said: NDArray[np.bool_]
    steps: Mapping[str, Mapping[Sector, int]]

    @property
    def month(self) -> date:
        """The last month."""
        return self.told.months[-1]


@dataclass(frozen=True)
class OwnPulse:
    """A municipality's answer for a month; `version` 0 and no answers when there is none."""

    municipality: str
    name: str
    month: date
    version: int
    steps: dict[Sector, int]
    reasons: dict[Sector, tuple[str, ...]]
    modelled: bool


@dataclass(frozen=True)
class AlertRow:
    """A sector that crossed the threshold; `municipality` empty for a county's.

    `known` says of how many municipalities something was known, `ended` from which month it was lower again.
    """

    name: str
    municipality: str
    county: str
    sector: Sector
    month: date
    value: float
    known: int
    ended: date | None
    modelled: bool


def months_back(last: date, count: int) -> tuple[date, ...]:
    """The first days of `count` months, the last one's month at the end."""
    first = last.year * 12 + last.month - 1
    return tuple(date(at // 12, at % 12 + 1, 1) for at in range(first - count + 1, first + 1))


def months_open(today: date) -> tuple[date, ...]:
    """The months that can be answered now, oldest first."""
    return months_back(today, MONTHS_OPEN)


def newest_answered(actor: Actor, today: date) -> date:
    """The newest open month that somebody in sight has answered for; the last full one when nobody has."""
    open_now = months_open(today)
    rows = Pulse.objects.filter(month__in=open_now, municipality__in=_in_sight(actor))
    return rows.aggregate(newest=Max("month"))["newest"] or open_now[0]


def pressure_overview(
    actor: Actor, last: date, months: int = MONTHS_SHOWN, *, only: str = "", county: str = ""
) -> PressureOverview:
    """All municipalities in sight, also those that have not answered; as many queries for one as for all.

    Worked out anew when an answer, a statistic, the weeks or the day have changed.

    Parameters
    ----------
    only, county
        One of them, or those of one county.  Raises NotInSight for one outside the reader's sight.
    """
    shown = months_back(last, months)
    places = _in_sight(actor)
    if only or county:
        places = places.filter(code=only) if only else places.filter(county_id=county)
    names = dict(places.order_by("sort_key").values_list("code", "name"))
    if (only or county) and not names:
        raise NotInSight("not_in_sight")
    today, figures = clock.today(), public_figures(actor)
    weeks = weeks_of(today, names)
    stamp = stamp_of(tuple(names), shown) if len(names) > 1 else None
    key = (tuple(names.items()), shown, stamp, figures.version, weeks, today)
    held = _kept.get(key) if stamp else None
    if held is None:
        beside = beside_the_answers(figures, weeks, names, shown[-1], today)
        held = _put_together(names, answers_of(tuple(names), shown, stamp), beside)
        if stamp:
            _keep(key, held)
    return held


_kept: OrderedDict[tuple[Any, ...], PressureOverview] = OrderedDict()


def _keep(key: tuple[Any, ...], found: PressureOverview) -> None:
    _kept[key] = found
    while len(_kept) > KEPT:
        _kept.popitem(last=False)


def _put_together(names: dict[str, str], told: Answers, beside: Beside) -> PressureOverview:
    """The weeks are added to the answers; statistics hold from their month on."""
    gathered = told.gathered
    weekly = gather(beside.monthly, gathered.municipalities, gathered.months)
    found = index_of(gathered.plus(weekly), beside.standing)
    answered = int(told.said[:, -1].sum())
    return PressureOverview(names, found, answered, told.modelled, beside.components, told.said, told.steps)


def spared_now(today: date) -> dict[str, Fraction]:
    """Municipality -> 0 to 1: how far its certain pressure lies between the threshold and full; only above 0.

    To be called where every answer is in sight.  The month is the newest that the municipality has answered for,
    of those that can be answered now.
    """
    threshold = Parameters.shipped().lookup(DEDUCTION_RULE, today).value
    found = pressure_overview(SYSTEM, today, MONTHS_OPEN)
    parts: dict[str, Fraction] = {}
    for at, month in enumerate(found.told.months):
        told = spared(found.told, month, Fraction(threshold))
        for row, code in enumerate(found.names):
            if found.said[row, at]:
                parts.pop(code, None)
                parts |= {code: told[code]} if code in told else {}
    return parts


def own_pulse(actor: Actor, municipality: str, month: date) -> OwnPulse:
    """One municipality's answer for a month.  Raises NotInSight outside the reader's sight."""
    place = _in_sight(actor).filter(code=municipality).first()
    if place is None:
        raise NotInSight("not_in_sight")
    row = Pulse.objects.filter(municipality_id=municipality, month=month).first()
    answers: dict[str, Any] = row.answers if row else {}
    return OwnPulse(
        municipality=municipality, name=place.name, month=month, version=row.version if row else 0,
        steps={Sector(sector): told["step"] for sector, told in answers.items()},
        reasons={Sector(sector): tuple(told["reasons"]) for sector, told in answers.items()},
        modelled=bool(row and row.modelled),
    )  # fmt: skip


def alerts_standing(actor: Actor) -> int:
    """How many alerts in sight stand."""
    return _alerts(actor, standing=True).count()


def pressure_alerts(actor: Actor, *, standing: bool = True) -> list[AlertRow]:
    """Alerts in sight, those that stand or those that have ended, the newest first; one query."""
    rows = _alerts(actor, standing=standing).select_related("municipality", "county")
    return [
        AlertRow(
            one.municipality.name if one.municipality else one.county.name, one.municipality_id or "",
            one.county_id, Sector(one.sector), one.month, one.value, one.known, one.ended_month, one.modelled,
        )
        for one in rows.order_by("-month", "-value", "pk")[:MOST_ALERTS]
    ]  # fmt: skip


def _alerts(actor: Actor, *, standing: bool) -> QuerySet[PressureAlert]:
    rows = PressureAlert.objects.filter(ended_month__isnull=standing)
    return rows.filter(municipality__in=actor.municipalities) if actor.municipalities else rows


def _in_sight(actor: Actor) -> Any:
    rows = Municipality.objects.all()
    if actor.municipalities:
        return rows.filter(code__in=actor.municipalities)
    return rows.filter(county_id=actor.county) if actor.role is Role.COUNTY else rows
