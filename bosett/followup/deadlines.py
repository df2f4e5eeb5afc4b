"""Deadlines of the municipality's answer, reminders and waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from bosett.followup.problem import Case, Stage
from bosett.rules.value import DatedValue
from bosett.terms.groups import Track

ANSWER_DAYS = "placement/answer_days_{track}"
REMINDER_DAYS = "placement/reminder_days_before"


class Rules(Protocol):
    """Looks up a dated number; raises NoRuleInForce rather than guess."""

    def lookup(self, path: str, on: date) -> DatedValue: ...


@dataclass(frozen=True)
class Due:
    """A deadline: the last day to answer, with the dated rule it comes from."""

    last_day: date
    rule: DatedValue


@dataclass(frozen=True)
class Reminder:
    """A household whose municipality must be reminded, or whose deadline has passed."""

    household_id: str
    municipality_id: str
    answer_due: date
    days_left: int


@dataclass(frozen=True)
class Wait:
    """Days that a household has waited, from `ready` to settled, or to today when not settled."""

    household_id: str
    wait_days: int
    over: bool


def answer_due(track: Track, sent_on: date, rules: Rules) -> Due:
    """The last day a municipality can answer a proposal sent on a day.

    Raises
    ------
    NoRuleInForce
        When no number of days is stored for the track on that day.
    """
    rule = rules.lookup(ANSWER_DAYS.format(track=track.value), sent_on)
    return Due(sent_on + timedelta(days=rule.whole), rule)


def reminders_due(cases: Iterable[Case], today: date, rules: Rules) -> tuple[Reminder, ...]:
    """Open proposals whose last day is near or past (`days_left` negative), the nearest first."""
    before = rules.lookup(REMINDER_DAYS, today).whole
    found = []
    for case in cases:
        if case.stage is Stage.PROPOSED and case.proposal is not None:
            left = (case.proposal.answer_due - today).days
            if left <= before:
                due = case.proposal.answer_due
                found.append(Reminder(case.household_id, case.proposal.municipality_id, due, left))
    return tuple(sorted(found, key=lambda one: (one.answer_due, one.household_id)))


def wait_since_ready(household_id: str, ready_on: date, settled_on: date | None, today: date) -> Wait:
    """How long the household has waited, or waited until it was settled.

    Raises
    ------
    ValueError
        If it is settled, or it is today, before it was ready.
    """
    end = settled_on if settled_on is not None else today
    if end < ready_on:
        raise ValueError(f"{household_id}: the wait ends {end}, before it began {ready_on}")
    return Wait(household_id, (end - ready_on).days, over=settled_on is not None)
