"""What a grant is calculated from: settled persons, their moves, and the rates in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from bosett.terms.groups import Basis
from bosett.terms.source import Source


class RateValue(Protocol):
    """A rate as the rules give it: a value and where it comes from."""

    @property
    def value(self) -> int | Decimal | str | bool: ...
    @property
    def source(self) -> Source: ...


class Rates(Protocol):
    """Looks up a dated rate; raises NoRuleInForce rather than guess."""

    def lookup(self, path: str, on: date) -> RateValue: ...


@dataclass(frozen=True)
class SettledPerson:
    """A settled person with what the grants ask about, and nothing else.

    Parameters
    ----------
    settled_date
        First settlement in Norway.
    reference_basis, reference_settled_date
        For family immigration: the ground and first settlement of the person joined.
    mother_settled_date
        For a child born in Norway: the mother's settlement.
    left_date
        The day the person left the country; None = still here.
    """

    person_id: str
    birth_date: date
    settled_date: date
    municipality_id: str
    household_id: str
    single_adult: bool
    unaccompanied_minor: bool
    basis: Basis
    registered_date: date | None = None
    reference_basis: Basis | None = None
    reference_settled_date: date | None = None
    family_applied_date: date | None = None
    mother_settled_date: date | None = None
    left_date: date | None = None


@dataclass(frozen=True, order=True)
class Move:
    """A registered move between municipalities."""

    moved_date: date
    person_id: str
    from_municipality_id: str
    to_municipality_id: str


@dataclass(frozen=True)
class Holding:
    """A municipality's share of one person's grant in one year."""

    municipality_id: str
    share: Fraction
    assumptions: tuple[str, ...] = ()
