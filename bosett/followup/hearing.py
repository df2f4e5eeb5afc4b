"""Has the household been heard?  No decision is made without, or without a coded reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bosett.followup.problem import Case, Item, Person
from bosett.terms.days import age_on

ADULT_YEARS = 18


def required_items(persons: Sequence[Person], on: date) -> tuple[Item, ...]:
    """The items of a hearing; the child's best interests when a person is under 18 on the day."""
    with_children = any(age_on(one.birth_date, on) < ADULT_YEARS for one in persons)
    return tuple(item for item in Item if item is not Item.CHILD_BEST_INTERESTS or with_children)


def missing_items(case: Case, on: date) -> tuple[Item, ...]:
    """The items that are neither done by the day nor left out for a coded reason."""
    return tuple(item for item in required_items(case.persons, on) if not _done(case, item, on))


def _done(case: Case, item: Item, on: date) -> bool:
    heard = case.hearing.get(item)
    return heard is not None and (heard.on is None or heard.on <= on)
