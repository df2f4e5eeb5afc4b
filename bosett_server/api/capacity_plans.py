"""Contracts, and openings and closings step by step, over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Router, Schema

from bosett.capacity import Extension
from bosett.capacity.process import Direction, ProcessStep
from bosett_server.access import clock
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.reception import ContractTold, set_contract
from bosett_server.actions.reception_process import (
    give_statement,
    give_up_process,
    start_process,
    take_step,
)
from bosett_server.api.capacity import Stored
from bosett_server.api.frame import PROBLEMS, Input, Page, endpoint
from bosett_server.queries.capacity_contracts import ContractView, contract_views
from bosett_server.queries.capacity_processes import ProcessView, process_view, processes
from bosett_server.queries.reception_alerts import reception_alerts

router = Router()
Nok = Annotated[int, Field(ge=0, le=1_000_000)]
Days = Annotated[int, Field(ge=0, le=4000)]
Count = Annotated[int, Field(ge=0, le=5000)]


class OptionIn(Input):
    """The State may go on for so many days more, said so many days before the end."""

    days: Annotated[int, Field(ge=1, le=4000)]
    say_before_days: Days


class ContractIn(Input):
    """Prices in whole kroner a place and day, times in days; null = not known, which is not 0."""

    price_per_place_day_nok: int
    notice_days: int
    starts_on: date
    ends_on: date | None = None
    locked_until: date | None = None
    fixed_places: Count | None = None
    call_places: Count = 0
    price_empty_nok: Nok | None = None
    price_call_nok: Nok | None = None
    lead_days: Days | None = None
    options: list[OptionIn] = []
    document: Annotated[str, Field(max_length=120)] = ""


class ContractOut(Schema):
    """A contract as it stands today; `cost_day_nok` null = places or a price is not known."""

    id: int
    centre: int
    starts_on: date
    ends_on: date | None
    fixed_places: int
    call_places: int
    occupied_nok: int | None
    empty_nok: int | None
    call_nok: int | None
    notice_days: int | None
    lead_days: int | None
    locked_until: date | None
    earliest_end: date | None
    option_say_by: date | None
    residents: int
    cost_day_nok: int | None
    empty_day_nok: int | None
    synthetic: bool


class StepOut(Schema):
    """A step that was taken."""

    step: ProcessStep
    on: date
    told: str
    document: str
    statement: str


class ProcessOut(Schema):
    """An opening or closing, as far as the reader may see it."""

    id: int
    centre: int
    name: str
    kind: str
    municipality: str
    direction: Direction
    places: int | None
    planned_on: date
    informed_on: date | None
    answer_by: date | None
    announced_on: date | None
    ended_on: date | None
    given_up: bool
    synthetic: bool
    steps: list[StepOut]
    open_steps: list[ProcessStep]


class ProcessIn(Input):
    """A plan to open or close."""

    direction: Direction
    planned_on: date
    answer_days: Annotated[int, Field(ge=0, le=1000)]
    document: Annotated[str, Field(max_length=200)]
    places: Count | None = None
    made_on: date | None = None


class TakenIn(Input):
    """A step: the day, who was told, where it is documented."""

    step: ProcessStep
    on: date
    told: Annotated[str, Field(max_length=200)]
    document: Annotated[str, Field(max_length=200)]


class StatementIn(Input):
    """What the municipality says."""

    statement: Annotated[str, Field(max_length=2000)]
    document: Annotated[str, Field(max_length=200)] = ""


@router.get("/contracts", response={200: Page[ContractOut], **PROBLEMS})
@endpoint(Permission.CONTRACT_VIEW)
def list_contracts(request: Request, centre: int | None = None) -> Page[ContractOut]:
    """Contracts of one centre, or all that run, those that can end first first.  UDI's alone."""
    found = contract_views(request.actor, clock.today(), centre=centre)
    return Page[ContractOut](items=[_contract(one) for one in found])


@router.post("/centres/{centre}/contracts", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CONTRACT_VIEW)
def post_contract(request: Request, centre: int, body: ContractIn) -> Stored:
    """Store a contract; UDI's alone."""
    options = tuple(Extension(one.days, one.say_before_days) for one in body.options)
    told = ContractTold(**(dict(body) | {"options": options}))
    return Stored(id=set_contract(request.actor, centre=centre, told=told))


