"""The scenario workbench over the API."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Router, Schema

from bosett.scenario.weeks.workers import cores, threads
from bosett.scenario.workbench import Dials, try_out
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.scenario import delete_scenario, save_scenario, share_scenario
from bosett_server.api.frame import PROBLEMS, Input, Page, endpoint
from bosett_server.queries.scenario import SavedView, chain_start, saved_scenario, saved_scenarios

router = Router()


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
    return Stored(id=save_scenario(request.actor, name=body.name, dials=dials, tried=tried))


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


def _tried(request: Request, body: DialsIn) -> tuple[Dials, Any]:
    told = dict(body)
    draws, seed = told.pop("draws"), told.pop("seed")
    told.pop("name", None)
    try:
        dials = Dials(**told)
    except BadInput as bad:
        raise Refused("scenario_dial_out_of_range", {"found": bad.found, "allowed": bad.allowed}) from None
    start = chain_start(request.actor, clock.today())
    return dials, try_out(start, dials, draws, seed, threads(cores()))


def _out(one: SavedView) -> ScenarioOut:
    return ScenarioOut(
        id=one.id, name=one.name, mine=one.mine, settings=one.settings, result=TriedOut(**one.result),
        seed=one.seed, draws=one.draws, version=one.version, saved_at=one.saved_at, shared_at=one.shared_at,
    )  # fmt: skip
