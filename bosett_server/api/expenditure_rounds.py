"""The steps of a round and of its scenarios over the API."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Router, Schema

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.expenditure_known import KnownRow, bring_in_known, set_known_figure
from bosett_server.actions.expenditure_rounds import (
    close_expenditure_round,
    drop_expenditure_plan,
    open_expenditure_round,
    plan_expenditure_round,
    remind_expenditure,
)
from bosett_server.actions.expenditure_scenarios import (
    drop_expenditure_scenario,
    make_expenditure_scenario,
    share_expenditure_scenario,
)
from bosett_server.api.frame import PROBLEMS, Input, Page, endpoint
from bosett_server.queries.expenditure import round_row
from bosett_server.queries.expenditure_scenarios import ScenarioRow, followed, scenario, scenarios

router = Router()


class PersonsIn(Input):
    """Persons of one municipality; without a residence year it is not told."""

    municipality: str
    persons: Decimal
    residence_year: int = 0


class PlanIn(Input):
    """A round to draw; without persons the frame is what the service has settled."""

    year: int
    kind: str
    asked: int
    minimum: int
    overlap_percent: int
    answer_due_on: date
    seed: int | None = None
    frame_source: str = ""
    persons: list[PersonsIn] | None = None


class KnownIn(Input):
    """One counted figure."""

    municipality: str = ""
    item: str
    residence_year: int | None = None
    amount_nok: int
    persons: Decimal | None = None


class FiguresIn(Input):
    """All figures of a kind (`register` or `kostra`), with their source."""

    kind: str
    source: str
    rows: list[KnownIn]


class FigureIn(KnownIn):
    """One figure of a kind (`register` or `kostra`), with its source."""

    kind: str
    source: str


class CloseIn(Input):
    """The estimator, and grants per person by residence year as far as they are known."""

    estimator: str = "ratio"
    rates_nok: dict[int, int] = {}


class ScenarioIn(Input):
    """A target coverage under a name."""

    name: str
    target_percent: Decimal


class ScenarioOut(Schema):
    """A scenario of the own party, or one that the other has shared."""

    id: int
    party: str
    name: str
    target_percent: Decimal
    made_at: datetime
    shared_at: datetime | None


class FollowedOut(Schema):
    """What a scenario asks for; no numbers where a rate or residence years are not known."""

    scenario: ScenarioOut
    synthetic: bool
    rates_nok: dict[str, list[float | None]]
    state_nok: dict[str, list[float | None]]
    groups_nok: dict[str, dict[str, list[float | None]]]
    groups_coverage: dict[str, dict[str, list[float | None]]]
    groups_left_nok: dict[str, dict[str, list[float | None]]]


class Stored(Schema):
    """The id of what was stored, or how many."""

    id: int


@router.post("/plans", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_MANAGE)
def post_round(request: Request, body: PlanIn) -> Stored:
    """Plan a round and draw its sample."""
    persons: dict[str, dict[int, Decimal]] | None = None
    if body.persons is not None:
        persons = {}
        for one in body.persons:
            persons.setdefault(one.municipality, {})[one.residence_year] = one.persons
    made = plan_expenditure_round(
        request.actor, year=body.year, kind=body.kind, asked=body.asked, minimum=body.minimum,
        overlap_percent=body.overlap_percent, answer_due_on=body.answer_due_on, seed=body.seed, persons=persons,
        frame_source=body.frame_source,
    )  # fmt: skip
    return Stored(id=made)


@router.delete("/rounds/{number}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_MANAGE)
def delete_round(request: Request, number: int) -> Stored:
    """Forget a plan that was never opened."""
    return Stored(id=drop_expenditure_plan(request.actor, round_id=number))


@router.post("/rounds/{number}/opening", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_MANAGE)
def post_opening(request: Request, number: int) -> Stored:
    """Ask everybody in the sample."""
    return Stored(id=open_expenditure_round(request.actor, round_id=number))


@router.post("/rounds/{number}/reminders", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_MANAGE)
def post_reminders(request: Request, number: int) -> Stored:
    """Remind those who have not approved."""
    return Stored(id=remind_expenditure(request.actor, round_id=number))


@router.put("/rounds/{number}/figures", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_MANAGE)
def put_figures(request: Request, number: int, body: FiguresIn) -> Stored:
    """Registers or KOSTRA totals, all of a kind at once."""
    rows = [
        KnownRow(place, one.municipality, one.item, one.residence_year, one.amount_nok, one.persons)
        for place, one in enumerate(body.rows, start=1)
    ]
    return Stored(
        id=bring_in_known(request.actor, round_id=number, kind=body.kind, rows=rows, source=body.source)
    )


@router.put("/rounds/{number}/figure", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_MANAGE)
def put_figure(request: Request, number: int, body: FigureIn) -> Stored:
    """One register figure or KOSTRA total; one of the same municipality, item and year is replaced."""
    figure = KnownRow(1, body.municipality, body.item, body.residence_year, body.amount_nok, body.persons)
    return Stored(
        id=set_known_figure(request.actor, round_id=number, kind=body.kind, figure=figure, source=body.source)
    )


@router.post("/rounds/{number}/closing", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_MANAGE)
def post_closing(request: Request, number: int, body: CloseIn) -> Stored:
    """Make the estimates; they stand for ever."""
    made = close_expenditure_round(
        request.actor, round_id=number, estimator=body.estimator, rates_nok=body.rates_nok
    )
    return Stored(id=made)


@router.get("/rounds/{number}/scenarios", response={200: Page[ScenarioOut], **PROBLEMS})
@endpoint(Permission.EXPENDITURE_COMMITTEE)
def list_scenarios(request: Request, number: int) -> Page[ScenarioOut]:
    """The own party's, and what the other has shared; one page."""
    round_row(request.actor, number)
    return Page[ScenarioOut](items=[_scenario(one) for one in scenarios(request.actor, number)])


