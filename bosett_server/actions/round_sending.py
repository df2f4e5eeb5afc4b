"""Sending a round: the numbers are in force, the earlier ones superseded, and everybody is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from bosett.decisions import Anmodning, Effect, effect_of_new_anmodning
from bosett.decisions.before_sending import UnheardReason
from bosett.decisions.mid_year import AfterChange
from bosett.terms.errors import Refused
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.decision_locks import lock_answers
from bosett_server.actions.distribution import LEAST_REASON
from bosett_server.actions.step import Done, action
from bosett_server.queries.decisions import vedtak_by_municipality
from bosett_server.queries.distribution import InForce, asked_in_force, draft_row
from bosett_server.queries.distribution_hearings import unheard
from bosett_server.queries.forecast import need_in_force
from bosett_server.records.models import Notice, Round, RoundLine, VersionedFigure

Code = TypeVar("Code", AfterChange, UnheardReason)
MUST_ANSWER = frozenset({"request_sent", "request_raised", "request_asked_again"})
GROUPS = (Group.ALL, Group.EM_UNDER15, Group.EM_15_17)
MUNICIPAL = (Role.MUNICIPALITY_DECIDER, Role.MUNICIPALITY_COORDINATOR)


@dataclass(frozen=True)
class Change:
    """One municipality's new number in one group, and the row it takes the place of."""

    line: RoundLine
    group: Group
    now: Figure
    before: VersionedFigure | None


@action(Permission.ROUND_SEND)
def send_round(
    actor: Actor,
    *,
    round: int,
    reason: str = "",
    unheard_reason: str = "",
    after_change: str = AfterChange.KEEP.value,
) -> Done[int]:
    """The requests are sent and in force; cannot be undone, only followed by another round.

    Gives the number of municipalities that are asked.  Where a second round asks for the same as the
    first, the first number stays in force and nobody is disturbed.  `after_change` is what the State
    does with answers to the former requests (`AfterChange`); a council's vedtak stands in any case.

    Raises Refused: `round_already_sent`, `need_has_changed_since_draft`, `deadline_has_passed`,
    `round_does_not_sum_to_need` (unless a reason is given), `nobody_is_asked`, `nothing_changed`,
    `not_everybody_is_heard` (unless a code of `UnheardReason` is given), `reason_not_known`.
    """
    lock_answers(_year_of(round), alone=True)
    row = draft_row(round)
    lines = list(
        RoundLine.objects.filter(round=row).select_related("municipality").order_by("municipality_id")
    )
    _check(row, lines, reason)
    policy = _known(AfterChange, after_change)
    told_unheard = _check_heard(row, lines, unheard_reason)
    in_force = asked_in_force(row.year)
    changes = [one for line in lines for one in _changes(line, in_force)]
    if not changes:
        raise Refused("nothing_changed", {"year": row.year})
    now = clock.now()
    _store(actor, row, changes, reason, now)
    kept = {"after_change": policy.value} | told_unheard
    Round.objects.filter(pk=row.pk).update(
        state="sent", sent_at=now, sent_by_id=actor.user_id,
        criteria=row.criteria | kept | ({"difference_reason": reason.strip()} if reason.strip() else {}),
    )  # fmt: skip
    asked = sum(1 for line in lines if line.asked)
    total = sum(line.asked for line in lines)
    return Done(
        asked,
        about=("round", row.pk),
        facts={"year": row.year, "number": row.number, "municipalities": asked, "asked": total},
        notices=[*_municipal_notices(row, changes, policy), *_others(row, lines, asked, total)],
    )


def _check(row: Round, lines: list[RoundLine], reason: str) -> None:
    need = need_in_force(row.year)
    if need is None or need.value != row.need.value:
        raise Refused("need_has_changed_since_draft", {"year": row.year})
    if row.answer_due_on < clock.today():
        raise Refused("deadline_has_passed", {"day": row.answer_due_on.isoformat()})
    total = sum(line.asked for line in lines)
    if not total:
        raise Refused("nobody_is_asked")
    if total != row.need.value and len(reason.strip()) < LEAST_REASON:
        raise Refused("round_does_not_sum_to_need", {"asked": total, "need": row.need.value or 0})


def _year_of(round_id: int) -> int:
    return Round.objects.filter(pk=round_id).values_list("year", flat=True).first() or 0


def _known(codes: type[Code], code: str) -> Code:
    try:
        return codes(code)
    except ValueError as fault:
        raise Refused("reason_not_known", {"reason": code[:40]}) from fault


def _check_heard(row: Round, lines: list[RoundLine], code: str) -> dict[str, object]:
    """Counties and KS are heard before the request is set, or it is said why not; who was not is kept."""
    missing = unheard(row, lines)
    if not missing:
        return {}
    if not code:
        raise Refused("not_everybody_is_heard", {"bodies": len(missing)})
    return {"unheard": list(missing), "unheard_reason": _known(UnheardReason, code).value}


