"""Pressure on housing and services over the API."""

from __future__ import annotations

from datetime import date

import numpy as np
from ninja import Router, Schema

from bosett.agreement.pressure import SECTORS, STEPS, Origin, Sector
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.pressure import SectorAnswer, answer_pulse
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Input, Limit, Page, endpoint, following
from bosett_server.queries.pressure import months_back, own_pulse, pressure_alerts, pressure_overview

router = Router()


class PressureOut(Schema):
    """One municipality's month; `index` null and sectors left out where nothing was answered."""

    municipality: str
    name: str
    month: date
    index: float | None
    low: float
    high: float
    sectors: dict[Sector, float]


class AlertOut(Schema):
    """A sector that crossed; `municipality` empty for a county's."""

    municipality: str
    county: str
    name: str
    sector: Sector
    month: date
    value: float
    municipalities_known: int
    ended: date | None
    modelled: bool


class PartOut(Schema):
    """One signal from 0 to 1; `figure` is the step, the statistic or the persons without a week."""

    sector: Sector
    origin: Origin
    value: float
    figure: float
    measure: str = ""
    year: int | None = None
    publisher: str = ""


class StepIn(Input):
    """A step from 1 to 5 and coded reasons."""

    step: int
    reasons: list[str] = []


class PulseIn(Input):
    """The answers of one month; `version` 0 for the first."""

    version: int = 0
    answers: dict[Sector, StepIn]


class PulseOut(Schema):
    """One municipality's own answer."""

    municipality: str
    month: date
    version: int
    steps: dict[Sector, int]
    reasons: dict[Sector, list[str]]
    modelled: bool


class SavedPulse(Schema):
    """The version after the answer."""

    version: int


@router.get("", response={200: Page[PressureOut], **PROBLEMS})
@endpoint(Permission.PRESSURE_VIEW)
def list_pressure(
    request: Request, month: date | None = None, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[PressureOut]:
    """Every municipality in sight in one month, in order of code, also those that have not answered."""
    place = Cursor.read(cursor)
    found = pressure_overview(request.actor, min(month or clock.today(), clock.today()), 1)
    at = {code: row for row, code in enumerate(found.names)}
    codes = [code for code in sorted(found.names) if place is None or code > place.after][:limit]
    told = found.told
    rows = [
        PressureOut(
            municipality=code, name=found.names[code], month=found.month,
            index=None if np.isnan(told.index[at[code], 0]) else float(told.index[at[code], 0]),
            low=float(told.low[at[code], 0]), high=float(told.high[at[code], 0]),
            sectors={
                sector: float(value)
                for sector, value in zip(SECTORS, told.sectors[at[code], 0], strict=True)
                if not np.isnan(value)
            },
        )
        for code in codes
    ]  # fmt: skip
    return Page[PressureOut](items=rows, next=following(rows, limit, lambda one: one.municipality))


@router.get("/alerts", response={200: list[AlertOut], **PROBLEMS})
@endpoint(Permission.PRESSURE_VIEW)
def list_alerts(request: Request, standing: bool = True) -> list[AlertOut]:
    """Sectors that have crossed the threshold and stand, or those that have ended; the newest first."""
    return [
        AlertOut(
            municipality=one.municipality, county=one.county, name=one.name, sector=one.sector, month=one.month,
            value=one.value, municipalities_known=one.known, ended=one.ended, modelled=one.modelled,
        )
        for one in pressure_alerts(request.actor, standing=standing)
    ]  # fmt: skip


@router.get("/{municipality}/parts", response={200: list[PartOut], **PROBLEMS})
@endpoint(Permission.PRESSURE_VIEW)
def get_parts(request: Request, municipality: str, month: date | None = None) -> list[PartOut]:
    """Every signal of a municipality's month: own answers, statistics, weeks without room."""
    last = min(month or clock.today(), clock.today())
    found = pressure_overview(request.actor, last, 1, only=municipality)
    own = [
        PartOut(sector=sector, origin=Origin.PULSE, value=(step - 1) / (STEPS - 1), figure=step)
        for sector, step in found.steps.get(municipality, {}).items()
    ]
    return own + [
        PartOut(
            sector=one.sector, origin=one.origin, value=one.value, figure=float(one.told), measure=one.measure,
            year=one.year, publisher=one.publisher,
        )
        for one in found.components.get(municipality, ())
    ]  # fmt: skip


@router.get("/{municipality}/{month}", response={200: PulseOut, **PROBLEMS})
@endpoint(Permission.PULSE_ANSWER)
def get_pulse(request: Request, municipality: str, month: date) -> PulseOut:
    """The municipality's own answer for a month, told by any of its days."""
    one = own_pulse(request.actor, municipality, months_back(month, 1)[0])
    return PulseOut(
        municipality=one.municipality, month=one.month, version=one.version, steps=one.steps,
        reasons={sector: list(reasons) for sector, reasons in one.reasons.items()}, modelled=one.modelled,
    )  # fmt: skip


@router.put("/{municipality}/{month}", response={200: SavedPulse, **PROBLEMS})
@endpoint(Permission.PULSE_ANSWER)
def put_pulse(request: Request, municipality: str, month: date, body: PulseIn) -> SavedPulse:
    """Answer for a month, or change the answer whose version is told."""
    version = answer_pulse(
        request.actor, municipality=municipality, month=months_back(month, 1)[0], version=body.version,
        answers={sector: SectorAnswer(one.step, tuple(one.reasons)) for sector, one in body.answers.items()},
    )  # fmt: skip
    return SavedPulse(version=version)
