"""Proposals, cards, opened places and agreed self-settlement over the API."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema

from bosett.terms.errors import BadInput
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.assignment_undo import undo_decisions
from bosett_server.actions.assignments import decide_assignment, decide_assignments, withdraw_assignment
from bosett_server.actions.opened_places import open_places, withdraw_opened_places
from bosett_server.actions.placement_answers import (
    accept_assignment,
    answer_enquiry,
    ask_about_assignment,
    decline_assignment,
)
from bosett_server.actions.placement_work import run_placement
from bosett_server.actions.self_settlement import (
    answer_self_settlement,
    decide_self_settlement,
    register_self_settlement,
    withdraw_self_settlement,
)
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Limit, Page, Year, endpoint
from bosett_server.api.placement_shapes import (
    AnswerIn,
    AskIn,
    CardFull,
    CardOut,
    DecisionIn,
    DeclineIn,
    HomeIn,
    ManyIn,
    OpenIn,
    PlacesOut,
    ProposalOut,
    Stored,
    StoredMany,
    TakeBackIn,
    TakenBack,
    VersionIn,
    YesNoIn,
)
from bosett_server.queries.assignments import card_detail, cards
from bosett_server.queries.placement import Filters, desk
from bosett_server.queries.places import places_left

router = Router()
SHOWS = ("hard", "easy", "unplaced", "all")


@router.post("/runs/{year}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.PROPOSAL_RUN)
def post_run(request: Request, year: Year) -> Stored:
    """Propose a municipality for every household that is ready and heard."""
    return Stored(id=run_placement(request.actor, year=year))


@router.get("/proposals/{year}", response={200: Page[ProposalOut], **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def list_proposals(
    request: Request,
    year: Year,
    show: str = "all",
    doubt: str = "",
    cursor: str = "",
    limit: Limit = DEFAULT_LIMIT,
) -> Page[ProposalOut]:
    """Open proposals, the longest wait first."""
    if show not in SHOWS:
        raise BadInput(show, ", ".join(SHOWS), column="show")
    found = desk(request.actor, year, Filters(show=show, doubt=doubt, after=_after(cursor)), limit)
    items = [ProposalOut(**_plain(row, ProposalOut), doubts=list(row.doubts)) for row in found.rows]
    return Page[ProposalOut](items=items, next=_cursor(found.next))


@router.get("/places/{year}", response={200: Page[PlacesOut], **PROBLEMS})
@endpoint(Permission.VEDTAK_VIEW)
def list_places(request: Request, year: Year, municipality: str = "", group: str = "") -> Page[PlacesOut]:
    """What is left of every municipality's places."""
    rows = places_left(request.actor, year, municipality, group)
    names = [name for name in PlacesOut.model_fields if name != "vedtak"]
    items = [
        PlacesOut(**{name: getattr(row, name) for name in names}, vedtak=row.vedtak.value) for row in rows
    ]
    return Page[PlacesOut](items=items)


@router.post("/decisions", response={200: StoredMany, **PROBLEMS})
@endpoint(Permission.ASSIGNMENT_DECIDE)
def post_decisions(request: Request, body: ManyIn) -> StoredMany:
    """Decide proposals as they are: all, or none."""
    return StoredMany(ids=decide_assignments(request.actor, proposals=body.proposals))


@router.post("/decisions/undo", response={200: TakenBack, **PROBLEMS})
@endpoint(Permission.ASSIGNMENT_DECIDE)
def post_undo(request: Request, body: TakeBackIn) -> TakenBack:
    """Take one's own decisions of the last minute back: all, or none."""
    return TakenBack(count=undo_decisions(request.actor, assignments=body.assignments))


@router.post("/decision", response={200: Stored, **PROBLEMS})
@endpoint(Permission.ASSIGNMENT_DECIDE)
def post_decision(request: Request, body: DecisionIn) -> Stored:
    """Decide one household; another place than the proposed one needs a reason."""
    number = decide_assignment(
        request.actor, household=str(body.household), municipality=body.municipality, year=body.year,
        override_reason=body.override_reason, override_code=body.override_code,
    )  # fmt: skip
    return Stored(id=number)


@router.post("/offers/{number}/withdrawal", response={200: Stored, **PROBLEMS})
@endpoint(Permission.ASSIGNMENT_WITHDRAW)
def post_withdrawal(request: Request, number: int, body: DeclineIn) -> Stored:
    """Take an offer or an accepted assignment back."""
    stored = withdraw_assignment(
        request.actor, assignment=number, version=body.version, reason=body.reason, note=body.note
    )
    return Stored(id=stored)


@router.post("/questions/{number}/answer", response={200: Stored, **PROBLEMS})
@endpoint(Permission.ENQUIRY_ANSWER)
def post_answer(request: Request, number: int, body: AnswerIn) -> Stored:
    """Answer a municipality's question."""
    return Stored(id=answer_enquiry(request.actor, enquiry=number, text=body.text))


