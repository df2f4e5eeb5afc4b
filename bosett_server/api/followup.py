"""The steps of a household's life over the API: heard, ready, what happens under way, settled, moved on."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.family_changes import (
    merge_households,
    register_birth,
    register_death,
    split_household,
)
from bosett_server.actions.interviews import (
    change_needs,
    hold_interview,
    mark_ready,
    record_heard_abroad,
    save_interview,
    withdraw_health_consent,
)
from bosett_server.actions.life_events import lose_permit, record_left, resolve_recheck
from bosett_server.actions.moves import record_move
from bosett_server.actions.protection import lift_protection, protect_address
from bosett_server.actions.settlements import agree_settlement_date, settle
from bosett_server.api.capacity import DayIn
from bosett_server.api.followup_shapes import (
    BirthIn,
    DateIn,
    DeathIn,
    DifferenceOut,
    InterviewIn,
    InterviewOut,
    Kept,
    KeptMany,
    LeftIn,
    ListIn,
    MergeIn,
    MoveIn,
    NeedsIn,
    Open,
    PermitLostIn,
    ProtectionIn,
    ReadyIn,
    RecheckIn,
    SettleIn,
    SplitIn,
    Tie,
)
from bosett_server.api.frame import PROBLEMS, Page, endpoint
from bosett_server.queries.household_head import household_head
from bosett_server.queries.interviews import interview_of
from bosett_server.queries.settlements import Key, compare_lines

router = Router()


@router.get("/households/{household}/interview", response={200: InterviewOut, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_VIEW)
def get_interview(request: Request, household: UUID, held: bool = False) -> InterviewOut:
    """The draft under way, or with `held` the one that counts."""
    household_head(request.actor, str(household), "interview_call")
    one = interview_of(request.actor, str(household), held=held)
    names = [name for name in InterviewOut.model_fields if name not in {"wishes", "ties"}]
    return InterviewOut(
        **{name: getattr(one, name) for name in names},
        wishes=[wish.code for wish in one.wishes],
        ties=[Tie(kind=tie.kind, municipality=tie.code) for tie in one.ties],
    )


@router.patch("/households/{household}/interview", response={200: Kept, **PROBLEMS})
@endpoint(Permission.INTERVIEW_HOLD)
def patch_interview(request: Request, household: UUID, body: InterviewIn) -> Kept:
    """Save answers in the draft."""
    answers = body.model_dump(exclude_unset=True)
    save_interview(request.actor, household=str(household), answers=answers)
    return Kept(id=household)


@router.post("/households/{household}/interview", response={200: Kept, **PROBLEMS})
@endpoint(Permission.INTERVIEW_HOLD)
def post_interview(request: Request, household: UUID, body: InterviewIn) -> Kept:
    """Save answers and hold the interview."""
    answers = body.model_dump(exclude_unset=True)
    hold_interview(request.actor, household=str(household), answers=answers)
    return Kept(id=household)


@router.post("/households/{household}/interview-abroad", response={200: Kept, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_READY)
def post_interview_abroad(request: Request, household: UUID, body: DayIn) -> Kept:
    """A resettlement refugee was interviewed abroad."""
    record_heard_abroad(request.actor, household=str(household), held_on=body.on)
    return Kept(id=household)


@router.delete("/households/{household}/health-consent", response={200: Kept, **PROBLEMS})
@endpoint(Permission.INTERVIEW_HOLD)
def delete_health_consent(request: Request, household: UUID) -> Kept:
    """The household withdraws its consent."""
    withdraw_health_consent(request.actor, household=str(household))
    return Kept(id=household)


@router.post("/households/{household}/ready", response={200: Kept, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_READY)
def post_ready(request: Request, household: UUID, body: ReadyIn) -> Kept:
    """Mark as ready, with needs as codes."""
    mark_ready(request.actor, household=str(household), **dict(body))
    return Kept(id=household)


@router.put("/households/{household}/needs", response={200: Kept, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_READY)
def put_needs(request: Request, household: UUID, body: NeedsIn) -> Kept:
    """Put the needs right."""
    change_needs(request.actor, household=str(household), needs=body.needs)
    return Kept(id=household)


@router.post("/households/{household}/birth", response={200: KeptMany, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_EVENT)
def post_birth(request: Request, household: UUID, body: BirthIn) -> KeptMany:
    """A child is born."""
    return KeptMany(persons=[UUID(register_birth(request.actor, household=str(household), **dict(body)))])


@router.post("/households/{household}/death", response={200: Kept, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_EVENT)
def post_death(request: Request, household: UUID, body: DeathIn) -> Kept:
    """Somebody has died."""
    register_death(request.actor, household=str(household), person=str(body.person), on=body.on)
    return Kept(id=household)


@router.post("/households/{household}/split", response={200: Kept, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_EVENT)
def post_split(request: Request, household: UUID, body: SplitIn) -> Kept:
    """Some become a household of their own; its id is given back."""
    people = [str(one) for one in body.persons]
    return Kept(id=UUID(split_household(request.actor, household=str(household), persons=people, on=body.on)))


@router.post("/households/{household}/merge", response={200: Kept, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_EVENT)
def post_merge(request: Request, household: UUID, body: MergeIn) -> Kept:
    """Another household's persons move in."""
    merge_households(request.actor, household=str(household), other=str(body.other), on=body.on)
    return Kept(id=household)


