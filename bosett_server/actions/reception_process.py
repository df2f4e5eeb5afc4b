"""Opening and closing a centre, step by step: the municipality is informed and heard, its approval is not needed."""

from __future__ import annotations

from datetime import date, timedelta

from bosett.capacity.process import CentreProcess as Process
from bosett.capacity.process import Direction, Event, ProcessStep
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.reception import announced, centre_to_change, closing
from bosett_server.actions.step import Done, action
from bosett_server.records.models import Centre, CentrePlaces, CentreProcess, CentreStep, Notice

MOST_ANSWER_DAYS = 180
LONGEST_WORDS, LONGEST_STATEMENT = 200, 2000


@action(Permission.CENTRE_MANAGE)
def start_process(
    actor: Actor,
    *,
    centre: int,
    direction: Direction,
    planned_on: date,
    answer_days: int,
    document: str,
    places: int | None = None,
    made_on: date | None = None,
) -> Done[int]:
    """A plan to open or close stands, UDI's alone until the municipality is informed; `made_on` None = today.

    Raises Refused: `already_announced`, `already_closing`, `closes_before_it_opens`, `closes_in_the_past`,
    `answer_days_out_of_range`, `told_or_document_missing`, `step_in_the_future`, `process_under_way`.
    """
    one, today = centre_to_change(centre), clock.today()
    _refuse_start(one, direction, planned_on, today)
    if not 0 <= answer_days <= MOST_ANSWER_DAYS:
        raise Refused("answer_days_out_of_range", {"most": MOST_ANSWER_DAYS})
    if not document.strip():
        raise Refused("told_or_document_missing")
    if (made_on or today) > today:
        raise Refused("step_in_the_future")
    if CentreProcess.objects.filter(centre=one, ended_on__isnull=True).exists():
        raise Refused("process_under_way")
    made = CentreProcess.objects.create(
        centre=one, municipality_id=one.municipality_id, direction=direction.value, name=one.name, kind=one.kind,
        places=places if places is not None else _places(one, planned_on), planned_on=planned_on,
        answer_days=answer_days, synthetic=one.synthetic,
    )  # fmt: skip
    _record(actor, made, Event(ProcessStep.PLANNED, made_on or today, "UDI", document.strip()))
    return Done(made.pk, about=("centre", one.pk), facts={"process": made.pk, "direction": direction.value})


@action(Permission.CENTRE_MANAGE)
def take_step(
    actor: Actor, *, process: int, step: ProcessStep, on: date, told: str, document: str
) -> Done[int]:
    """The step stands with its day, who was told and the document; an announcement takes effect at once.

    Raises Refused: `process_is_over`, `step_in_the_future`, `told_or_document_missing`, `places_after_closing`, and
    those of `bosett.capacity.process.CentreProcess.with_event`.
    """
    one = _process(process)
    if on > clock.today():
        raise Refused("step_in_the_future")
    if not told.strip() or not document.strip():
        raise Refused("told_or_document_missing")
    event = Event(step, on, told.strip()[:LONGEST_WORDS], document.strip()[:LONGEST_WORDS])
    after = _as_library(one).with_event(event)
    notices = _effects(one, after, event)
    _record(actor, one, event)
    return Done(
        one.pk,
        about=("centre", one.centre_id),
        facts={"process": one.pk, "step": step.value, "on": on.isoformat()},
        notices=notices,
    )


@action(Permission.CENTRE_CONSULT)
def give_statement(actor: Actor, *, process: int, statement: str, document: str = "") -> Done[int]:
    """The municipality is heard: what it says stands in its own words, and UDI is told.

    Raises Refused: `process_is_over`, `statement_missing`, `step_taken_before`.
    """
    one = _process(process)
    if one.municipality_id not in actor.municipalities:
        raise NotInSight("not_in_sight")
    words = statement.strip()[:LONGEST_STATEMENT]
    if not words:
        raise Refused("statement_missing")
    place = one.municipality.name
    event = Event(ProcessStep.CONSULTED, clock.today(), "UDI", document.strip()[:LONGEST_WORDS] or place)
    if CentreStep.objects.filter(process=one, step=event.step.value).exists():
        raise Refused("step_taken_before")
    _record(actor, one, event, words)
    facts: dict[str, object] = {"municipality": place, "centre": one.name}
    told = Notice(
        code="centre_process_answered", to_role=Role.UDI_RECEPTION.value, facts=facts, url=_address(one)
    )
    return Done(one.pk, about=("centre", one.centre_id), facts={"process": one.pk}, notices=[told])


