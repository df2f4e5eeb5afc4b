"""Who a number counts: everybody, or unaccompanied minors by age (em = enslig mindreårig)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bosett.terms.days import age_on


class Group(StrEnum):
    """A number for `ALL` includes the minors; the two minor groups are parts of it."""

    ALL = "all"
    EM_UNDER15 = "em_under15"
    EM_15_17 = "em_15_17"


class Track(StrEnum):
    """The way a household comes to settlement; deadlines and duties differ by track."""

    ASYLUM = "asylum"
    COLLECTIVE = "collective"
    RESETTLEMENT = "resettlement"
    FAMILY = "family"


class Basis(StrEnum):
    """Ground of a person's residence permit, as the grants ask for it."""

    ASYLUM = "asylum"
    HUMANITARIAN = "humanitarian"
    COLLECTIVE = "collective"
    RESETTLEMENT = "resettlement"
    FAMILY = "family"


def minor_group(birth_date: date, day: date) -> Group:
    """The group whose vedtak an unaccompanied minor uses on `day`; `ALL` from 18 years."""
    age = age_on(birth_date, day)
    if age < 15:
        return Group.EM_UNDER15
    return Group.EM_15_17 if age < 18 else Group.ALL
