"""What follows from who a household is: the group whose vedtak it uses, and needs that age and size give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bosett.followup.problem import Person
from bosett.terms.days import age_on
from bosett.terms.groups import Group, minor_group

NEEDS_BY_AGE = (("kindergarten", 1, 6), ("school_primary", 6, 16), ("school_upper", 16, 19))
"""Code of need, first age in whole years, first age after.  The ages are Bosett's own simplification of when
kindergarten, school and upper secondary school begin and end; a caseworker ticks or unticks what they suggest."""
LARGE_HOME_PERSONS = 5


def household_group(persons: Sequence[Person], on: date) -> Group:
    """`ALL`, or the youngest unaccompanied minor's group on the day.

    That the youngest decides when siblings come alone together is Bosett's own assumption.
    """
    alone = [one.birth_date for one in persons if one.unaccompanied_minor]
    return minor_group(max(alone), on) if alone else Group.ALL


def needs_that_follow(persons: Sequence[Person], on: date) -> frozenset[str]:
    """Codes of need that ages, size and group give by themselves; the rest is somebody's judgement.

    Promise: empty for a household of fewer than five adults.
    """
    ages = [age_on(one.birth_date, on) for one in persons]
    found = {code for code, first, end in NEEDS_BY_AGE if any(first <= age < end for age in ages)}
    if len(persons) >= LARGE_HOME_PERSONS:
        found.add("large_home")
    if household_group(persons, on) is not Group.ALL:
        found.add("minor_care")
    return frozenset(found)