@router.get("/cards", response={200: Page[CardOut], **PROBLEMS})
@endpoint(Permission.CARD_VIEW)
def list_cards(
    request: Request, ended: bool = False, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[CardOut]:
    """The municipality's cards, the nearest deadline first."""
    found = cards(request.actor, ended=ended, after=_after(cursor), size=limit)
    return Page[CardOut](
        items=[CardOut(**_plain(row, CardOut)) for row in found.rows], next=_cursor(found.next)
    )


@router.get("/cards/{number}", response={200: CardFull, **PROBLEMS})
@endpoint(Permission.CARD_VIEW)
def get_card(request: Request, number: int) -> CardFull:
    """One card in full."""
    told = card_detail(request.actor, number)
    return CardFull(**_plain(told.row, CardOut), version=told.version, year=told.year, card=dict(told.card))


@router.post("/cards/{number}/acceptance", response={200: Stored, **PROBLEMS})
@endpoint(Permission.ASSIGNMENT_ANSWER)
def post_acceptance(request: Request, number: int, body: VersionIn) -> Stored:
    """Accept the household."""
    return Stored(id=accept_assignment(request.actor, assignment=number, version=body.version))


@router.post("/cards/{number}/refusal", response={200: Stored, **PROBLEMS})
@endpoint(Permission.ASSIGNMENT_ANSWER)
def post_refusal(request: Request, number: int, body: DeclineIn) -> Stored:
    """Decline the household with a coded reason."""
    stored = decline_assignment(
        request.actor, assignment=number, version=body.version, reason=body.reason, note=body.note
    )
    return Stored(id=stored)


@router.post("/cards/{number}/question", response={200: Stored, **PROBLEMS})
@endpoint(Permission.ASSIGNMENT_ANSWER)
def post_question(request: Request, number: int, body: AskIn) -> Stored:
    """Ask IMDi before answering."""
    asked = ask_about_assignment(request.actor, assignment=number, question=body.question, text=body.text)
    return Stored(id=asked)


@router.post("/openings/{year}/{municipality}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.PLACES_OPEN)
def post_opening(request: Request, year: Year, municipality: str, body: OpenIn) -> Stored:
    """Open places above or before the vedtak."""
    number = open_places(
        request.actor, municipality=municipality, year=year, number=body.number, reason=body.reason, group=body.group,
        household=str(body.household or ""), sealed=body.sealed,
    )  # fmt: skip
    return Stored(id=number)


@router.post("/opening/{number}/withdrawal", response={200: Stored, **PROBLEMS})
@endpoint(Permission.PLACES_OPEN)
def post_opening_withdrawal(request: Request, number: int) -> Stored:
    """Close opened places again; what is assigned stays."""
    return Stored(id=withdraw_opened_places(request.actor, opening=number))


@router.post("/self-settlements", response={200: Stored, **PROBLEMS})
@endpoint(Permission.SELF_SETTLEMENT_REGISTER)
def post_self_settlement(request: Request, body: HomeIn) -> Stored:
    """Ask a municipality about a home that a household found."""
    asked = register_self_settlement(
        request.actor,
        household=str(body.household),
        municipality=body.municipality,
        lease_from=body.lease_from,
    )
    return Stored(id=asked)


@router.post("/self-settlements/{number}/answer", response={200: Stored, **PROBLEMS})
@endpoint(Permission.SELF_SETTLEMENT_ANSWER)
def post_self_settlement_answer(request: Request, number: int, body: YesNoIn) -> Stored:
    """The municipality's yes, or no with a coded reason."""
    stored = answer_self_settlement(
        request.actor, self_settlement=number, approve=body.approve, reason=body.reason
    )
    return Stored(id=stored)


@router.post("/self-settlements/{number}/decision", response={200: Stored, **PROBLEMS})
@endpoint(Permission.ASSIGNMENT_DECIDE)
def post_self_settlement_decision(request: Request, number: int) -> Stored:
    """Assign the household to the municipality that said yes; gives the assignment's id."""
    return Stored(id=decide_self_settlement(request.actor, self_settlement=number))


@router.post("/self-settlements/{number}/withdrawal", response={200: Stored, **PROBLEMS})
@endpoint(Permission.SELF_SETTLEMENT_REGISTER)
def post_self_settlement_withdrawal(request: Request, number: int) -> Stored:
    """Withdraw a request that is not decided."""
    return Stored(id=withdraw_self_settlement(request.actor, self_settlement=number))


def _plain(row: Any, shape: type[Schema]) -> dict[str, Any]:
    """The row's fields that the shape has, lists made of tuples."""
    lists = {"needs", "doubts"}
    return {name: getattr(row, name) for name in shape.model_fields if name not in lists} | {
        "needs": list(row.needs)
    }


def _after(cursor: str) -> str:
    found = Cursor.read(cursor)
    return found.after if found else ""


def _cursor(after: str) -> str:
    return Cursor(after).text() if after else ""
