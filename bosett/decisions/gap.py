"""Asked against voted, by county and for the country."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from bosett.decisions.anmodning import Anmodning, Round
from bosett.decisions.result import AnswerState, Gap, GapTable
from bosett.decisions.vedtak import Vedtak
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode, county_of


def gap(round_: Round, answers: Iterable[Vedtak], group: Group = Group.ALL) -> GapTable:
    """The gap of each county and of the country for one group.

    Every municipality of the round is counted in exactly one state; persons are summed only where
    there is a number on both sides.

    Raises
    ------
    BadInput
        If a municipality has two vedtak, or one of another year or outside the round.
    """
    voted = _by_municipality(round_, answers)
    rows: dict[str, list[Gap]] = defaultdict(list)
    for request in round_.requests:
        if request.group is group:
            one = _one(request, voted.get(request.municipality))
            rows[county_of(request.municipality)].append(one)
    counties = {county: _sum(rows[county]) for county in sorted(rows)}
    return GapTable(round_.year, group, counties, _sum(counties.values()))


def national_gap(round_: Round, answers: Iterable[Vedtak], group: Group = Group.ALL) -> Gap:
    """The country's gap alone."""
    return gap(round_, answers, group).country


def over_by(limit: int, assigned: int) -> int:
    """How many persons are assigned beyond the limit; 0 when within it."""
    return max(0, assigned - limit)


def answer_state(asked: Figure, voted: Figure | None) -> AnswerState:
    """Where a municipality stands for one group."""
    if asked.value is None:
        return AnswerState.NOT_ASKED
    if voted is None:
        return AnswerState.NO_ANSWER
    if voted.value is None:
        return AnswerState.AWAITING if voted.state is State.AWAITING else AnswerState.UNKNOWN
    if voted.value == asked.value:
        return AnswerState.SAME
    if voted.value == 0:
        return AnswerState.ZERO
    return AnswerState.FEWER if voted.value < asked.value else AnswerState.MORE


def _by_municipality(round_: Round, answers: Iterable[Vedtak]) -> dict[MunicipalityCode, Vedtak]:
    found: dict[MunicipalityCode, Vedtak] = {}
    for vedtak in answers:
        if vedtak.municipality in found:
            raise BadInput(f"two vedtak of {vedtak.municipality}", "the one in force for each municipality")
        if vedtak.year != round_.year or round_.request(vedtak.municipality) is None:
            raise BadInput(f"a vedtak of {vedtak.municipality} in {vedtak.year}", "vedtak of the round")
        found[vedtak.municipality] = vedtak
    return found


def _one(request: Anmodning, vedtak: Vedtak | None) -> Gap:
    voted = None if vedtak is None else vedtak.figure(request.group)
    states = {answer_state(request.asked, voted): 1}
    if request.asked.value is None:
        return Gap(0, 0, 0, 0, 0, states)
    asked = request.asked.value
    if voted is None or voted.value is None:
        return Gap(0, 0, asked, 0, 0, states)
    return Gap(asked, voted.value, 0, max(0, asked - voted.value), max(0, voted.value - asked), states)


def _sum(gaps: Iterable[Gap]) -> Gap:
    listed = list(gaps)
    states: Counter[AnswerState] = Counter()
    for one in listed:
        states.update(one.states)
    return Gap(
        asked_answered=sum(one.asked_answered for one in listed),
        voted=sum(one.voted for one in listed),
        asked_open=sum(one.asked_open for one in listed),
        short=sum(one.short for one in listed),
        above=sum(one.above for one in listed),
        states=dict(states),
    )
