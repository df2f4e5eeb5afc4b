"""Pressure on housing and services as the municipalities answered: the index of all in sight, and one's own answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from django.db.models import Count, Max, Sum
from numpy.typing import NDArray

from bosett.agreement.pressure import Pressure, Sector, Signal, from_step, pressure, spared
from bosett.rules.parameters import Parameters
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.queries.pressure_signals import Component, beside_the_answers
from bosett_server.records.models import Municipality, PressureAlert, Pulse

MONTHS_OPEN = 2
"""A month can be answered until the end of the next one."""
MONTHS_SHOWN = 24
MOST_ALERTS = 500
DEDUCTION_RULE = "agreement/pressure_deduction_threshold"
SECTOR_OF = {sector.value: sector for sector in Sector}


@dataclass(frozen=True)
class PressureOverview:
    """The index of the municipalities in sight, month by month up to the last.

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
    found, earlier = _answers(tuple(names), shown)
    signals = [
        from_step(code, month, SECTOR_OF[sector], told["step"])
        for code, month, answers, _ in found
        for sector, told in answers.items()
    ]
    beside = beside_the_answers(actor, names, shown[-1], clock.today())
    told = pressure([*earlier.signals, *signals, *beside.monthly], tuple(names), shown, beside.standing)
    said = _said([*earlier.answered, *((one[0], one[1]) for one in found if one[2])], tuple(names), shown)
    steps = {
        code: {SECTOR_OF[sector]: one["step"] for sector, one in answers.items()}
        for code, month, answers, _ in found
        if month == shown[-1]
    }
    modelled = earlier.modelled or any(one[3] for one in found)
    return PressureOverview(names, told, int(said[:, -1].sum()), modelled, beside.components, said, steps)


@dataclass(frozen=True)
class _Closed:
    """The answers of months that can no longer be answered; `stamp` tells whether they are still the same."""

    stamp: tuple[Any, ...]
    signals: tuple[Signal, ...] = ()
    answered: tuple[tuple[str, date], ...] = ()
    modelled: bool = False


KEPT_AREAS = 32
_closed: dict[tuple[Any, ...], _Closed] = {}


def _answers(
    codes: tuple[str, ...], shown: tuple[date, ...]
) -> tuple[list[tuple[str, date, Any, bool]], _Closed]:
    """The last open months' answers, and those of the closed months before them, read once while they stand."""
    rows = Pulse.objects.filter(municipality__in=codes, month__gte=shown[0], month__lte=shown[-1])
    before = rows.filter(month__lt=shown[max(0, len(shown) - MONTHS_OPEN)])
    stamp = tuple(before.aggregate(Count("pk"), Max("pk"), Sum("version")).values())
    held = _closed.get((codes, shown))
    if held is None or held.stamp != stamp:
        told = list(before.values_list("municipality_id", "month", "answers", "modelled"))
        held = _Closed(
            stamp,
            tuple(
                from_step(code, month, SECTOR_OF[sector], one["step"])
                for code, month, answers, _ in told
                for sector, one in answers.items()
            ),
            tuple((code, month) for code, month, answers, _ in told if answers),
            any(one[3] for one in told),
        )
        while len(_closed) >= KEPT_AREAS:
            _closed.pop(next(iter(_closed)), None)
        _closed[codes, shown] = held
    newest = rows.filter(month__gte=shown[max(0, len(shown) - MONTHS_OPEN)])
    return list(newest.values_list("municipality_id", "month", "answers", "modelled")), held


def _said(
    answered: Sequence[tuple[str, date]], codes: tuple[str, ...], shown: tuple[date, ...]
) -> NDArray[np.bool_]:
    rows, columns = {code: at for at, code in enumerate(codes)}, {month: at for at, month in enumerate(shown)}
    said = np.zeros((len(codes), len(shown)), dtype=bool)
    for code, month in answered:
        said[rows[code], columns[month]] = True
    return said


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


def pressure_alerts(actor: Actor, *, standing: bool = True) -> list[AlertRow]:
    """Alerts in sight, those that stand or those that have ended, the newest first; one query."""
    rows = PressureAlert.objects.filter(ended_month__isnull=standing).select_related("municipality", "county")
    if actor.municipalities:
        rows = rows.filter(municipality__in=actor.municipalities)
    return [
        AlertRow(
            one.municipality.name if one.municipality else one.county.name, one.municipality_id or "",
            one.county_id, Sector(one.sector), one.month, one.value, one.known, one.ended_month, one.modelled,
        )
        for one in rows.order_by("-month", "-value", "pk")[:MOST_ALERTS]
    ]  # fmt: skip


def _in_sight(actor: Actor) -> Any:
    rows = Municipality.objects.all()
    if actor.municipalities:
        return rows.filter(code__in=actor.municipalities)
    return rows.filter(county_id=actor.county) if actor.role is Role.COUNTY else rows