@action(Permission.CENTRE_MANAGE)
def give_up_process(actor: Actor, *, process: int) -> Done[int]:
    """The plan is given up before it was announced; the municipality is told if it had been informed.

    Raises Refused: `process_is_over`, `already_announced`.
    """
    one = _process(process)
    if one.announced_on is not None:
        raise Refused("already_announced", {"on": one.announced_on.isoformat()})
    CentreProcess.objects.filter(pk=one.pk).update(ended_on=clock.today(), given_up=True)
    notices = _to_municipality("centre_process_given_up", one, None) if one.informed_on else []
    return Done(one.pk, about=("centre", one.centre_id), facts={"process": one.pk}, notices=notices)


def _refuse_start(one: Centre, direction: Direction, planned_on: date, today: date) -> None:
    if direction is Direction.OPENING:
        if one.announced_on is not None:
            raise Refused("already_announced", {"on": one.announced_on.isoformat()})
        return
    if one.closes_on is not None:
        raise Refused("already_closing", {"on": one.closes_on.isoformat()})
    if planned_on <= one.opens_on:
        raise Refused("closes_before_it_opens")
    if planned_on < today:
        raise Refused("closes_in_the_past")


def _places(one: Centre, on: date) -> int | None:
    """Places the centre has around the day; None when none are set."""
    spans = CentrePlaces.objects.filter(centre=one, starts_on__lte=on).exclude(ends_on__lte=clock.today())
    counts = list(spans.values_list("count", flat=True))
    return sum(counts) if counts else None


def _process(process: int) -> CentreProcess:
    one = CentreProcess.objects.select_related("municipality").filter(pk=process).first()
    if one is None:
        raise NotInSight("not_in_sight")
    if one.ended_on is not None:
        raise Refused("process_is_over")
    return one


def _as_library(one: CentreProcess) -> Process:
    rows = CentreStep.objects.filter(process=one).order_by("on", "id")
    events = tuple(Event(ProcessStep(row.step), row.on, row.told, row.document) for row in rows)
    return Process(one.name, Direction(one.direction), one.answer_days, events)


def _record(actor: Actor, one: CentreProcess, event: Event, statement: str = "") -> None:
    CentreStep.objects.create(
        process=one, step=event.step.value, on=event.on, told=event.told, document=event.document,
        statement=statement, recorded_at=clock.now(), recorded_by_id=actor.user_id,
    )  # fmt: skip


def _effects(one: CentreProcess, after: Process, event: Event) -> list[Notice]:
    """What a step changes outside the process itself."""
    if event.step is ProcessStep.INFORMED:
        CentreProcess.objects.filter(pk=one.pk).update(informed_on=event.on)
        code = f"centre_process_informed_{one.direction}"
        return _to_municipality(code, one, event.on + timedelta(days=one.answer_days))
    if event.step is ProcessStep.ANNOUNCED:
        CentreProcess.objects.filter(pk=one.pk).update(announced_on=event.on)
        return _announce(one, after, event)
    if event.step is ProcessStep.DONE:
        CentreProcess.objects.filter(pk=one.pk).update(ended_on=event.on)
    return []


def _announce(one: CentreProcess, after: Process, event: Event) -> list[Notice]:
    centre = centre_to_change(one.centre_id)
    informed = after.day_of(ProcessStep.INFORMED) or event.on
    if one.direction == Direction.OPENING:
        return announced(centre, informed, event.on)
    heard = after.day_of(ProcessStep.CONSULTED) or informed
    papers = [
        row.document for row in after.events if row.step in (ProcessStep.CONSULTED, ProcessStep.INFORMED)
    ]
    return closing(centre, one.planned_on, heard, papers[-1])


def _to_municipality(code: str, one: CentreProcess, due: date | None) -> list[Notice]:
    facts = {
        "centre": one.name,
        "municipality": one.municipality.name,
        "on": one.planned_on.isoformat(),
    }
    return [
        Notice(
            code=code,
            to_role=role.value,
            municipality_id=one.municipality_id,
            facts=facts,
            url=_address(one),
            due_on=due,
        )
        for role in (Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER)
    ]


def _address(one: CentreProcess) -> str:
    return f"/reception/processes/{one.pk}/"
