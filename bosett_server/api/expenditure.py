"""The mapping of expenditure over the API: rounds, the own answer, estimates, scenarios."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Router, Schema

from bosett.expenditure.typed import Typed
from bosett.terms.errors import BadInput
from bosett_server.access import audit
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.request import Request
from bosett_server.actions.expenditure_answers import (
    approve_expenditure_answer,
    reopen_expenditure_answer,
    save_expenditure_answer,
    send_expenditure_answer,
)
from bosett_server.api.expenditure_rounds import router as steps
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Input, Limit, Page, endpoint, following
from bosett_server.queries.expenditure import RoundRow, asked_municipalities, baseline_of, round_row, rounds
from bosett_server.queries.expenditure_sheet import Sheet, log, sheet

router = Router()
router.add_router("", steps)


class RoundOut(Schema):
    """A round: whom it asks and where it stands; `synthetic` answers were made for the demo."""

    id: int
    year: int
    kind: str
    state: str
    asked: int
    frame: int
    approved: int
    seed: int
    answer_due_on: date
    synthetic: bool


class AskedOut(Schema):
    """One asked municipality; no persons where they are fewer than five."""

    municipality: str
    name: str
    stratum: str
    certainty: bool
    persons: Decimal | None
    state: str
    lines: int
    reminders: int


class LineOut(Schema):
    """One line as typed, the kroner it reads as, and what to look at."""

    area: str
    amount: str
    share: str
    whole: str
    explanation: str
    value: int | None
    flags: list[str]
    stops: bool


class SheetOut(Schema):
    """The questionnaire of one municipality; no lines where it is another's draft."""

    municipality: str
    state: str
    persons: Decimal
    total: int | None
    synthetic: bool
    lines: list[LineOut]
    flags: list[str]


class LogOut(Schema):
    """One entry of the revision log."""

    at: datetime
    by: str
    area: str
    step: str
    told: dict[str, Any]


class EstimatesOut(Schema):
    """The frozen estimates as `docs/methods/expenditure.md` describes them."""

    round: int
    year: int
    kind: str
    synthetic: bool
    estimator: str
    input_sha256: str
    library_version: str
    made_at: datetime
    result: dict[str, Any]


class LineIn(Input):
    """One line as somebody types it: an amount, or a share in per cent and the whole."""

    area: str
    amount: str = ""
    share: str = ""
    whole: str = ""
    explanation: str = ""


class AnswerIn(Input):
    """Lines to save; those that are not given stand as before."""

    lines: list[LineIn]


class ReasonIn(Input):
    """Why an answer is reopened."""

    reason: str


class Saved(Schema):
    """How many lines were changed."""

    changed: int


class Stored(Schema):
    """The id of what was stored."""

    id: int


@router.get("/rounds", response={200: Page[RoundOut], **PROBLEMS})
@endpoint(Permission.EXPENDITURE_VIEW)
def list_rounds(request: Request, cursor: str = "", limit: Limit = DEFAULT_LIMIT) -> Page[RoundOut]:
    """Every round in sight, newest first by number."""
    after = Cursor.read_number(cursor)
    rows = sorted(rounds(request.actor), key=lambda one: -one.id)
    shown = [one for one in rows if not after or one.id < after][:limit]
    return Page[RoundOut](
        items=[_round(one) for one in shown], next=following(shown, limit, lambda row: row.id)
    )


