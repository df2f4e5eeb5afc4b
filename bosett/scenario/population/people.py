"""What the generator gives: households, persons and centres, each marked synthetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from bosett.terms.groups import Basis, Group, Track
from bosett.terms.municipality import MunicipalityCode


class Stage(StrEnum):
    """Where a household is in the chain on the day."""

    IN_RECEPTION = "in_reception"
    INTERVIEWED = "interviewed"
    READY = "ready"
    PROPOSED = "proposed"
    ASSIGNED = "assigned"
    SETTLED = "settled"
    LEFT = "left"


class Protection(StrEnum):
    """Protected address (kode 7 and kode 6)."""

    NONE = "none"
    FORTROLIG = "fortrolig"
    STRENGT_FORTROLIG = "strengt_fortrolig"


class Role(StrEnum):
    """A person's place in the household."""

    ADULT = "adult"
    CHILD = "child"
    MINOR_ALONE = "minor_alone"


class Sex(StrEnum):
    """As the marginal tables have it."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True)
class Tie:
    """A reason for one municipality: relatives, work or studies."""

    kind: str
    municipality: MunicipalityCode


@dataclass(frozen=True, slots=True)
class Days:
    """Days on which the household reached each step; None when it has not, or never will.

    Resettlement refugees have no interview at a centre and arrive on the day they are settled.
    """

    arrival: date | None
    permit: date | None
    interview: date | None
    ready: date | None
    proposed: date | None
    assigned: date | None
    settled: date | None
    left: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """A synthetic person: words for a name, a Tenor-style D-number, nobody real."""

    id: UUID
    household_id: UUID
    reference: str
    duf_number: str
    national_id: str
    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    citizenship: str
    basis: Basis
    role: Role
    single_adult: bool
    unaccompanied: bool
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Household:
    """Those who are settled together.  `link` joins households of relatives: one municipality."""

    id: UUID
    reference: str
    track: Track
    group: Group
    language: str
    persons: int
    needs: frozenset[str]
    ties: tuple[Tie, ...]
    wishes: tuple[MunicipalityCode, ...]
    protection: Protection
    stage: Stage
    days: Days
    centre_id: UUID | None
    link: str | None
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Centre:
    """A synthetic reception centre; only municipality, kind and rough size follow a published list."""

    id: UUID
    reference: str
    name: str
    municipality: MunicipalityCode
    kind: str
    operator: str
    places: int
    synthetic: bool = True


@dataclass(frozen=True)
class SyntheticPopulation:
    """Everything generated from one seed for one day.

    Raises
    ------
    ValueError
        If persons and households do not add up, or an id or number occurs twice.
    """

    seed: int
    today: date
    households: tuple[Household, ...]
    persons: tuple[Person, ...]
    centres: tuple[Centre, ...]
    synthetic: bool = True

    def __post_init__(self) -> None:
        if sum(household.persons for household in self.households) != len(self.persons):
            raise ValueError("the households' sizes do not sum to the number of persons")
        ids = {household.id for household in self.households} | {person.id for person in self.persons}
        if len(ids) != len(self.households) + len(self.persons):
            raise ValueError("an id occurs twice")
        for field in ("national_id", "duf_number", "reference"):
            if len({getattr(person, field) for person in self.persons}) != len(self.persons):
                raise ValueError(f"a {field} occurs twice")
