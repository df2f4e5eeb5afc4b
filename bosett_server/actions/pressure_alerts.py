"""The clock's part of pressure: alerts when a sector crosses the threshold, and the reminder of the pulse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from bosett.agreement.pressure import SECTORS, Sector
from bosett.rules.parameters import Parameters
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.pressure import PressureOverview, months_open, pressure_overview
from bosett_server.records.models import Municipality, Notice, PressureAlert, Pulse

PARTIES = (Role.IMDI_LEAD, Role.KS, Role.MINISTRY)
OWN = (Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER)
ALERTS = "/pressure/alerts/"


@dataclass(frozen=True)
class _Cell:
    """One sector of a municipality, or of a county (`municipality` None)."""

    county: str
    municipality: str | None
    sector: Sector
    month: date
    value: float
    known: int = 1

    @property
    def key(self) -> tuple[str, str | None, str]:
        return self.county, self.municipality, self.sector.value


@action(Permission.DEADLINES_RUN)
def check_pressure(actor: Actor) -> Done[int]:
    """Sectors that have crossed the threshold have an alert, those that have come down again none; gives the new ones.

    Told once each: to the municipality, to the county, and in sum to the parties.
    """
    today = clock.today()
    upper, lower = _rule("pressure_alert_threshold", today), _rule("pressure_alert_end", today)
    found = pressure_overview(SYSTEM, today, len(months_open(today)))
    cells = [*_of_municipalities(found), *_of_counties(found, today)]
    standing = {(one.county_id, one.municipality_id, one.sector): one for one in _standing()}
    new = [cell for cell in cells if cell.value >= upper and cell.key not in standing]
    ended = [(standing[cell.key], cell) for cell in cells if cell.value < lower and cell.key in standing]
    for row, cell in ended:
        row.ended_month = cell.month
        row.save(update_fields=["ended_month"])
    PressureAlert.objects.bulk_create(
        PressureAlert(
            county_id=one.county, municipality_id=one.municipality, sector=one.sector.value, month=one.month,
            value=one.value, known=one.known, raised_at=clock.now(), modelled=found.modelled,
        )
        for one in new
    )  # fmt: skip
    facts = {"new": len(new), "ended": len(ended)}
    return Done(len(new), ("pressure", today), facts, _notices(new))


@action(Permission.DEADLINES_RUN)
def remind_pulses(actor: Actor) -> Done[int]:
    """From the day of the rule, whoever has not answered for the month is reminded, once a month; gives how many."""
    today = clock.today()
    month = today.replace(day=1)
    if today.day < Parameters.shipped().lookup("agreement/pulse_reminder_day", today).whole:
        return Done(0, ("pulses", month))
    told = Notice.objects.filter(code="pulse_due", facts__month=month.isoformat())
    done = set(Pulse.objects.filter(month=month).values_list("municipality_id", flat=True))
    done |= set(told.values_list("municipality_id", flat=True))
    codes = [code for code in _codes() if code not in done]
    notices = [
        Notice(
            code="pulse_due", to_role=role.value, municipality_id=code, facts={"month": month.isoformat()},
            url=f"/pressure/{code}/", due_on=_last_day(month),
        )
        for code in codes
        for role in OWN
    ]  # fmt: skip
    return Done(len(codes), ("pulses", month), {"reminded": len(codes)}, notices)


def _of_municipalities(found: PressureOverview) -> Iterator[_Cell]:
    """The newest month that each has answered for; without an answer there is nothing to cross."""
    for row, code in enumerate(found.names):
        months = np.flatnonzero(found.said[row])
        if not len(months):
            continue
        for sector, value in zip(SECTORS, found.told.sectors[row, months[-1]], strict=True):
            if not np.isnan(value):
                yield _Cell(code[:2], code, sector, found.told.months[months[-1]], float(value))


def _of_counties(found: PressureOverview, today: date) -> Iterator[_Cell]:
    """The mean of the county's municipalities that have answered, where they are enough."""
    fewest = Parameters.shipped().lookup("agreement/pressure_alert_county_known", today).whole
    held: dict[tuple[str, Sector], list[_Cell]] = {}
    for cell in _of_municipalities(found):
        held.setdefault((cell.county, cell.sector), []).append(cell)
    for (county, sector), cells in held.items():
        if len(cells) >= fewest:
            mean = sum(cell.value for cell in cells) / len(cells)
            yield _Cell(county, None, sector, max(cell.month for cell in cells), mean, len(cells))


def _notices(new: list[_Cell]) -> list[Notice]:
    if not new:
        return []
    own = Counter(cell.municipality for cell in new if cell.municipality)
    counties = Counter(cell.county for cell in new if not cell.municipality)
    told = [
        Notice(
            code="pressure_crossed", to_role=role.value, municipality_id=code, facts={"sectors": sectors},
            url=f"/pressure/{code}/parts/",
        )
        for code, sectors in sorted(own.items())
        for role in OWN
    ]  # fmt: skip
    told += [
        Notice(
            code="pressure_crossed_county", to_role=Role.COUNTY.value, county_id=code,
            facts={"sectors": sectors}, url=ALERTS,
        )
        for code, sectors in sorted(counties.items())
    ]  # fmt: skip
    facts = {"municipalities": len(own), "counties": len(counties)}
    return told + [
        Notice(code="pressure_crossed_many", to_role=role.value, facts=facts, url=ALERTS) for role in PARTIES
    ]


def _standing() -> list[PressureAlert]:
    return list(PressureAlert.objects.filter(ended_month__isnull=True))


def _codes() -> list[str]:
    return list(Municipality.objects.order_by("code").values_list("code", flat=True))


def _rule(name: str, today: date) -> float:
    return float(Parameters.shipped().lookup(f"agreement/{name}", today).value)


def _last_day(month: date) -> date:
    """A month can be answered until the end of the next one."""
    months = month.year * 12 + month.month + 1
    return date.fromordinal(date(months // 12, months % 12 + 1, 1).toordinal() - 1)