def _changes(line: RoundLine, in_force: InForce) -> Iterable[Change]:
    """What differs from what is in force.  Nobody asked for is "not asked", never a request of zero."""
    numbers = {Group.ALL: line.asked, Group.EM_UNDER15: line.em_under15, Group.EM_15_17: line.em_15_17}
    for group in GROUPS:
        before = in_force.get((line.municipality_id, group.value))
        now = Figure.of(numbers[group]) if numbers[group] else Figure.missing(State.NOT_ASKED)
        if before is None and group is not Group.ALL and now.value is None:
            continue
        if before is None or (before.state, before.value) != (now.state.value, now.value):
            yield Change(line, group, now, before)


def _store(actor: Actor, row: Round, changes: list[Change], reason: str, now: datetime) -> None:
    old = [one.before.pk for one in changes if one.before is not None]
    VersionedFigure.objects.filter(pk__in=old, superseded_at__isnull=True).update(superseded_at=now)
    VersionedFigure.objects.bulk_create(
        [
            VersionedFigure(
                what="asked", municipality_id=one.line.municipality_id, year=row.year, group=one.group.value,
                state=one.now.state.value, value=one.now.value, valid_from=clock.today(), recorded_at=now,
                recorded_by_id=actor.user_id, source=f"Bosett, {row.year}-{row.number}",
                reason=one.line.adjusted_reason or reason.strip(), supersedes=one.before, round=row,
            )
            for one in changes
        ],
        batch_size=500,
    )  # fmt: skip


def _municipal_notices(row: Round, changes: list[Change], policy: AfterChange) -> list[Notice]:
    """To decider and coordinator of each municipality whose number is new; what it means for an answer given."""
    answers = vedtak_by_municipality(row.year)
    told = []
    for one in changes:
        if one.group is not Group.ALL:
            continue
        code = one.line.municipality_id
        facts: dict[str, object] = {
            "municipality": one.line.municipality.name,
            "year": row.year,
            "asked": one.line.asked,
            "due": row.answer_due_on.isoformat(),
        }
        answer = answers.get(code)
        effect = (
            effect_of_new_anmodning(answer, _request(row, one, before=True), _request(row, one))
            if answer
            else None
        )
        name = _notice_code(one, effect, policy)
        if effect is not None:
            facts |= {"unanswered": effect.unanswered or 0, "above": effect.above_request}
        due = row.answer_due_on if name in MUST_ANSWER else None
        told += [
            Notice(code=name, to_role=role.value, municipality_id=code, facts=facts,
                   url=f"/municipalities/{code}/vedtak/?year={row.year}",
                   due_on=due)
            for role in MUNICIPAL
        ]  # fmt: skip
    return told


def _notice_code(one: Change, effect: Effect | None, policy: AfterChange) -> str:
    if one.now.value is None:
        return "request_withdrawn" if one.before is not None and one.before.value else "request_not_asked"
    if effect is None or one.before is None:
        return "request_sent"
    if effect.ask_again:
        return "request_raised"
    return {
        AfterChange.KEEP: "request_changed",
        AfterChange.SCALE: "request_scaled",
        AfterChange.ASK_AGAIN: "request_asked_again",
    }[policy]


def _request(row: Round, one: Change, *, before: bool = False) -> Anmodning:
    asked = one.now
    if before:
        held = one.before
        asked = Figure(State(held.state), held.value) if held else Figure.missing(State.NOT_ASKED)
    day: date = clock.today()
    return Anmodning(
        year=row.year, municipality=MunicipalityCode(one.line.municipality_id), group=Group.ALL, asked=asked,
        original=Figure.missing(State.NOT_STORED), sent_on=day, deadline=max(day, row.answer_due_on),
    )  # fmt: skip


def _others(row: Round, lines: list[RoundLine], municipalities: int, total: int) -> list[Notice]:
    """To each county its own sum; to KS and the ministry the whole."""
    by_county: dict[str, int] = defaultdict(int)
    for line in lines:
        by_county[line.municipality.county_id] += line.asked
    url, due = f"/requests/{row.year}/", row.answer_due_on.isoformat()
    counties = [
        Notice(code="round_sent_county", to_role=Role.COUNTY.value, county_id=county,
               facts={"year": row.year, "asked": asked, "due": due}, url=f"{url}?county={county}")
        for county, asked in sorted(by_county.items())
    ]  # fmt: skip
    whole = {"year": row.year, "asked": total, "municipalities": municipalities, "due": due}
    parties = (Role.KS, Role.MINISTRY, Role.IMDI_CASEWORKER)
    return [*counties, *(Notice(code="round_sent", to_role=r.value, facts=whole, url=url) for r in parties)]
