"""The scenario workbench over the API."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Router, Schema

from bosett.scenario.tried import Tried
from bosett.scenario.weeks.workers import cores, threads
from bosett.scenario.workbench import Dials
from bosett.scenario.workbench_portfolio import RuleCost, best_portfolio, shipped_prices
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.scenario import delete_scenario, save_scenario, share_scenario
from bosett_server.api.frame import PROBLEMS, Input, Page, endpoint
from bosett_server.queries.scenario import (
    LEAST_ASSUMED,
    MOST_ASSUMED,
    SavedView,
    assumed_in_force,
    chain_start,
    saved_scenario,
    saved_scenarios,
    tried_out,
)

router = Router()
Assumed = Annotated[
    int | None,
    Field(
        ge=LEAST_ASSUMED,
        le=MOST_ASSUMED,
        description="Municipal places of the year; counts only while no municipality has voted for it.",
    ),
]
Nok = Annotated[float, Field(ge=0, le=20_000)]


class DialsIn(Input):
    """What is turned; the defaults are today's rule."""

    arrivals: float = 1.0
    buffer: float = 0.15
    standby: int = 0
    municipal_places: float = 1.0
    earlier_weeks: int = 0
    faster_ready: float = 1.0
    private_share: float = 0.4
    weeks: int = 52
    assumed_places: Assumed = None
    draws: Annotated[int, Field(ge=100, le=2000)] = 2000
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1


class SavedIn(DialsIn):
    """Dials, and the name to keep the comparison under."""

    name: Annotated[str, Field(max_length=120)]


class FanOut(Schema):
    """P10, P50 and P90 by week."""

    low: list[int]
    middle: list[int]
    high: list[int]


class SideOut(Schema):
    """Kroner over the whole time, means over the draws; `dear_nok` is P95."""

    cost_nok: int
    empty_nok: int
    short_nok: int
    dear_nok: int
    ever_short: float


class TriedOut(Schema):
    """What the dials give, beside today's rule on the same draws.  Modelled."""

    residents: FanOut
    places: FanOut
    ready: FanOut
    settled: list[int]
    yours: SideOut
    today: SideOut
    draws: int
    seed: int


class ScenarioOut(Schema):
    """A kept comparison."""

    id: int
    name: str
    mine: bool
    settings: dict[str, Any]
    result: TriedOut
    seed: int
    draws: int
    version: str
    saved_at: datetime
    shared_at: datetime | None


class Stored(Schema):
    """The id of what was stored."""

    id: int


@router.post("/tries", response={200: TriedOut, **PROBLEMS})
@endpoint(Permission.SCENARIO_USE)
def post_try(request: Request, body: DialsIn) -> TriedOut:
    """Turn the dials on the chain as it stands today; nothing is stored."""
    return TriedOut(**asdict(_tried(request, body)[1]))


class PortfolioIn(Input):
    """Prices in kroner a place and day, null = the table's; and how much the dearest draws weigh."""

    occupied_nok: Nok | None = None
    empty_nok: Nok | None = None
    standby_fee_nok: Nok | None = None
    standby_call_nok: Nok | None = None
    short_nok: Nok | None = None
    tail_weight: Annotated[float, Field(ge=0, le=1)] = 0.5
    weeks: Annotated[int, Field(ge=13, le=104)] = 52
    assumed_places: Assumed = None


class RuleOut(Schema):
    """Places held = standing + share x the most residents seen; standby besides.  Kroner over the whole time."""

    standing: float
    share: float
    standby: float
    total_nok: float
    empty_nok: float
    short_nok: float
    p95_nok: float
    tail_nok: float


class WorthOut(Schema):
    """What a part of the best rule saves, against the best rule without it."""

    option: str
    mean_nok: float
    tail_nok: float


class PortfolioOut(Schema):
    """Today's rule and the best one on draws that neither was chosen on.  Modelled."""

    today: RuleOut
    best: RuleOut
    worth: list[WorthOut]
    held_share: float
    implied_nok: float


@router.post("/portfolios", response={200: PortfolioOut, **PROBLEMS})
@endpoint(Permission.SCENARIO_USE)
def post_portfolio(request: Request, body: PortfolioIn) -> PortfolioOut:
    """Which ordinary places to hold for the chain as it stands today; nothing is stored."""
    given = {name: value for name, value in dict(body).items() if name.endswith("_nok") and value is not None}
    try:
        prices, dials = replace(shipped_prices(), **given), Dials(weeks=body.weeks)
    except BadInput as bad:
        raise Refused("scenario_dial_out_of_range", {"found": bad.found, "allowed": bad.allowed}) from None
    start = chain_start(request.actor, clock.today(), body.assumed_places)
    found = best_portfolio(start, dials, prices, body.tail_weight, mapper=threads(cores()))
    return PortfolioOut(
        today=_rule(found.today), best=_rule(found.best), worth=[WorthOut(**asdict(one)) for one in found.worth],
        held_share=found.held_share, implied_nok=found.implied_nok,
    )  # fmt: skip


def _rule(one: RuleCost) -> RuleOut:
    told = asdict(one)
    return RuleOut(**told.pop("rule"), **told)


@router.get("/comparisons", response={200: Page[ScenarioOut], **PROBLEMS})
@endpoint(Permission.SCENARIO_USE)
def list_scenarios(request: Request) -> Page[ScenarioOut]:
    """Your own comparisons and those that are shared."""
    return Page[ScenarioOut](items=[_out(one) for one in saved_scenarios(request.actor)])


@router.get("/comparisons/{number}", response={200: ScenarioOut, **PROBLEMS})
@endpoint(Permission.SCENARIO_USE)
def get_scenario(request: Request, number: int) -> ScenarioOut:
    """One comparison."""
    return _out(saved_scenario(request.actor, number))


@router.post("/comparisons", response={200: Stored, **PROBLEMS})
@endpoint(Permission.SCENARIO_USE)
def post_scenario(request: Request, body: SavedIn) -> Stored:
    """Compute a comparison and keep it for yourself."""
    dials, tried = _tried(request, body)
    assumed = assumed_in_force(clock.today(), body.assumed_places)
    made = save_scenario(request.actor, name=body.name, dials=dials, tried=tried, assumed=assumed)
    return Stored(id=made)


@router.post("/comparisons/{number}/sharing", response={200: Stored, **PROBLEMS})
@endpoint(Permission.SCENARIO_USE)
def post_sharing(request: Request, number: int) -> Stored:
    """Share it with all who work with scenarios."""
    return Stored(id=share_scenario(request.actor, number=number))


@router.delete("/comparisons/{number}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.SCENARIO_USE)
def remove_scenario(request: Request, number: int) -> Stored:
    """Delete your own."""
    return Stored(id=delete_scenario(request.actor, number=number))


def _tried(request: Request, body: DialsIn) -> tuple[Dials, Tried]:
    told = dict(body)
    draws, seed, assumed = told.pop("draws"), told.pop("seed"), told.pop("assumed_places")
    told.pop("name", None)
    try:
        dials = Dials(**told)
    except BadInput as bad:
        raise Refused("scenario_dial_out_of_range", {"found": bad.found, "allowed": bad.allowed}) from None
    return dials, tried_out(request.actor, dials, clock.today(), assumed, draws, seed)


def _out(one: SavedView) -> ScenarioOut:
    return ScenarioOut(
        id=one.id, name=one.name, mine=one.mine, settings=one.settings, result=TriedOut(**one.result),
        seed=one.seed, draws=one.draws, version=one.version, saved_at=one.saved_at, shared_at=one.shared_at,
    )  # fmt: skip