@router.post("/households/{household}/permit-lost", response={200: Kept, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_EVENT)
def post_permit_lost(request: Request, household: UUID, body: PermitLostIn) -> Kept:
    """A permit no longer stands."""
    people = [str(one) for one in body.persons]
    lose_permit(request.actor, household=str(household), on=body.on, persons=people)
    return Kept(id=household)


@router.post("/households/{household}/protection", response={200: Kept, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_PROTECT)
def post_protection(request: Request, household: UUID, body: ProtectionIn) -> Kept:
    """The address becomes protected, seen by those named only; or is no longer protected."""
    if body.kind == "none":
        lift_protection(request.actor, household=str(household))
    else:
        protect_address(request.actor, household=str(household), kind=body.kind, users=body.named_users)
    return Kept(id=household)


@router.post("/households/{household}/left", response={200: Kept, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_EVENT)
def post_left(request: Request, household: UUID, body: LeftIn) -> Kept:
    """Somebody has left."""
    people = [str(one) for one in body.persons]
    record_left(request.actor, household=str(household), on=body.on, reason=body.reason, persons=people)
    return Kept(id=household)


@router.post("/households/{household}/recheck", response={200: Open, **PROBLEMS})
@endpoint(Permission.HOUSEHOLD_READY)
def post_recheck(request: Request, household: UUID, body: RecheckIn) -> Open:
    """Somebody has looked again; the flags still open are given back."""
    return Open(recheck=resolve_recheck(request.actor, household=str(household), codes=body.codes))


@router.put("/households/{household}/date", response={200: Kept, **PROBLEMS})
@endpoint(Permission.SETTLEMENT_DATE)
def put_date(request: Request, household: UUID, body: DateIn) -> Kept:
    """Agree on a settlement date, or change it."""
    exceptions = {str(one.person): (one.on, one.reason) for one in body.exceptions}
    agree_settlement_date(
        request.actor, household=str(household), day=body.day, exceptions=exceptions, version=body.version
    )
    return Kept(id=household)


@router.post("/households/{household}/settlements", response={200: KeptMany, **PROBLEMS})
@endpoint(Permission.SETTLEMENT_RECORD)
def post_settlements(request: Request, household: UUID, body: SettleIn) -> KeptMany:
    """Record who has arrived: a fact, once per person."""
    people = {str(one.person): one.settled_on for one in body.persons}
    return KeptMany(
        persons=[UUID(one) for one in settle(request.actor, household=str(household), persons=people)]
    )


@router.post("/households/{household}/moves", response={200: KeptMany, **PROBLEMS})
@endpoint(Permission.MOVE_RECORD)
def post_moves(request: Request, household: UUID, body: MoveIn) -> KeptMany:
    """Record a secondary move."""
    people = [str(one) for one in body.persons]
    moved = record_move(
        request.actor, household=str(household), persons=people, to=body.to, registered_on=body.registered_on
    )
    return KeptMany(persons=[UUID(one) for one in moved])


@router.post("/reconciliation", response={200: Page[DifferenceOut], **PROBLEMS})
@endpoint(Permission.SETTLEMENT_RECORD)
def post_reconciliation(request: Request, body: ListIn) -> Page[DifferenceOut]:
    """Hold a municipality's own list against the register; nothing is stored."""
    lines = [(one.key, one.settled_on) for one in body.lines]
    found = compare_lines(request.actor, body.municipality, body.year, Key(body.key), lines)
    return Page[DifferenceOut](
        items=[
            DifferenceOut(
                key=one.person_id,
                difference=one.difference.value,
                listed_on=one.listed.settled_on if one.listed else None,
                registered_on=one.registered.settled_on if one.registered else None,
            )
            for one in found.differences
        ]
    )