class AlertOut(Schema):
    """An alert of a kind of centre, or of a household near or past its target."""

    id: int
    what: str
    kind: str
    household: str
    places: int | None
    residents: int | None
    target_day: date | None
    raised_on: date
    ended_on: date | None


@router.get("/alerts", response={200: Page[AlertOut], **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_LIST)
def list_alerts(request: Request) -> Page[AlertOut]:
    """Alerts that stand, and those that have ended in the last three months."""
    standing, ended = reception_alerts(request.actor, clock.today())
    return Page[AlertOut](
        items=[
            AlertOut(
                id=one.id, what=one.what, kind=one.kind, household=one.household, places=one.places,
                residents=one.residents, target_day=one.day, raised_on=one.raised_on, ended_on=one.ended_on,
            )
            for one in (*standing, *ended)
        ]
    )  # fmt: skip


@router.get("/processes", response={200: Page[ProcessOut], **PROBLEMS})
@endpoint(Permission.CENTRE_VIEW)
def list_processes(request: Request) -> Page[ProcessOut]:
    """Every opening and closing in sight, the open ones first."""
    return Page[ProcessOut](items=[_process(one) for one in processes(request.actor)])


@router.get("/processes/{process}", response={200: ProcessOut, **PROBLEMS})
@endpoint(Permission.CENTRE_VIEW)
def get_process(request: Request, process: int) -> ProcessOut:
    """One opening or closing."""
    return _process(process_view(request.actor, process))


@router.post("/centres/{centre}/processes", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CENTRE_MANAGE)
def post_process(request: Request, centre: int, body: ProcessIn) -> Stored:
    """Plan an opening or a closing; UDI's alone until the municipality is informed."""
    return Stored(id=start_process(request.actor, centre=centre, **dict(body)))


@router.post("/processes/{process}/steps", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CENTRE_MANAGE)
def post_step(request: Request, process: int, body: TakenIn) -> Stored:
    """Record a step; an announcement takes effect at once."""
    return Stored(id=take_step(request.actor, process=process, **dict(body)))


@router.post("/processes/{process}/statement", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CENTRE_CONSULT)
def post_statement(request: Request, process: int, body: StatementIn) -> Stored:
    """The host municipality says what it thinks."""
    return Stored(id=give_statement(request.actor, process=process, **dict(body)))


@router.post("/processes/{process}/giving-up", response={200: Stored, **PROBLEMS})
@endpoint(Permission.CENTRE_MANAGE)
def post_giving_up(request: Request, process: int) -> Stored:
    """Give up a plan that is not announced."""
    return Stored(id=give_up_process(request.actor, process=process))


def _contract(one: ContractView) -> ContractOut:
    terms = one.terms
    return ContractOut(
        id=one.id, centre=one.centre, starts_on=terms.start, ends_on=terms.end, fixed_places=terms.fixed_places,
        call_places=terms.call_places, occupied_nok=terms.occupied_nok, empty_nok=terms.empty_nok,
        call_nok=terms.call_nok, notice_days=terms.notice_days, lead_days=terms.lead_days,
        locked_until=terms.locked_until, earliest_end=one.earliest_end, option_say_by=one.say_by,
        residents=one.residents, cost_day_nok=one.cost.total_nok if one.cost else None,
        empty_day_nok=one.cost.empty_nok if one.cost else None, synthetic=one.synthetic,
    )  # fmt: skip


def _process(one: ProcessView) -> ProcessOut:
    steps = [
        StepOut(step=s.step, on=s.on, told=s.told, document=s.document, statement=s.statement)
        for s in one.taken
    ]
    return ProcessOut(
        id=one.id, centre=one.centre, name=one.name, kind=one.kind, municipality=one.municipality,
        direction=one.direction, places=one.places, planned_on=one.planned_on, informed_on=one.informed_on,
        answer_by=one.answer_by, announced_on=one.announced_on, ended_on=one.ended_on, given_up=one.given_up,
        synthetic=one.synthetic, steps=steps, open_steps=list(one.open_steps),
    )  # fmt: skip
