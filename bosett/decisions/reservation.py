"""Conditions that councils attach to their number, as codes that can be counted and shown.

Source of what is allowed: IMDi's rules for the answer (2024): the number must not include persons
who come by family reunification and must not carry other reservations; the council decides how many
and not who; the one choice it has is whether to take unaccompanied minors.  Councils often write
conditions all the same, and those are kept as they were written: as codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bosett.terms.errors import BadInput


class ReservationCode(StrEnum):
    """What the council made its number depend on."""

    NO_UNACCOMPANIED_MINORS = "no_unaccompanied_minors"
    FAMILIES_WITH_CHILDREN_ONLY = "families_with_children_only"
    NO_COMPLEX_NEEDS = "no_complex_needs"
    ONLY_COLLECTIVE_PROTECTION = "only_collective_protection"
    FAMILY_REUNION_ON_TOP = "family_reunion_on_top"
    FAMILY_REUNION_INCLUDED = "family_reunion_included"
    UP_TO = "up_to"
    HOUSING_FOUND_FIRST = "housing_found_first"
    COSTS_COVERED = "costs_covered"
    NO_AGREED_SELF_SETTLEMENT = "no_agreed_self_settlement"
    OTHER = "other"


_ALLOWED = frozenset({
    ReservationCode.NO_UNACCOMPANIED_MINORS,
    # The number never counts family reunification, so this only repeats the rule.
    ReservationCode.FAMILY_REUNION_ON_TOP,
})  # fmt: skip


@dataclass(frozen=True)
class Reservation:
    """One condition of one vedtak.

    Parameters
    ----------
    code
        What kind of condition.
    persons
        For `UP_TO`: the number that the council wrote, >= 0; None for all others.

    Raises
    ------
    BadInput
        If `UP_TO` has no number, or another code has one.
    """

    code: ReservationCode
    persons: int | None = None

    def __post_init__(self) -> None:
        if (self.code is ReservationCode.UP_TO) != (self.persons is not None):
            raise BadInput(f"{self.code} with number {self.persons}", "a number for up_to, and only there")
        if self.persons is not None and self.persons < 0:
            raise BadInput(f"up_to {self.persons}", "a whole number of persons, 0 or more")

    @property
    def allowed(self) -> bool:
        """Whether IMDi's rule for the answer lets a council write it."""
        return self.code in _ALLOWED


def spoken_against(
    conditions: Iterable[Reservation], *, minors: bool, children: bool, collective: bool, complex_needs: bool
) -> tuple[ReservationCode, ...]:
    """The conditions that speak against this household, in their order; none when it meets them all.

    The council decides how many and not who, so none of them forbids: somebody should call first.

    Parameters
    ----------
    minors
        Whether the household is unaccompanied minors.
    children
        Whether a child lives in it with an adult.
    collective
        Whether it has collective protection.
    complex_needs
        Whether it has needs that few municipalities can meet.
    """
    against = {
        ReservationCode.NO_UNACCOMPANIED_MINORS: minors,
        ReservationCode.FAMILIES_WITH_CHILDREN_ONLY: not children and not minors,
        ReservationCode.ONLY_COLLECTIVE_PROTECTION: not collective,
        ReservationCode.NO_COMPLEX_NEEDS: complex_needs,
    }
    return tuple(one.code for one in conditions if against.get(one.code, False))
