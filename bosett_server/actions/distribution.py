"""A round of requests: drafted by the library, adjusted by hand with a reason, thrown away, or sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from bosett.distribution import (
    Criterion,
    Direction,
    Distribution,
    DistributionCriteria,
    DistributionProblem,
    GroupNeed,
    Method,
    MunicipalityShare,
    Rounding,
    distribute,
)
from bosett.terms.errors import BadInput, NoAnswer, Refused
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.step import Done, action
from bosett_server.queries.distribution import (
    InForce,
    asked_in_force,
    draft_row,
    municipality_inputs,
    population_year,
)
from bosett_server.queries.forecast import need_in_force
from bosett_server.records.models import Round, RoundLine, VersionedFigure

MINORS = (Group.EM_UNDER15, Group.EM_15_17)
LEAST_REASON = 5
MOST_PERSONS = 100_000


@dataclass(frozen=True)
class DraftCriteria:
    """How a draft divides the need; every choice is kept with the round.

    Parameters
    ----------
    population_percent
        Weight of the population, 0 to 100; the rest goes to centrality times population.
    floor
        Fewest persons for a municipality that is asked at all.
    size_minimum
        Municipalities with fewer inhabitants are not asked.
    excluded
        Municipality codes that are not asked.
    em_under15, em_15_17
        Unaccompanied minors among those who are divided, by age.
    extra_only
        True divides only what the need has grown by, on top of what each was asked for already.
    """

    population_percent: int = 100
    floor: int = 0
    size_minimum: int = 0
    excluded: tuple[str, ...] = ()
    em_under15: int = 0
    em_15_17: int = 0
    extra_only: bool = False
    rounding: Rounding = Rounding.LARGEST_REMAINDER


@action(Permission.ROUND_DRAFT)
def draft_round(actor: Actor, *, year: int, criteria: DraftCriteria, answer_due_on: date) -> Done[int]:
    """A draft stands for the year: every municipality's number with its exact share and why.

    Raises Refused: `no_need_for_year`, `round_already_drafted`, `deadline_has_passed`,
    `criteria_out_of_range`, `nothing_extra_to_divide`, `no_division_floor`, `no_division_cap`, `no_division`.
    """
    need = need_to_divide(year, answer_due_on)
    in_force = asked_in_force(year) if criteria.extra_only else {}
    population = population_year(clock.today())
    division = _divide(need.value or 0, criteria, in_force, population)
    row = new_draft(actor, need, answer_due_on, _kept(criteria, population, division))
    RoundLine.objects.bulk_create([_line(row, share, in_force) for share in division.shares], batch_size=500)
    asked = {"year": year, "number": row.number, "need": need.value, "lines": len(division.shares)}
    return Done(row.pk, about=("round", row.pk), facts=asked)


@action(Permission.ROUND_DRAFT)
def adjust_line(
    actor: Actor,
    *,
    round: int,
    municipality: str,
    asked: int,
    reason: str,
    em_under15: int | None = None,
    em_15_17: int | None = None,
) -> Done[int]:
    """The draft asks the municipality for another number, and says why.

    Raises Refused: `round_already_sent`, `number_negative`, `number_not_whole`, `minors_above_total`,
    `adjustment_reason_missing`.
    """
    row = draft_row(round)
    line = RoundLine.objects.filter(round=row, municipality_id=municipality).first()
    if line is None:
        raise NotInSight("not_in_sight")
    minors = [
        line.em_under15 if em_under15 is None else em_under15,
        line.em_15_17 if em_15_17 is None else em_15_17,
    ]
    _check_numbers(asked, minors)
    if asked != line.computed and len(reason.strip()) < LEAST_REASON:
        raise Refused("adjustment_reason_missing", {"letters": LEAST_REASON})
    before = line.asked
    line.asked, (line.em_under15, line.em_15_17), line.adjusted_reason = asked, minors, reason.strip()
    line.save(update_fields=["asked", "em_under15", "em_15_17", "adjusted_reason"])
    told = {"year": row.year, "municipality": municipality, "before": before, "asked": asked}
    return Done(asked, about=("round", row.pk), facts=told)


@action(Permission.ROUND_DRAFT)
def discard_draft(actor: Actor, *, round: int) -> Done[int]:
    """The draft is gone; nothing was sent."""
    row = draft_row(round)
    told = {"year": row.year, "number": row.number}
    RoundLine.objects.filter(round=row).delete()
    row.delete()
    return Done(round, about=("round", round), facts=told)


def need_to_divide(year: int, answer_due_on: date) -> VersionedFigure:
    """The need in force, when a draft may be made of it.

    Raises Refused: `no_need_for_year`, `deadline_has_passed`, `round_already_drafted`.
    """
    need = need_in_force(year)
    if need is None or need.value is None:
        raise Refused("no_need_for_year", {"year": year})
    if answer_due_on < clock.today():
        raise Refused("deadline_has_passed", {"day": answer_due_on.isoformat()})
    if Round.objects.filter(year=year, state="draft").exists():
        raise Refused("round_already_drafted", {"year": year})
    return need


def new_draft(actor: Actor, need: VersionedFigure, answer_due_on: date, criteria: dict[str, Any]) -> Round:
    """The draft's own row, numbered after the year's rounds."""
    return Round.objects.create(
        year=need.year, number=1 + Round.objects.filter(year=need.year).count(), state="draft", need=need,
        answer_due_on=answer_due_on, criteria=criteria, drafted_by_id=actor.user_id, drafted_at=clock.now(),
    )  # fmt: skip


def _check_numbers(asked: int, minors: list[int]) -> None:
    for number in (asked, *minors):
        if number != int(number):
            raise Refused("number_not_whole", {"found": str(number)})
        if number < 0:
            raise Refused("number_negative", {"found": str(number)})
        if number > MOST_PERSONS:
            raise Refused("number_too_large", {"found": number, "most": MOST_PERSONS})
    if sum(minors) > asked:
        raise Refused("minors_above_total", {"minors": sum(minors), "total": asked})


def _divide(need: int, criteria: DraftCriteria, in_force: InForce, population: int) -> Distribution:
    """The library's division; what it cannot do is refused by name."""
    if not 0 <= criteria.population_percent <= 100 or min(criteria.floor, criteria.size_minimum) < 0:
        raise Refused("criteria_out_of_range")
    only = None
    persons, minors = need, {Group.EM_UNDER15: criteria.em_under15, Group.EM_15_17: criteria.em_15_17}
    if criteria.extra_only:
        only = frozenset(code for (code, group), row in in_force.items() if group == Group.ALL and row.value)
        persons = need - _in_force(in_force, Group.ALL)
        if persons <= 0:
            raise Refused("nothing_extra_to_divide", {"extra": persons})
    members = municipality_inputs(
        population, size_minimum=criteria.size_minimum, excluded=frozenset(criteria.excluded), only=only
    )
    try:
        groups = tuple(GroupNeed(group.value, count) for group, count in minors.items())
        return distribute(DistributionProblem(persons, members, _library_criteria(criteria), groups))
    except NoAnswer as none:
        code = f"no_division_{none.rule}" if none.rule in {"floor", "cap"} else "no_division"
        raise Refused(code, {"rule": none.rule, "need": persons}) from none
    except BadInput as bad:
        raise Refused("criteria_out_of_range", {"found": bad.found[:80]}) from bad


