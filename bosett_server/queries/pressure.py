"""Pressure on housing and services as the municipalities answered: the index of all in sight, and one's own answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from bosett.agreement.pressure import Pressure, Sector, from_step, pressure
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.records.models import Municipality, Pulse

MONTHS_OPEN = 2
"""A month can be answered until the end of the next one."""
MONTHS_SHOWN = 24


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
    """

    names: dict[str, str]
    told: Pressure
    answered: int
    modelled: bool

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


def months_back(last: date, count: int) -> tuple[date, ...]:
    """The first days of `count` months, the last one's month at the end."""
    first = last.year * 12 + last.month - 1
    return tuple(date(at // 12, at % 12 + 1, 1) for at in range(first - count + 1, first + 1))


def months_open(today: date) -> tuple[date, ...]:
    """The months that can be answered now, oldest first."""
    return months_back(today, MONTHS_OPEN)


def pressure_overview(actor: Actor, last: date, months: int = MONTHS_SHOWN) -> PressureOverview:
    """All municipalities in sight, also those that have not answered; two queries."""
    shown = months_back(last, months)
    names = dict(_in_sight(actor).order_by("sort_key").values_list("code", "name"))
    rows = Pulse.objects.filter(municipality__in=names, month__gte=shown[0], month__lte=shown[-1])
    found = list(rows.values_list("municipality_id", "month", "answers", "modelled"))
    signals = [
        from_step(code, month, Sector(sector), told["step"])
        for code, month, answers, _ in found
        for sector, told in answers.items()
    ]
    told = pressure(signals, tuple(names), shown)
    return PressureOverview(names, told, int(np.sum(told.known[:, -1] > 0)), any(one[3] for one in found))


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


def _in_sight(actor: Actor) -> Any:
    rows = Municipality.objects.all()
    if actor.municipalities:
        return rows.filter(code__in=actor.municipalities)
    return rows.filter(county_id=actor.county) if actor.role is Role.COUNTY else rows
