"""What a grant is calculated from: settled persons, their moves, and the rates in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from bosett.rules.value import DatedRule, DatedValue
from bosett.terms.errors import BadInput
from bosett.terms.groups import Basis


class Rates(Protocol):
    """Looks up a dated rate or rule version; raises NoRuleInForce rather than guess."""

    def lookup(self, path: str, on: date) -> DatedValue: ...
    def version(self, path: str, on: date) -> DatedRule: ...


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
    norwegian_extended
        Under collective protection, and the municipality gives extended training in Norwegian.

    Raises
    ------
    BadInput
        Settled before birth, left before settled, or family without the ground of the person joined.
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
    norwegian_extended: bool = False

    def __post_init__(self) -> None:
        if self.settled_date < self.birth_date:
            raise BadInput(
                f"{self.person_id}: settled {self.settled_date}, before birth",
                f"the day of birth ({self.birth_date}) or later",
                column="settled_date",
            )
        if self.basis is Basis.FAMILY and self.reference_basis is None and self.mother_settled_date is None:
            raise BadInput(
                f"{self.person_id}: family without reference_basis",
                "the ground of the person joined",
                column="reference_basis",
            )
        if self.left_date is not None and self.left_date < self.settled_date:
            raise BadInput(
                f"{self.person_id}: left before settled", "a day after settlement", column="left_date"
            )


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
