"""Five-year frames of grant income, for whoever may see them: a municipality's own, or the country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count, Max, Sum

from bosett.grants.frame_cohorts import SMALLEST
from bosett.grants.frame_persons import count, people_there
from bosett.grants.frame_problem import FrameProblem, FrameScenario, Range
from bosett.grants.frame_result import Alternative, Frame
from bosett.grants.frames import alternatives, frame
from bosett_server.access import clock
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.queries.grant_groups import settled_there
from bosett_server.queries.grant_rates import rates_in_force
from bosett_server.records.models import Municipality, Quota, RateTable, VersionedFigure

WHOLE_COUNTRY = frozenset({Role.IMDI_CASEWORKER, Role.IMDI_LEAD, Role.KS, Role.MINISTRY})
EVERY_MUNICIPALITY = frozenset({Role.IMDI_CASEWORKER, Role.IMDI_LEAD, Role.KS})
WITHOUT_PERSONS = frozenset({Role.KS, Role.COUNTY, Role.MINISTRY})
YEARS = 5
DRAWS = 300
KEPT = 400
KEPT_SECONDS = 600


@dataclass(frozen=True)
class FrameAsk:
    """Which frame, and what the reader assumes otherwise than we do.

    Parameters
    ----------
    municipality
        Empty for the country.
    own
        A number of the reader's own for the first year, beside 0 and what was asked.
    growth_percent
        A year, of rates that are not known.
    """

    municipality: str
    first_year: int
    own: int | None = None
    growth_percent: int = 0
    collective_ends: int | None = None
    innbyggertilskudd_nok: int | None = None
    unused_place_nok: int | None = None

    def scenario(self) -> FrameScenario:
        """The library's assumptions with the reader's in their place."""
        usual = FrameScenario().growth_percent
        growth = Range(
            min(usual.low, self.growth_percent), self.growth_percent, max(usual.high, self.growth_percent)
        )
        return FrameScenario(
            growth_percent=growth,
            collective_ends=self.collective_ends,
            innbyggertilskudd_nok=self.innbyggertilskudd_nok,
            unused_place_nok=self.unused_place_nok,
        )


@dataclass(frozen=True)
class FrameShown:
    """The frame and its alternatives.

    Parameters
    ----------
    voted, asked
        Persons in the first year; None when there is no number.
    without_ground
        Settled persons on family ground who are left out, since whom they joined is not stored.
    settled_hidden
        Fewer than five settled persons, and the reader may not see persons: only those voted for count.
    """

    frame: Frame
    alternatives: tuple[Alternative, ...]
    voted: int | None
    asked: int | None
    without_ground: int
    settled_hidden: bool


def municipalities_framed(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of those whose frame the reader may open, by name; one query."""
    rows = Municipality.objects.order_by("sort_key").values_list("code", "name")
    return [(code, name) for code, name in rows if _may_see(actor, code)]


def check_frame_sight(actor: Actor, municipality: str) -> None:
    """Raise NotInSight for a place that is none, or whose frame is not the reader's."""
    if not _may_see(actor, municipality):
        raise NotInSight("not_in_sight")
    if municipality and not Municipality.objects.filter(code=municipality).exists():
        raise NotInSight("not_in_sight")


def frame_shown(actor: Actor, ask: FrameAsk) -> FrameShown:
    """The frame with alternatives; made anew when settlements, moves, numbers or rates have changed.

    What follows from persons is counted as the system, since neither KS nor a municipality that persons left
    sees them; nothing of it is given for fewer than five.
    """
    check_frame_sight(actor, ask.municipality)
    with acting(SYSTEM):
        return _made(ask, actor.role in WITHOUT_PERSONS, _version())


@lru_cache(maxsize=KEPT)
def _made(ask: FrameAsk, without_persons: bool, _version: tuple[Any, ...]) -> FrameShown:
    there = settled_there(ask.municipality, date(ask.first_year - 1, 7, 1))
    years = range(ask.first_year, ask.first_year + YEARS)
    voted, asked = _numbers(ask.municipality, years)
    problem = FrameProblem(
        ask.municipality, ask.first_year, YEARS, there.persons, there.moves, voted, asked, there.groups
    )
    hidden = without_persons and 0 < count(people_there(problem)) < SMALLEST
    if hidden:
        problem = FrameProblem(ask.municipality, ask.first_year, YEARS, (), (), voted, asked)
    rates, scenario, first = rates_in_force(), ask.scenario(), ask.first_year
    known = (voted.get(first), asked.get(first), ask.own)
    numbers = sorted({0, *(one for one in known if one is not None)}) if ask.municipality else []
    others = (
        alternatives(problem, numbers, rates, np.random.default_rng(first), scenario, draws=DRAWS)
        if numbers
        else ()
    )
    whole = next((one.frame for one in others if one.number == voted.get(first)), None)
    if whole is None:
        whole = frame(problem, rates, np.random.default_rng(first), scenario, draws=DRAWS)
    left_out = 0 if hidden or without_persons else there.without_ground
    return FrameShown(whole, others, voted.get(first), asked.get(first), left_out, hidden)


def forget_frames() -> None:
    """The next question makes each frame anew."""
    _made.cache_clear()


def _numbers(municipality: str, years: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Voted and asked by year; a year without a number is not there."""
    quotas = Quota.objects.filter(year__in=years, group="all", vedtak__isnull=False)
    asked = VersionedFigure.objects.filter(
        what="asked", group="all", year__in=years, superseded_at__isnull=True, state="number",
        municipality__isnull=False,
    )  # fmt: skip
    if municipality:
        quotas, asked = (
            quotas.filter(municipality_id=municipality),
            asked.filter(municipality_id=municipality),
        )
    return (
        dict(quotas.values_list("year").annotate(Sum("vedtak"))),
        dict(asked.values_list("year").annotate(Sum("value"))),
    )


def _version() -> tuple[Any, ...]:
    """What changes when anything that a frame is made from does, or ten minutes have gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bosett_settled_version()")
        settled = cursor.fetchone()
    return (
        int(clock.now().timestamp()) // KEPT_SECONDS,
        clock.today(),
        settled,
        VersionedFigure.objects.aggregate(last=Max("pk"))["last"],
        tuple(RateTable.objects.values_list("state").annotate(all=Count("pk")).order_by("state")),
    )


def _may_see(actor: Actor, municipality: str) -> bool:
    if not municipality:
        return actor.role in WHOLE_COUNTRY
    if actor.role in EVERY_MUNICIPALITY or municipality in actor.municipalities:
        return True
    return actor.role is Role.COUNTY and bool(actor.county) and municipality[:2] == actor.county