@router.get("/rounds/{number}/municipalities", response={200: Page[AskedOut], **PROBLEMS})
@endpoint(Permission.EXPENDITURE_COMMITTEE)
def list_asked(
    request: Request, number: int, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[AskedOut]:
    """Whom a round asks and where each stands, in order of code."""
    round_row(request.actor, number)
    place = Cursor.read(cursor)
    rows = sorted(asked_municipalities(request.actor, number), key=lambda one: one.municipality)
    shown = [one for one in rows if place is None or one.municipality > place.after][:limit]
    items = [
        AskedOut(
            municipality=one.municipality, name=one.name, stratum=one.stratum, certainty=one.certainty,
            persons=one.persons, state=one.state, lines=one.answered, reminders=one.reminders,
        )
        for one in shown
    ]  # fmt: skip
    return Page[AskedOut](items=items, next=following(shown, limit, lambda row: row.municipality))


@router.get("/rounds/{number}/answers/{municipality}", response={200: SheetOut, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_OWN)
def get_answer(request: Request, number: int, municipality: str) -> SheetOut:
    """The questionnaire as it stands."""
    return _sheet(sheet(request.actor, number, municipality))


@router.get("/rounds/{number}/answers/{municipality}/log", response={200: Page[LogOut], **PROBLEMS})
@endpoint(Permission.EXPENDITURE_OWN)
def list_log(request: Request, number: int, municipality: str) -> Page[LogOut]:
    """The newest entries of the revision log; one page."""
    rows = log(request.actor, number, municipality)
    return Page[LogOut](
        items=[LogOut(at=r.at, by=r.by, area=r.area, step=r.step, told=dict(r.told)) for r in rows]
    )


@router.put("/rounds/{number}/answers/{municipality}", response={200: Saved, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_ANSWER)
def put_answer(request: Request, number: int, municipality: str, body: AnswerIn) -> Saved:
    """Keep lines as they are typed, right or wrong."""
    areas = [one.area for one in body.lines]
    if len(set(areas)) != len(areas):
        raise BadInput("a line twice", "each line once", column="lines")
    typed = [Typed(one.area, one.amount, one.share, one.whole, one.explanation) for one in body.lines]
    changed = save_expenditure_answer(
        request.actor, round_id=number, municipality=municipality, typed=typed, via="api"
    )
    return Saved(changed=changed)


@router.post("/rounds/{number}/answers/{municipality}/sending", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_ANSWER)
def post_sending(request: Request, number: int, municipality: str) -> Stored:
    """Send it for another person of the municipality to approve."""
    return Stored(id=send_expenditure_answer(request.actor, round_id=number, municipality=municipality))


@router.post("/rounds/{number}/answers/{municipality}/approval", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_APPROVE)
def post_approval(request: Request, number: int, municipality: str) -> Stored:
    """Stand for it on the municipality's behalf."""
    return Stored(id=approve_expenditure_answer(request.actor, round_id=number, municipality=municipality))


@router.post("/rounds/{number}/answers/{municipality}/reopening", response={200: Stored, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_REOPEN)
def post_reopening(request: Request, number: int, municipality: str, body: ReasonIn) -> Stored:
    """Make it changeable again, and say why."""
    row = reopen_expenditure_answer(
        request.actor, round_id=number, municipality=municipality, reason=body.reason
    )
    return Stored(id=row)


@router.get("/rounds/{number}/estimates", response={200: EstimatesOut, **PROBLEMS})
@endpoint(Permission.EXPENDITURE_VIEW)
def get_estimates(request: Request, number: int) -> EstimatesOut:
    """The frozen estimates of a closed round."""
    row, baseline = round_row(request.actor, number), baseline_of(request.actor, number)
    if baseline is None:
        raise NotInSight("not_in_sight")
    audit.append("read_expenditure_estimates", ("expenditure_round", number), {}, "read")
    return EstimatesOut(
        round=row.id, year=row.year, kind=row.kind, synthetic=row.synthetic, estimator=baseline.estimator,
        input_sha256=baseline.input_sha256, library_version=baseline.library_version, made_at=baseline.made_at,
        result=baseline.result,
    )  # fmt: skip


def _round(row: RoundRow) -> RoundOut:
    return RoundOut(
        id=row.id, year=row.year, kind=row.kind, state=row.state, asked=row.asked, frame=row.frame,
        approved=row.approved, seed=row.seed, answer_due_on=row.answer_due_on, synthetic=row.synthetic,
    )  # fmt: skip


def _sheet(told: Sheet) -> SheetOut:
    lines = [
        LineOut(
            area=area, amount=one.amount, share=one.share, whole=one.whole, explanation=one.explanation,
            value=told.values.get(area), flags=[flag.code for flag in told.flags if flag.area == area],
            stops=any(flag.stops for flag in told.flags if flag.area == area),
        )
        for area, one in told.typed.items()
    ]  # fmt: skip
    return SheetOut(
        municipality=told.municipality, state=told.state, synthetic=told.round.synthetic,
        persons=Decimal(told.persons.numerator) / Decimal(told.persons.denominator), total=told.total, lines=lines,
        flags=[flag.code for flag in told.flags if not flag.area],
    )  # fmt: skip
