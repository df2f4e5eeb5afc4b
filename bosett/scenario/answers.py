"""Modelled answers of the municipalities to a request: never a real answer, and marked so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from bosett.scenario.pattern import VotePattern
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode

Asked = Mapping[tuple[MunicipalityCode, Group], int]
"""Persons asked for; a municipality or group without a key was not asked."""

MINOR_GROUPS = (Group.EM_UNDER15, Group.EM_15_17)
RESERVATIONS = ("families_only", "no_extensive_needs", "if_housing_is_found")
"""Kinds of reservation known from single councils; how often each occurs is not known."""
LATEST_DAYS, AHEAD_DAYS = 140, 30
"""Late answers come within 140 days of the deadline, open council meetings within 30 days of today:
the assumptions `late_answer_days` and `council_meeting_days`."""


class Answer(StrEnum):
    """How an answer compares with what was asked for."""

    SAME = "same"
    FEWER = "fewer"
    MORE = "more"
    ZERO = "zero"
    AWAITING = "awaiting"


@dataclass(frozen=True)
class Calendar:
    """The round's days: letter, deadline, and the day it is seen on.

    Raises
    ------
    ValueError
        If they are not in order.
    """

    sent: date
    deadline: date
    today: date

    def __post_init__(self) -> None:
        if not self.sent < self.deadline <= self.today:
            raise ValueError(f"days out of order: {self.sent}, {self.deadline}, {self.today}")


@dataclass(frozen=True)
class ModelledAnswer:
    """One municipality's modelled answer.

    Parameters
    ----------
    numbers
        Per group: a number, awaiting, or not asked.  `Group.ALL` includes the minors.
    council_meeting
        The day of the council's vote; after today when the answer is awaited.
    reservations
        Codes; a number with reservations is another thing than a plain number.

    Raises
    ------
    ValueError
        If the minors are more than the whole.
    """

    municipality: MunicipalityCode
    answer: Answer
    numbers: Mapping[Group, Figure]
    council_meeting: date
    reservations: tuple[str, ...] = ()
    modelled: bool = True

    def __post_init__(self) -> None:
        minors = sum(self.numbers[group].value or 0 for group in MINOR_GROUPS)
        whole = self.numbers[Group.ALL].value
        if minors and (whole is None or minors > whole):
            raise ValueError(f"{self.municipality}: {minors} minors in a number of {whole}")


def modelled_answers(
    asked: Asked, calendar: Calendar, pattern: VotePattern, rng: np.random.Generator
) -> tuple[ModelledAnswer, ...]:
    """One answer for each municipality asked, in order of code, with the shares of earlier years.

    Promise: the number of municipalities per kind of answer is the pattern's share of those asked,
    to the nearest whole; fewer lies between 1 and asked - 1, more above asked.

    Raises
    ------
    BadInput
        If minors are asked for where the whole is not, or are more than the whole.
    """
    codes = sorted(code for code, group in asked if group is Group.ALL)
    _check(asked, set(codes))
    kinds = _kinds(len(codes), pattern, rng)
    return tuple(
        _one(code, kind, asked, calendar, pattern, rng) for code, kind in zip(codes, kinds, strict=True)
    )


def places(answers: tuple[ModelledAnswer, ...]) -> dict[tuple[MunicipalityCode, Group], int]:
    """The voted numbers; what is awaited or was not asked has no key."""
    return {
        (answer.municipality, group): figure.value
        for answer in answers
        for group, figure in answer.numbers.items()
        if figure.value is not None
    }


def _check(asked: Asked, codes: set[MunicipalityCode]) -> None:
    for code, group in asked:
        if group is not Group.ALL and code not in codes:
            raise BadInput(f"minors asked of {code}", "a municipality that is asked for a whole number too")
    for code in codes:
        if asked[code, Group.ALL] < max(1, sum(asked.get((code, group), 0) for group in MINOR_GROUPS)):
            raise BadInput(f"{code}: {asked[code, Group.ALL]} asked", "at least 1, and at least the minors")


def _kinds(size: int, pattern: VotePattern, rng: np.random.Generator) -> list[Answer]:
    """Counts by the shares, to the nearest whole person, in random order."""
    names = [Answer.SAME, Answer.FEWER, Answer.MORE, Answer.ZERO, Answer.AWAITING]
    shares = pattern.shares()
    ends = np.rint(np.cumsum([shares[name] for name in names]) * size)
    index = np.searchsorted(ends, rng.permutation(size), side="right")
    return [names[i] for i in index]


def _one(
    code: MunicipalityCode,
    kind: Answer,
    asked: Asked,
    calendar: Calendar,
    pattern: VotePattern,
    rng: np.random.Generator,
) -> ModelledAnswer:
    wanted = asked[code, Group.ALL]
    kind = Answer.SAME if kind is Answer.FEWER and wanted == 1 else kind
    meeting = _meeting(kind, calendar, pattern, rng)
    if kind is Answer.AWAITING:
        return ModelledAnswer(code, kind, _states(code, asked, Figure.missing(State.AWAITING)), meeting)
    number = _number(kind, wanted, pattern, rng)
    numbers = _states(code, asked, Figure.of(0)) | {Group.ALL: Figure.of(number)}
    says_yes = rng.random() < pattern.minors_yes_share
    left = number if says_yes else 0
    for group in MINOR_GROUPS:
        if (code, group) in asked:
            numbers[group] = Figure.of(min(left, asked[code, group]))
            left -= numbers[group].value or 0
    reserved = number > 0 and rng.random() < pattern.reservation_share
    reservations = (RESERVATIONS[rng.integers(len(RESERVATIONS))],) if reserved else ()
    return ModelledAnswer(code, kind, numbers, meeting, reservations)


def _states(code: MunicipalityCode, asked: Asked, figure: Figure) -> dict[Group, Figure]:
    not_asked = Figure.missing(State.NOT_ASKED)
    return {group: figure if (code, group) in asked else not_asked for group in Group}


def _number(kind: Answer, wanted: int, pattern: VotePattern, rng: np.random.Generator) -> int:
    """The voted number: whole, in fives where twenty or more are asked for, on the right side of asked."""
    if kind is Answer.ZERO:
        return 0
    if kind is Answer.SAME:
        return wanted
    exact = wanted * pattern.draw_ratio(kind.value, rng)
    step = 5 if wanted >= 20 else 1
    number = step * round(exact / step)
    if kind is Answer.FEWER:
        return min(max(number, 1), wanted - 1)
    return max(number, wanted + 1)


def _meeting(kind: Answer, calendar: Calendar, pattern: VotePattern, rng: np.random.Generator) -> date:
    """The council's day, Tuesday to Thursday where the period has one."""
    if kind is Answer.AWAITING:
        first, last = calendar.today + timedelta(days=1), calendar.today + timedelta(days=AHEAD_DAYS)
    elif rng.random() < pattern.by_deadline_share:
        first, last = calendar.sent + timedelta(days=1), calendar.deadline
    else:
        latest = min(calendar.today, calendar.deadline + timedelta(days=LATEST_DAYS))
        first, last = min(calendar.deadline + timedelta(days=1), latest), latest
    span = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    midweek = [day for day in span if day.weekday() in (1, 2, 3)] or span
    return midweek[rng.integers(len(midweek))]
