"""The workbench: dials turned on today's chain, and what comes out beside today's rule on the same people.

A few dials stand for what can be decided or hoped for; everything else is the table of assumptions.  The
answer to the dials and to today's rule come from the same draws, so that the difference is the dials' doing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from bosett.scenario.assumptions import ChainAssumptions
from bosett.scenario.tried import BAND, TodaysKept, Tried, fan_of, side_of
from bosett.scenario.weeks.plan import (
    Delay,
    FlowGroup,
    KnownContract,
    PlaceKind,
    Policy,
    SettlementPlan,
    SimulationPlan,
)
from bosett.scenario.weeks.sweep import ALL, Mapper, one_by_one, simulate
from bosett.scenario.weeks.thinning import Thinning
from bosett.terms.errors import BadInput

PLACE_OF = {
    "collective": "ordinary",
    "asylum": "ordinary",
    "em_15_17": "minors_15_17",
    "em_under15": "care_centre",
}
ORDER = ("em_under15", "em_15_17", "asylum", "collective")
KINDS = ("ordinary", "minors_15_17", "care_centre")
YOURS, TODAY = "yours", "today"


@dataclass(frozen=True)
class DialLimits:
    """What a dial can be turned to."""

    least: float
    most: float
    step: float
    whole: bool = False


@dataclass(frozen=True)
class Dials:
    """What can be turned; the defaults are today's rule.

    Parameters
    ----------
    arrivals
        Times the arrivals of the table.
    buffer
        Places beyond the residents, as a share OF RESIDENTS.
    standby
        Places that an operator keeps ready, of the ordinary kind.
    municipal_places
        Times the municipal places a week.
    earlier_weeks
        Weeks that next year's municipal places come earlier.
    faster_ready
        Times the time from permit to ready.
    private_share
        Share of those under collective protection who live outside reception.
    weeks
        How far ahead.
    """

    arrivals: float = 1.0
    buffer: float = 0.15
    standby: int = 0
    municipal_places: float = 1.0
    earlier_weeks: int = 0
    faster_ready: float = 1.0
    private_share: float = 0.4
    weeks: int = 52

    def __post_init__(self) -> None:
        for one in fields(self):
            limits, value = LIMITS[one.name], getattr(self, one.name)
            if not limits.least <= value <= limits.most:
                raise BadInput(
                    f"{one.name} of {value:g}", f"{limits.least:g} to {limits.most:g}", column=one.name
                )


LIMITS = {
    "arrivals": DialLimits(0.25, 4.0, 0.05),
    "buffer": DialLimits(0.0, 0.5, 0.01),
    "standby": DialLimits(0, 5000, 100, whole=True),
    "municipal_places": DialLimits(0.25, 2.0, 0.05),
    "earlier_weeks": DialLimits(0, 26, 1, whole=True),
    "faster_ready": DialLimits(0.25, 2.0, 0.05),
    "private_share": DialLimits(0.0, 0.9, 0.05),
    "weeks": DialLimits(13, 104, 13, whole=True),
}


@dataclass(frozen=True)
class Start:
    """The chain as it stands.

    Parameters
    ----------
    undecided, ready
        Group -> persons before their permit, and with one and without a municipality.
    places
        Kind -> reception places today.
    municipal_per_week
        Municipal places a week, by year from now.
    """

    undecided: Mapping[str, int]
    ready: Mapping[str, int]
    places: Mapping[str, int]
    municipal_per_week: tuple[float, ...]


def plan_of(start: Start, dials: Dials, told: ChainAssumptions) -> SimulationPlan:
    """The simulation that the dials ask for; the second policy is today's rule."""
    groups = tuple(_group(name, start, dials, told) for name in PLACE_OF)
    settlement = SettlementPlan(
        start.municipal_per_week, ORDER, told.of("settlement", "accepted_share"),
        told.of("settlement", "quota_per_week"),
    )  # fmt: skip
    fee, call = told.of("standby", "fee_nok"), told.of("standby", "call_nok")
    yours = Policy(
        YOURS, dials.buffer, {"ordinary": dials.standby}, fee, call,
        settlement_factor=dials.municipal_places, earlier_weeks=dials.earlier_weeks,
        faster_ready=dials.faster_ready, private_share=dials.private_share,
    )  # fmt: skip
    kinds = tuple(_kind(name, start, told) for name in KINDS)
    return SimulationPlan(dials.weeks, groups, settlement, kinds, (yours, Policy(TODAY)))


def try_out(
    start: Start,
    dials: Dials,
    draws: int = 2000,
    seed: int = 1,
    mapper: Mapper = one_by_one,
    told: ChainAssumptions | None = None,
    kept: TodaysKept | None = None,
) -> Tried:
    """Turn the dials.  Same start, dials, draws and seed: the same answer.

    Parameters
    ----------
    kept
        Where today's rule on the same people is found when it has been tried before, and left when it has not.

    Raises
    ------
    BadInput
        If a dial is out of its limits, or there are no places a week.
    """
    plan = plan_of(start, dials, told or ChainAssumptions.shipped())
    known = (plan.weeks, plan.groups, plan.settlement, plan.places, draws, seed)
    today = kept.of(known) if kept else None
    if today:
        plan = replace(plan, policies=plan.policies[:1])
    sweep = simulate(plan, draws, seed, Thinning.AUTO, mapper)
    if today is None:
        today = side_of(sweep, TODAY)
        if kept:
            kept.keep(known, today)
    settled = np.quantile(sweep.row(("settled", ALL)).sum(axis=0), BAND)
    low, middle, high = (round(float(one)) for one in settled)
    return Tried(
        residents=fan_of(sweep.row(("in_reception", ALL))),
        places=fan_of(sweep.row(("places", ALL))),
        ready=fan_of(sweep.row(("ready", ALL))),
        settled=(low, middle, high),
        yours=side_of(sweep, YOURS),
        today=today,
        draws=draws,
        seed=seed,
    )


def _group(name: str, start: Start, dials: Dials, told: ChainAssumptions) -> FlowGroup:
    def delay(stage: str) -> Delay:
        return Delay(told.of(name, f"{stage}_mean"), told.of(name, f"{stage}_sd"))

    return FlowGroup(
        name=name,
        arrivals_per_week=(told.of(name, "arrivals_per_week") * dials.arrivals,),
        decision=delay("decision"),
        ready_after=delay("ready"),
        leaves_after=delay("leaves"),
        place=PLACE_OF[name],
        refused_share=told.of(name, "refused_share"),
        private_share=told.of(name, "private_share"),
        spread=told.of(name, "spread"),
        persistence=told.of(name, "persistence"),
        undecided_at_start=start.undecided.get(name, 0),
        ready_at_start=start.ready.get(name, 0),
    )


def _kind(name: str, start: Start, told: ChainAssumptions) -> PlaceKind:
    weeks = {one: round(told.of(name, one)) for one in ("lead_weeks", "notice_weeks", "lock_in_weeks")}
    prices = [told.of(name, f"price_{one}_nok") for one in ("occupied", "empty", "short")]
    return PlaceKind(name, (KnownContract(start.places.get(name, 0)),), *weeks.values(), *prices)
