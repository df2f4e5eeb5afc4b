"""A round of the mapping of expenditure: planned and drawn, opened, reminded of, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from bosett import __version__
from bosett.expenditure.findings import findings
from bosett.expenditure.questionnaire import AREAS
from bosett.terms.errors import BadInput, NoAnswer, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.expenditure_draw import Drawn, drawn
from bosett_server.actions.step import Done, action
from bosett_server.queries.expenditure import last_panel, persons_of_service, strata
from bosett_server.queries.expenditure_survey import fingerprint, persons_by_year, round_input
from bosett_server.records.models import (
    ExpenditureBaseline,
    ExpenditureFrameRow,
    ExpenditureResponse,
    ExpenditureRound,
    Municipality,
    Notice,
)

FIRST_YEAR, LAST_YEAR = 1991, 2100
REMIND_BEFORE = timedelta(days=14)
REMIND_EVERY = timedelta(days=7)
FROM_SERVICE = "Bosatte i Bosett etter bosettingsår; flytting etter bosetting er ikke regnet med"
Persons = Mapping[str, Mapping[int, Decimal]]
"""Municipality -> residence year -> persons; year 0 where the year is not known."""


@action(Permission.EXPENDITURE_MANAGE)
def plan_expenditure_round(
    actor: Actor,
    *,
    year: int,
    kind: str,
    asked: int,
    minimum: int,
    overlap_percent: int,
    answer_due_on: date,
    seed: int | None = None,
    persons: Persons | None = None,
    frame_source: str = "",
    synthetic: bool = False,
) -> Done[int]:
    """A round is planned and its sample drawn; it may be planned anew until it is opened.

    Without `persons` the frame is what this service has settled; without `seed` last year's is used, so that
    the panel stays.  Raises Refused: `expenditure_year_out_of_range`, `expenditure_kind_unknown`,
    `expenditure_due_passed`, `expenditure_round_exists`, `expenditure_frame_empty`, `expenditure_frame_unknown`,
    `expenditure_sample_impossible`.
    """
    _check_plan(year, kind, answer_due_on)
    before, panel = last_panel(kind, year)
    chosen = seed if seed is not None else before if before is not None else year
    frame = persons if persons is not None else _from_service(year, kind)
    codes = set(Municipality.objects.values_list("code", flat=True))
    if unknown := sorted(set(frame) - codes):
        raise Refused("expenditure_frame_unknown", {"municipality": unknown[0]})
    sizes = {code: sum(frame.get(code, {}).values(), Decimal(0)) for code in codes}
    if not any(sizes.values()):
        raise Refused("expenditure_frame_empty")
    rows = _draw(sizes, asked, minimum, overlap_percent, chosen, panel)
    ExpenditureRound.objects.filter(year=year, kind=kind, state="planned").delete()
    if ExpenditureRound.objects.filter(year=year, kind=kind).exists():
        raise Refused("expenditure_round_exists", {"year": year})
    made = ExpenditureRound.objects.create(
        year=year, kind=kind, seed=chosen, asked=asked, minimum=minimum, overlap_percent=overlap_percent,
        answer_due_on=answer_due_on, frame_source=frame_source.strip() or FROM_SERVICE, synthetic=synthetic,
        planned_by_id=actor.user_id, planned_at=clock.now(),
    )  # fmt: skip
    ExpenditureFrameRow.objects.bulk_create(
        ExpenditureFrameRow(
            round=made, municipality_id=one.municipality, stratum=one.stratum,
            eligible_persons=sizes[one.municipality],
            persons_by_year={str(y): float(many) for y, many in sorted(frame.get(one.municipality, {}).items()) if y},
            sampled=one.sampled, certainty=one.certain, panel=one.municipality in panel,
            weight_of=one.weight_of, weight_drawn=one.weight_drawn,
        )
        for one in rows
    )  # fmt: skip
    facts = {"year": year, "kind": kind, "asked": asked, "seed": chosen}
    return Done(made.pk, about=("expenditure_round", made.pk), facts=facts)


@action(Permission.EXPENDITURE_MANAGE)
def open_expenditure_round(actor: Actor, *, round_id: int) -> Done[int]:
    """The sample stands still, and every asked municipality has a questionnaire and a notice.

    Raises Refused: `expenditure_round_not_planned`, `expenditure_due_passed`.
    """
    row = _round(round_id)
    if row.state != "planned":
        raise Refused("expenditure_round_not_planned")
    if row.answer_due_on < clock.today():
        raise Refused("expenditure_due_passed")
    asked = list(row.frame.filter(sampled=True).values_list("municipality_id", flat=True))
    row.state, row.opened_at, row.opened_by_id = "open", clock.now(), actor.user_id
    row.save(update_fields=["state", "opened_at", "opened_by"])
    ExpenditureResponse.objects.bulk_create(
        ExpenditureResponse(round=row, municipality_id=one) for one in sorted(asked)
    )
    return Done(
        len(asked), about=("expenditure_round", row.pk), facts={"asked": len(asked)},
        notices=_notices("expenditure_opened", row, asked),
    )  # fmt: skip


@action(Permission.EXPENDITURE_MANAGE)
def drop_expenditure_plan(actor: Actor, *, round_id: int) -> Done[int]:
    """A plan that was never opened is gone.  Raises Refused: `expenditure_round_not_planned`."""
    row = _round(round_id)
    if row.state != "planned":
        raise Refused("expenditure_round_not_planned")
    row.delete()
    return Done(round_id, about=("expenditure_round", round_id))


@action(Permission.EXPENDITURE_MANAGE)
def remind_expenditure(actor: Actor, *, round_id: int) -> Done[int]:
    """Everybody who has not sent, or not approved, is reminded; at most once a week each.

    Raises Refused: `expenditure_round_not_open`.
    """
    row = _round(round_id)
    if row.state != "open":
        raise Refused("expenditure_round_not_open")
    reminded = _remind(row)
    return Done(
        len(reminded), about=("expenditure_round", row.pk), facts={"reminded": len(reminded)},
        notices=_notices("expenditure_reminder", row, reminded),
    )  # fmt: skip


@action(Permission.DEADLINES_RUN)
def remind_expenditure_due(actor: Actor) -> Done[int]:
    """The clock's reminder: from two weeks before the day answers are due."""
    notices: list[Notice] = []
    for row in ExpenditureRound.objects.filter(
        state="open", answer_due_on__lte=clock.today() + REMIND_BEFORE
    ):
        notices += _notices("expenditure_reminder", row, _remind(row))
    return Done(
        len(notices) // 2, about=("expenditure", ""), facts={"notices": len(notices)}, notices=notices
    )