@router.get("/rounds/{number}/scenarios/{scenario_id}", response={200: FollowedOut, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_COMMITTEE)
def get_scenario(request: Request, number: int, scenario_id: int) -> FollowedOut:
    """What a scenario asks for: value and both ends of the 95 % interval of each."""
    row = round_row(request.actor, number)
    kept = scenario(request.actor, number, scenario_id)
    found = followed(request.actor, number, kept.target_percent)
    told = found.told
    return FollowedOut(
        scenario=_scenario(kept),
        synthetic=row.synthetic,
        rates_nok=_ranges(told.rates_nok) if told else {},
        state_nok=_ranges(told.state_nok) if told else {},
        groups_nok={name: _ranges(one.group_nok) for name, one in found.groups.items()},
        groups_coverage={n: _ranges({one.group: one.then for one in g}) for n, g in found.covered.items()},
        groups_left_nok={
            n: _ranges({one.group: one.left_nok for one in g}) for n, g in found.covered.items()
        },
    )


@router.post("/rounds/{number}/scenarios", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_COMMITTEE)
def post_scenario(request: Request, number: int, body: ScenarioIn) -> Stored:
    """Keep a target for the own party."""
    made = make_expenditure_scenario(
        request.actor, round_id=number, name=body.name, target_percent=body.target_percent
    )
    return Stored(id=made)


@router.post("/scenarios/{scenario_id}/sharing", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_COMMITTEE)
def post_sharing(request: Request, scenario_id: int) -> Stored:
    """Show it to the other party, for good."""
    return Stored(id=share_expenditure_scenario(request.actor, scenario_id=scenario_id))


@router.delete("/scenarios/{scenario_id}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_COMMITTEE)
def delete_scenario(request: Request, scenario_id: int) -> Stored:
    """Forget a scenario that was never shared."""
    return Stored(id=drop_expenditure_scenario(request.actor, scenario_id=scenario_id))


def _scenario(row: ScenarioRow) -> ScenarioOut:
    return ScenarioOut(
        id=row.id, party=row.party, name=row.name, target_percent=row.target_percent, made_at=row.made_at,
        shared_at=row.shared_at,
    )  # fmt: skip


def _ranges(told: Any) -> dict[str, list[float | None]]:
    return {str(name): [one.value, one.low95, one.high95] for name, one in told.items()}
