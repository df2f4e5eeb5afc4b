"""One step of a household's case: allowed from here, and what is true afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bosett.followup import steps
from bosett.followup.hearing import missing_items
from bosett.followup.problem import Case, Item, Proposal, Stage
from bosett.followup.steps import AnyStep
from bosett.terms.errors import Refused

BEFORE_SETTLED = frozenset(Stage) - {Stage.SETTLED, Stage.MOVED, Stage.LEFT}
WITH_MUNICIPALITY = frozenset({Stage.PROPOSED, Stage.ASKED})

TRANSITIONS: Mapping[type[AnyStep], tuple[frozenset[Stage], Stage | None, str]] = {
    steps.Interviewed: (
        frozenset({Stage.IN_RECEPTION, Stage.INTERVIEWED, Stage.READY}),
        None,
        "hearing_is_closed",
    ),
    steps.MarkedReady: (frozenset({Stage.INTERVIEWED}), Stage.READY, "not_interviewed"),
    steps.Proposed: (frozenset({Stage.READY}), Stage.PROPOSED, "not_ready"),
    steps.Accepted: (WITH_MUNICIPALITY, Stage.ACCEPTED, "no_open_proposal"),
    steps.Declined: (WITH_MUNICIPALITY, Stage.DECLINED, "no_open_proposal"),
    steps.Asked: (frozenset({Stage.PROPOSED}), Stage.ASKED, "no_open_proposal"),
    steps.QuestionAnswered: (frozenset({Stage.ASKED}), Stage.PROPOSED, "no_open_question"),
    steps.Expired: (WITH_MUNICIPALITY, Stage.EXPIRED, "no_open_proposal"),
    steps.ReturnedToPool: (
        frozenset({Stage.PROPOSED, Stage.ASKED, Stage.DECLINED, Stage.EXPIRED, Stage.ACCEPTED})
        | {Stage.ASSIGNED, Stage.DATE_AGREED},
        Stage.READY,
        "nothing_to_return",
    ),
    steps.Assigned: (frozenset({Stage.ACCEPTED}), Stage.ASSIGNED, "not_accepted"),
    steps.DateAgreed: (frozenset({Stage.ASSIGNED, Stage.DATE_AGREED}), Stage.DATE_AGREED, "not_assigned"),
    steps.Settled: (frozenset({Stage.DATE_AGREED, Stage.SETTLED}), None, "settlement_before_assignment"),
    steps.MovedOn: (frozenset({Stage.SETTLED, Stage.MOVED}), Stage.MOVED, "not_settled"),
    steps.Left: (frozenset(Stage) - {Stage.LEFT}, Stage.LEFT, "has_left"),
}
"""Step -> (stages it starts from, stage it leads to or None when it depends, refusal code)."""


def allowed_steps(stage: Stage) -> tuple[type[AnyStep], ...]:
    """The steps that can be tried from a stage (each has further conditions)."""
    return tuple(step for step, (sources, _, _) in TRANSITIONS.items() if stage in sources)


def advance(case: Case, step: AnyStep) -> Case:
    """The case after the step.

    Promise: the persons are the same before and after; a refused step changes nothing.

    Raises
    ------
    Refused
        With a code that says which condition is not met.
    """
    sources, _, code = TRANSITIONS[type(step)]
    if isinstance(step, steps.Settled) and case.stage in (Stage.ASSIGNED,):
        raise Refused("no_date_agreed", {"stage": case.stage})
    if case.stage not in sources:
        raise Refused(code, {"stage": case.stage})
    if case.since is not None and step.on < case.since:
        raise Refused("before_last_step", {"day": step.on.isoformat(), "last": case.since.isoformat()})
    if not case.permit_valid and not isinstance(step, steps.Left | steps.ReturnedToPool):
        raise Refused("no_valid_permit")
    return _APPLY[type(step)](case, step)


def _to(case: Case, step: AnyStep) -> Case:
    stage = TRANSITIONS[type(step)][1]
    return replace(case, stage=stage or case.stage, since=step.on)


def _interviewed(case: Case, step: steps.Interviewed) -> Case:
    hearing = {**case.hearing, **step.hearing}
    if Item.INTERVIEW not in hearing:
        raise Refused("interview_not_held")
    later = [item for item, heard in step.hearing.items() if heard.on is not None and heard.on > step.on]
    if later:
        raise Refused("heard_in_the_future", {"item": later[0]})
    stage = Stage.INTERVIEWED if case.stage is Stage.IN_RECEPTION else case.stage
    return replace(case, stage=stage, since=step.on, hearing=hearing)


def _proposed(case: Case, step: steps.Proposed) -> Case:
    if step.answer_due < step.on:
        raise Refused("deadline_before_proposal", {"due": step.answer_due.isoformat()})
    proposal = Proposal(step.municipality_id, step.on, step.answer_due)
    return replace(_to(case, step), proposal=proposal)


def _open_proposal(case: Case, municipality_id: str, on: date) -> None:
    if case.proposal is None or case.proposal.municipality_id != municipality_id:
        raise Refused("not_proposed_here", {"municipality": municipality_id})
    if on > case.proposal.answer_due and case.stage is Stage.PROPOSED:
        raise Refused("proposal_expired", {"due": case.proposal.answer_due.isoformat()})


def _answered(case: Case, step: steps.Accepted | steps.Declined | steps.Asked) -> Case:
    _open_proposal(case, step.municipality_id, step.on)
    if isinstance(step, steps.Declined) and not step.reason:
        raise Refused("decline_without_reason")
    return _to(case, step)


def _question_answered(case: Case, step: steps.QuestionAnswered) -> Case:
    if case.proposal is None or step.answer_due < step.on:
        raise Refused("deadline_before_proposal", {"due": step.answer_due.isoformat()})
    return replace(_to(case, step), proposal=replace(case.proposal, answer_due=step.answer_due))


def _expired(case: Case, step: steps.Expired) -> Case:
    if case.proposal is None or step.on <= case.proposal.answer_due:
        raise Refused("deadline_not_passed")
    if case.stage is Stage.ASKED:
        raise Refused("question_open")
    return _to(case, step)


def _returned(case: Case, step: steps.ReturnedToPool) -> Case:
    if not step.reason and case.stage not in (Stage.DECLINED, Stage.EXPIRED):
        raise Refused("return_without_reason")
    return replace(_to(case, step), proposal=None, municipality_id=None, decided_on=None, dates=None)


def _assigned(case: Case, step: steps.Assigned) -> Case:
    if case.proposal is None or case.proposal.municipality_id != step.municipality_id:
        raise Refused("not_accepted_here", {"municipality": step.municipality_id})
    missing = missing_items(case, step.on)
    if missing:
        raise Refused("not_heard", {"missing": ",".join(missing)})
    return replace(_to(case, step), municipality_id=step.municipality_id, decided_on=step.on)


def _date_agreed(case: Case, step: steps.DateAgreed) -> Case:
    persons = {one.person_id for one in case.persons}
    unknown = set(step.dates.exceptions) - persons
    if unknown:
        raise Refused("exception_for_stranger", {"count": len(unknown)})
    days = [step.dates.day, *(day for day, _ in step.dates.exceptions.values())]
    if case.decided_on is None or min(days) < case.decided_on:
        raise Refused("date_before_decision")
    if any(not reason for _, reason in step.dates.exceptions.values()):
        raise Refused("exception_without_reason")
    return replace(_to(case, step), dates=step.dates)


def _settled(case: Case, step: steps.Settled) -> Case:
    of = {one.person_id: one for one in case.persons}
    for person_id in step.person_ids:
        if person_id not in of:
            raise Refused("not_of_the_household")
        if of[person_id].settled_on is not None:
            raise Refused("settled_twice")
    if not step.person_ids:
        raise Refused("nobody_settled")
    if case.decided_on is None or step.on < case.decided_on:
        raise Refused("settlement_before_assignment")
    persons = tuple(
        replace(one, settled_on=step.on) if one.person_id in step.person_ids else one for one in case.persons
    )
    whole = all(one.settled_on is not None for one in persons)
    return replace(case, persons=persons, since=step.on, stage=Stage.SETTLED if whole else Stage.DATE_AGREED)


def _moved(case: Case, step: steps.MovedOn) -> Case:
    if step.to_municipality_id == case.municipality_id:
        raise Refused("same_municipality", {"municipality": step.to_municipality_id})
    return replace(_to(case, step), municipality_id=step.to_municipality_id)


def _left(case: Case, step: steps.Left) -> Case:
    if not step.reason:
        raise Refused("leave_without_reason")
    return _to(case, step)


_APPLY: dict[type[AnyStep], Callable[..., Case]] = {
    steps.Interviewed: _interviewed,
    steps.MarkedReady: _to,
    steps.Proposed: _proposed,
    steps.Accepted: _answered,
    steps.Declined: _answered,
    steps.Asked: _answered,
    steps.QuestionAnswered: _question_answered,
    steps.Expired: _expired,
    steps.ReturnedToPool: _returned,
    steps.Assigned: _assigned,
    steps.DateAgreed: _date_agreed,
    steps.Settled: _settled,
    steps.MovedOn: _moved,
    steps.Left: _left,
}