@action(Permission.EXPENDITURE_MANAGE)
def close_expenditure_round(
    actor: Actor, *, round_id: int, estimator: str = "ratio", rates_nok: Mapping[int, int]
) -> Done[int]:
    """No more answers; the estimates of what is approved are made and stand for ever as the common baseline.

    Raises Refused: `expenditure_round_not_open`, `expenditure_no_estimate` (names the stratum nobody
    answered in), `expenditure_rate_negative`.
    """
    row = _round(round_id)
    if row.state != "open":
        raise Refused("expenditure_round_not_open")
    if any(nok < 0 for nok in rates_nok.values()):
        raise Refused("expenditure_rate_negative")
    told = round_input(row.pk, row.kind, dict(rates_nok), estimator)
    try:
        drawn_as = [
            {"name": one.name, "municipalities": one.municipalities, "asked": one.asked}
            for one in strata(actor, row.pk)
        ]
        result = findings(told) | {"persons_by_year": persons_by_year(row.pk), "strata": drawn_as}
    except (NoAnswer, BadInput) as none:
        raise Refused("expenditure_no_estimate", {"why": str(none)}) from none
    row.state, row.closed_at, row.closed_by_id = "closed", clock.now(), actor.user_id
    row.save(update_fields=["state", "closed_at", "closed_by"])
    made = ExpenditureBaseline.objects.create(
        round=row, estimator=estimator, result=result, input_sha256=fingerprint(told),
        library_version=__version__, made_by_id=actor.user_id, made_at=clock.now(),
    )  # fmt: skip
    facts = {"respondents": result["respondents"], "estimator": estimator}
    notices = [
        Notice(code="expenditure_closed", to_role=role.value, facts={"year": row.year},
               url=f"/expenditure/{row.pk}/estimates/")
        for role in (Role.KS, Role.MINISTRY)
    ]  # fmt: skip
    return Done(made.pk, about=("expenditure_round", row.pk), facts=facts, notices=notices)


def _check_plan(year: int, kind: str, due: date) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("expenditure_year_out_of_range", {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR})
    if kind not in AREAS:
        raise Refused("expenditure_kind_unknown", {"kind": kind})
    if due < clock.today():
        raise Refused("expenditure_due_passed")


def _draw(
    sizes: Mapping[str, Decimal], asked: int, minimum: int, overlap: int, seed: int, panel: frozenset[str]
) -> tuple[Drawn, ...]:
    try:
        return drawn(sizes, asked, minimum, overlap, np.random.default_rng(seed), panel)
    except NoAnswer as none:
        raise Refused("expenditure_sample_impossible", {"why": none.why}) from none


def _from_service(year: int, kind: str) -> Persons:
    if kind not in ("ordinary", "unaccompanied_minors"):
        raise Refused("expenditure_frame_empty")
    found = persons_of_service(year, minors=kind == "unaccompanied_minors")
    return {code: {y: Decimal(many) for y, many in years.items()} for code, years in found.items()}


def _round(number: int) -> ExpenditureRound:
    row = ExpenditureRound.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def _remind(row: ExpenditureRound) -> list[str]:
    now = clock.now()
    waiting = row.responses.exclude(state="approved").exclude(reminded_at__gt=now - REMIND_EVERY)
    reminded = []
    for one in waiting.select_for_update():
        one.reminders, one.reminded_at = one.reminders + 1, now
        one.save(update_fields=["reminders", "reminded_at"])
        reminded.append(one.municipality_id)
    return reminded


def _notices(code: str, row: ExpenditureRound, municipalities: list[str]) -> list[Notice]:
    return [
        Notice(code=code, to_role=role.value, municipality_id=one, facts={"year": row.year},
               url=f"/expenditure/{row.pk}/answers/{one}/", due_on=row.answer_due_on)
        for one in municipalities
        for role in (Role.MUNICIPALITY_COORDINATOR, Role.MUNICIPALITY_DECIDER)
    ]  # fmt: skip