def _library_criteria(criteria: DraftCriteria) -> DistributionCriteria:
    by_size = Fraction(criteria.population_percent, 100)
    weighted = [Criterion("population", by_size)] if by_size else []
    if by_size < 1:
        weighted.append(Criterion("centrality", 1 - by_size, Direction.LESS, times="population"))
    return DistributionCriteria(Method.WEIGHTS, tuple(weighted), criteria.floor, criteria.rounding)


def _kept(criteria: DraftCriteria, population: int, division: Distribution) -> dict[str, Any]:
    told = asdict(criteria) | {"excluded": list(criteria.excluded), "rounding": criteria.rounding.value}
    return told | {
        "method": division.method.value,
        "population_year": population,
        "divided": division.need,
        "assumptions": list(division.assumptions),
    }


def _line(row: Round, share: MunicipalityShare, in_force: InForce) -> RoundLine:
    def base(group: Group) -> int:
        held = in_force.get((share.identifier, group.value))
        return (held.value or 0) if held else 0

    parts: dict[str, Any] = {column: round(float(persons), 2) for column, persons in share.contributions}
    if in_force:
        parts["in_force"] = base(Group.ALL)
    total = base(Group.ALL) + share.asked
    return RoundLine(
        round=row,
        municipality_id=share.identifier,
        computed=total,
        asked=total,
        em_under15=base(Group.EM_UNDER15) + share.group(Group.EM_UNDER15.value),
        em_15_17=base(Group.EM_15_17) + share.group(Group.EM_15_17.value),
        parts=parts | {"bound": share.bound.value},
    )


def _in_force(in_force: InForce, group: Group) -> int:
    return sum(row.value or 0 for (_, held), row in in_force.items() if held == group.value)
