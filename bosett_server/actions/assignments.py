"""A named person decides: this household is offered to this municipality, out of this year's places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bosett.followup.deadlines import answer_due
from bosett.placement.explain import OverrideCost
from bosett.rules.parameters import Parameters
from bosett.terms.errors import Refused
from bosett.terms.groups import Track
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.assignment_notices import close_notices, facts, to_municipality
from bosett_server.actions.card import card
from bosett_server.actions.household_notices import as_house
from bosett_server.actions.placement_choices import NEEDS_WORDS, OVERRIDE_CODES
from bosett_server.actions.placement_hosts import release_home
from bosett_server.actions.step import Done, action
from bosett_server.queries.decision_checks import link_broken, proposal_fault, why_not
from bosett_server.queries.decisions import place_name
from bosett_server.queries.override import override_cost_now
from bosett_server.queries.placement_pool import Candidate, candidates_of
from bosett_server.records.models import Assignment, Household, Municipality, Notice, Proposal

WITHDRAW_REASONS = (
    "household_changed",
    "permit_lost",
    "wrong_facts",
    "municipality_asked",
    "new_assessment",
    "other",
)
Logged = tuple[str, object, dict[str, object]]


@dataclass(frozen=True)
class Choice:
    """What is decided for one household, and why."""

    candidate: Candidate
    municipality: str
    year: int
    proposal: Proposal | None = None
    override_code: str = ""
    override_reason: str = ""
    cost: OverrideCost | None = None


@action(Permission.ASSIGNMENT_DECIDE)
def decide_assignments(actor: Actor, *, proposals: Sequence[int]) -> Done[list[int]]:
    """Every one of the proposals is decided as proposed, or none is.

    Raises Refused with the first reason found: `proposal_not_open`, `proposal_without_place`,
    `linked_must_go_together`, `not_heard`, `recheck_open`, `no_places_left`, …
    """
    wanted = set(proposals)
    if not wanted:
        raise Refused("nothing_chosen")
    rows = list(Proposal.objects.select_for_update(of=("self",)).select_related("household", "run", "home")
                .filter(pk__in=wanted).order_by("id"))  # fmt: skip
    if len(rows) != len(wanted):
        raise NotInSight("not_in_sight")
    choices = _choices(rows)
    stored = store_choices(actor, choices)
    Proposal.objects.filter(pk__in=wanted).update(state="decided", decided_at=clock.now())
    many: list[Logged] = [("assignment", one.pk, facts(one)) for one in stored]
    notices = [
        notice for one in stored for notice in to_municipality("card_received", one, one.answer_due_on)
    ]
    return Done(
        [one.pk for one in stored], about=("run", rows[0].run_id), facts={"assignments": len(stored)},
        notices=notices, many=many,
    )  # fmt: skip


@action(Permission.ASSIGNMENT_DECIDE)
def decide_assignment(
    actor: Actor, *, household: str, municipality: str, year: int, override_reason: str = "",
    override_code: str = "",
) -> Done[int]:  # fmt: skip
    """One household is offered to the municipality that the named person chose.

    Another place than the proposed one needs a coded reason (and words, where the code is `other`), and its
    exact cost is stored with it.  Raises Refused:
    `override_needs_reason`, `reason_not_known`, `not_heard`, `recheck_open`, `not_ready`, `no_places_left`, …
    """
    row = Household.objects.filter(pk=UUID(household), merged_into__isnull=True).first()
    if row is None:
        raise NotInSight("not_in_sight")
    place_name(municipality)
    proposed = (
        Proposal.objects.filter(household=row, state="open").values_list("municipality_id", flat=True).first()
    )
    reason, code = override_reason.strip(), override_code or ("other" if override_reason.strip() else "")
    if proposed != municipality:
        _check_override(row, code, reason)
    cost = override_cost_now(actor, year, row, municipality) if proposed != municipality else None
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("household", "home")
        .filter(household=row, state="open")
        .order_by("id")
        .first()
    )
    fault = proposal_fault(proposal) if proposal is not None and proposed == municipality else None
    if fault is not None:
        raise fault
    candidate = candidates_of([row], year, clock.today()).get(row.pk)
    if candidate is None:
        raise Refused("household_is_empty", {"household": row.reference})
    choice = Choice(candidate, municipality, year, proposal, code, reason, cost)
    (stored,) = store_choices(actor, [choice])
    if proposal is not None:
        Proposal.objects.filter(pk=proposal.pk).update(state="decided", decided_at=clock.now())
    told = facts(stored) | {"override": proposed != municipality}
    notices = to_municipality("card_received", stored, stored.answer_due_on)
    return Done(stored.pk, about=("assignment", stored.pk), facts=told, notices=notices)


@action(Permission.ASSIGNMENT_WITHDRAW)
def withdraw_assignment(
    actor: Actor, *, assignment: int, version: int, reason: str, note: str = ""
) -> Done[int]:
    """The offer or the accepted assignment is taken back; the household is ready again, the places are free.

    Raises Refused: `reason_not_known`, `assignment_has_ended`, `settled_is_not_withdrawn`.
    """
    one = Assignment.objects.select_related("municipality").filter(pk=assignment).first()
    if one is None:
        raise NotInSight("not_in_sight")
    if reason not in WITHDRAW_REASONS:
        raise Refused("reason_not_known", {"reason": reason[:40]})
    if one.state == "settled" or one.settlements.exists():
        raise Refused("settled_is_not_withdrawn")
    changed = Assignment.objects.filter(pk=one.pk, version=version, state__in=["offered", "accepted"]).update(
        state="withdrawn", version=version + 1, decline_reason=reason, decline_note=note.strip()
    )
    if not changed:
        raise Refused(
            "somebody_changed_it_meanwhile"
            if one.state in {"offered", "accepted"}
            else "assignment_has_ended"
        )
    release_home(actor, one)
    with acting(as_house(actor)):  # what the municipality was asked is done as well
        close_notices(one)
    notices: list[Notice] = to_municipality("card_withdrawn", one)
    return Done(one.pk, about=("assignment", one.pk), facts=facts(one) | {"reason": reason}, notices=notices)


def _check_override(row: Household, code: str, reason: str) -> None:
    if not code or (code == NEEDS_WORDS and not reason):
        raise Refused("override_needs_reason", {"household": row.reference})
    if code not in OVERRIDE_CODES:
        raise Refused("reason_not_known", {"reason": code[:40]})


def _choices(rows: Sequence[Proposal]) -> list[Choice]:
    year = rows[0].run.year
    candidates = candidates_of([row.household for row in rows], year, clock.today())
    broken = link_broken(rows, candidates)
    found = []
    for row in rows:
        fault = proposal_fault(row) or broken.get(row.household_id)
        if fault is not None:
            raise fault
        if row.household_id not in candidates:
            raise Refused("household_is_empty", {"household": row.household.reference})
        found.append(Choice(candidates[row.household_id], row.municipality_id or "", row.run.year, row))
    return found


def store_choices(actor: Actor, choices: Sequence[Choice]) -> list[Assignment]:
    """Insert in the order of municipalities, which is the order in which the database locks their places.

    Raises the first Refused that speaks against one of them.
    """
    today = clock.today()
    names = Municipality.objects.in_bulk({choice.municipality for choice in choices})
    rows = []
    for choice in sorted(choices, key=lambda c: (c.municipality, c.candidate.id)):
        due = answer_due(Track(choice.candidate.heard.row.track), today, Parameters.shipped()).last_day
        refusal = why_not(choice.candidate, choice.municipality, today, due)
        if refusal is not None:
            raise refusal
        rows.append(_assignment(actor, choice, today, due))
    stored = Assignment.objects.bulk_create(rows)
    for one in stored:
        one.municipality = names[one.municipality_id]
        one.sealed = any(c.candidate.heard.row.protection != "none" for c in choices
                         if c.candidate.heard.row.pk == one.household_id)  # fmt: skip
    return stored


def _assignment(actor: Actor, choice: Choice, today: date, due: date) -> Assignment:
    row, cost = choice.candidate.heard.row, choice.cost
    reasons = list(choice.proposal.reasons) if choice.proposal and not choice.override_code else []
    if choice.override_code:
        told: dict[str, object] = {"reason": choice.override_code}
        if cost:
            told["by_level"] = [list(level) for level in cost.by_level]
        reasons = [{"code": "override", "facts": told}]
    return Assignment(
        household_id=row.pk, municipality_id=choice.municipality, year=choice.year, group=row.group,
        persons=row.persons_count, track=row.track, proposal=choice.proposal, reasons=reasons,
        home_id=choice.proposal.home_id if choice.proposal and not choice.override_code else None,
        override_code=choice.override_code, override_reason=choice.override_reason,
        override_cost=cost.by_level[-1][1] if cost else None,
        card=card(choice.candidate, today), decided_by_id=actor.person, decided_at=clock.now(),
        answer_due_on=due,
    )  # fmt: skip
