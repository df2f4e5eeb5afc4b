"""Openings and closings step by step, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bosett.capacity.process import ORDER, Direction, ProcessStep
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.records.models import CentreProcess, CentreStep


@dataclass(frozen=True)
class StepView:
    """A step that was taken."""

    step: ProcessStep
    on: date
    told: str
    document: str
    statement: str


@dataclass(frozen=True)
class ProcessView:
    """One opening or closing.

    Parameters
    ----------
    order
        The steps that this reader may see, in order; plan, contract and notice are UDI's.
    open_steps
        The steps that can be taken now; UDI's to take.
    may_answer
        Whether the reader's municipality can still say what it thinks.
    """

    id: int
    centre: int
    name: str
    kind: str
    municipality: str
    municipality_name: str
    direction: Direction
    places: int | None
    planned_on: date
    answer_days: int
    informed_on: date | None
    announced_on: date | None
    ended_on: date | None
    given_up: bool
    synthetic: bool
    taken: tuple[StepView, ...]
    order: tuple[ProcessStep, ...]
    open_steps: tuple[ProcessStep, ...]
    may_answer: bool

    @property
    def answer_by(self) -> date | None:
        """The last day of the municipality's days to answer; None before it is informed."""
        return None if self.informed_on is None else self.informed_on + timedelta(days=self.answer_days)

    @property
    def may_still_answer(self) -> bool:
        """Whether the municipality is informed, and neither heard nor passed by an announcement or an end."""
        over = self.ended_on or self.announced_on or self.day_of(ProcessStep.CONSULTED)
        return self.informed_on is not None and not over

    def day_of(self, step: ProcessStep) -> date | None:
        """The day a step was taken."""
        return next((one.on for one in self.taken if one.step is step), None)


def processes(actor: Actor, *, open_only: bool = False) -> list[ProcessView]:
    """Every process in sight, the open ones first; two queries."""
    require(actor, Permission.CENTRE_VIEW)
    rows = CentreProcess.objects.select_related("municipality").order_by("-planned_on", "-id")
    if open_only:
        rows = rows.filter(ended_on__isnull=True)
    if actor.role in (Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER):
        rows = rows.filter(municipality_id__in=actor.municipalities)
    return sorted(_views(actor, list(rows)), key=lambda one: one.ended_on is not None)


def process_view(actor: Actor, process: int) -> ProcessView:
    """One process.  Raises NotInSight for one that is not there, or not yet for this reader."""
    require(actor, Permission.CENTRE_VIEW)
    row = CentreProcess.objects.select_related("municipality").filter(pk=process).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return _views(actor, [row])[0]


def _views(actor: Actor, rows: Sequence[CentreProcess]) -> list[ProcessView]:
    steps: dict[int, list[StepView]] = {}
    listed = CentreStep.objects.filter(process__in=[row.pk for row in rows]).order_by("on", "id")
    for one in listed:
        seen = StepView(ProcessStep(one.step), one.on, one.told, one.document, one.statement)
        steps.setdefault(one.process_id, []).append(seen)
    return [_view(actor, row, tuple(steps.get(row.pk, []))) for row in rows]


def _view(actor: Actor, row: CentreProcess, taken: tuple[StepView, ...]) -> ProcessView:
    direction = Direction(row.direction)
    mine = actor.may(Permission.CENTRE_MANAGE)
    hidden = (ProcessStep.PLANNED, ProcessStep.CONTRACT_SIGNED, ProcessStep.NOTICE_GIVEN)
    order = tuple(step for step in ORDER[direction] if mine or step not in hidden)
    done = {one.step for one in taken}
    runs = row.ended_on is None
    return ProcessView(
        id=row.pk, centre=row.centre_id, name=row.name, kind=row.kind, municipality=row.municipality_id,
        municipality_name=row.municipality.name, direction=direction, places=row.places, planned_on=row.planned_on,
        answer_days=row.answer_days, informed_on=row.informed_on, announced_on=row.announced_on,
        ended_on=row.ended_on, given_up=row.given_up, synthetic=row.synthetic, taken=taken, order=order,
        open_steps=_open(order, done) if mine and runs else (),
        may_answer=runs and actor.may(Permission.CENTRE_CONSULT) and row.informed_on is not None
        and ProcessStep.CONSULTED not in done,
    )  # fmt: skip


def _open(order: Sequence[ProcessStep], done: set[ProcessStep]) -> tuple[ProcessStep, ...]:
    """The first step not taken; and the next after hearing the municipality, whose days may have run out."""
    ahead = [step for step in order if step not in done]
    return tuple(ahead[: 2 if ahead[:1] == [ProcessStep.CONSULTED] else 1])
