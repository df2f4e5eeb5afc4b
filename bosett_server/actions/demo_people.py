"""From the synthetic population to rows: households, persons, stays, interviews, assignments, settlements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from bosett.followup.problem import Item, ReasonWithout
from bosett.registry import sort_key
from bosett.scenario import population as synthetic
from bosett.scenario.history import ModelledHistory, ModelledProposal, Outcome
from bosett.scenario.population import Protection, Stage
from bosett.terms.groups import Track
from bosett_server.records.models import Assignment, Household, Interview, Person, Settlement, Stay

STATES = {
    Outcome.OPEN: "offered",
    Outcome.ACCEPTED: "accepted",
    Outcome.DECLINED: "declined",
    Outcome.EXPIRED: "expired",
}
HEARD_ABROAD = {item.value: ReasonWithout.HELD_ABROAD.value for item in Item}


@dataclass
class Rows:
    """Everything to store, in the order it must be stored."""

    households: list[Household] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)


def rows_of(
    history: ModelledHistory,
    centres: Mapping[UUID, int],
    interviewer: int,
    decider: int,
    answer_days: Mapping[Track, int],
) -> Rows:
    """The rows of a synthetic population as it stands on its day, with every proposal behind it.

    Households with a protected address that the generator has placed are held at `ready`: their
    places are sealed and opened by named users, which no generator does.
    """
    rows = Rows()
    population = history.population
    people: dict[UUID, list[synthetic.Person]] = defaultdict(list)
    for person in population.persons:
        people[person.household_id].append(person)
    homes = {one.id: one for one in population.households}
    for one in population.households:
        rows.households.append(_household(one, centres))
        rows.persons.extend(_person(p) for p in people[one.id])
        rows.stays.extend(_stays(one, centres))
        if one.days.ready is not None or one.days.interview is not None:
            children = any(p.role is not synthetic.Role.ADULT for p in people[one.id])
            rows.interviews.append(_interview(one, interviewer, children))
    for proposal in history.proposals:
        one = homes[proposal.household_id]
        if one.protection is not Protection.NONE:
            continue
        assignment = _assignment(one, proposal, decider, answer_days, population.today)
        rows.assignments.append(assignment)
        if assignment.state == "settled":
            rows.settlements.extend(_settlements(one, assignment, people[one.id], decider))
    return rows


def at(day: date, hour: int = 10) -> datetime:
    """A working hour on a day."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _stage(one: synthetic.Household) -> Stage:
    """Where the row begins; the trigger on assignments takes it further."""
    placed = one.stage in {Stage.PROPOSED, Stage.ASSIGNED, Stage.SETTLED}
    return Stage.READY if placed else one.stage


def _household(one: synthetic.Household, centres: Mapping[UUID, int]) -> Household:
    days = one.days
    held = one.protection is not Protection.NONE
    return Household(
        id=one.id,
        reference=one.reference,
        track=one.track.value,
        group=one.group.value,
        stage=_stage(one).value,
        persons_count=one.persons,
        language=one.language,
        needs=sorted(one.needs),
        wished=[str(code) for code in one.wishes] if days.interview is not None else [],
        link=one.link or "",
        protection=one.protection.value,
        arrived_on=days.arrival,
        permit_on=days.permit,
        ready_on=days.ready,
        settled_on=None if held else days.settled,
        centre_id=centres.get(one.centre_id) if one.centre_id else None,
        left_reason="withdrew" if one.stage is Stage.LEFT else "",
        synthetic=True,
    )


def _person(one: synthetic.Person) -> Person:
    return Person(
        id=one.id,
        household_id=one.household_id,
        given_name=one.given_name,
        family_name=one.family_name,
        name_sort_key=sort_key(f"{one.family_name} {one.given_name}"),
        birth_date=one.birth_date,
        sex=one.sex.value,
        citizenship=one.citizenship,
        duf_number=one.duf_number,
        national_id=one.national_id,
        basis=one.basis.value,
        role=one.role.value,
        single_adult=one.single_adult,
        unaccompanied_minor=one.unaccompanied,
        synthetic=True,
    )


def _stays(one: synthetic.Household, centres: Mapping[UUID, int]) -> Iterator[Stay]:
    if one.centre_id is None or one.centre_id not in centres or one.days.arrival is None:
        return
    held = one.protection is not Protection.NONE
    left = one.days.left or (None if held else one.days.settled)
    yield Stay(
        household_id=one.id, centre_id=centres[one.centre_id], arrived_on=one.days.arrival, left_on=left
    )


def _interview(one: synthetic.Household, interviewer: int, children: bool) -> Interview:
    held = one.days.interview or one.days.ready
    if held is None:
        raise ValueError(f"{one.reference} is heard without a day")
    if one.days.interview is None:
        return Interview(
            household_id=one.id, held_on=held, held_by_id=interviewer, interpreter="not_needed",
            missing=HEARD_ABROAD, closed_at=at(held, 15),
        )  # fmt: skip
    return Interview(
        household_id=one.id,
        held_on=held,
        held_by_id=interviewer,
        interpreter="used",
        interpreter_language=one.language,
        wishes=[str(code) for code in one.wishes],
        ties=[{"kind": tie.kind, "municipality": str(tie.municipality)} for tie in one.ties],
        health_consent=int(one.id.hex[-1], 16) % 8 != 0,
        child_best_interests="Syntetisk samtale: barnets beste er vurdert." if children else "",
        comment_invited_on=held,
        comment_due_on=held + timedelta(days=14),
        closed_at=at(held, 15),
    )


def _assignment(
    one: synthetic.Household,
    proposal: ModelledProposal,
    decider: int,
    answer_days: Mapping[Track, int],
    today: date,
) -> Assignment:
    state = STATES[proposal.outcome]
    counts = proposal.outcome is Outcome.ACCEPTED
    if counts and one.days.settled is not None:
        state = "settled"
    due = proposal.proposed + timedelta(days=answer_days[one.track])
    year = (one.days.settled if counts and one.days.settled else proposal.proposed).year
    return Assignment(
        household_id=one.id,
        municipality_id=proposal.municipality,
        year=today.year if state in {"offered", "accepted"} else year,
        group=one.group.value,
        persons=one.persons,
        state=state,
        track=one.track.value,
        reasons=[{"code": "modelled_history", "facts": {}}],
        card=_card(one),
        decided_by_id=decider,
        decided_at=at(proposal.proposed),
        # An offer still out on the day has its deadline today or later, so that it can be answered.
        answer_due_on=max(due, today) if state == "offered" else due,
        answered_at=at(proposal.answered, 13) if proposal.answered else None,
        decline_reason=proposal.reason if state == "declined" else "",
    )


def _card(one: synthetic.Household) -> dict[str, object]:
    return {
        "persons": one.persons,
        "track": one.track.value,
        "group": one.group.value,
        "language": one.language,
        "needs": sorted(one.needs),
    }


def _settlements(
    one: synthetic.Household,
    assignment: Assignment,
    people: list[synthetic.Person],
    recorder: int,
) -> Iterator[Settlement]:
    if one.days.settled is None:
        return
    for person in people:
        yield Settlement(
            person_id=person.id,
            municipality_id=assignment.municipality_id,
            assignment=assignment,
            settled_on=one.days.settled,
            recorded_by_id=recorder,
            recorded_at=at(one.days.settled, 14),
        )
