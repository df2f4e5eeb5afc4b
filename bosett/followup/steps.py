"""What each step brings with it: frozen values, one class a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bosett.followup.problem import Heard, Item, SettlementDates


@dataclass(frozen=True)
class Interviewed:
    """The settlement interview is held, or items of it are added later."""

    on: date
    hearing: Mapping[Item, Heard]


@dataclass(frozen=True)
class MarkedReady:
    """Needs are registered as codes; the household can be proposed."""

    on: date


@dataclass(frozen=True)
class Proposed:
    """The household is proposed to a municipality, which may answer up to and including a day."""

    on: date
    municipality_id: str
    answer_due: date


@dataclass(frozen=True)
class Accepted:
    """The municipality says yes."""

    on: date
    municipality_id: str


@dataclass(frozen=True)
class Declined:
    """The municipality says no, with a coded reason."""

    on: date
    municipality_id: str
    reason: str


@dataclass(frozen=True)
class Asked:
    """The municipality asks for more before it answers."""

    on: date
    municipality_id: str


@dataclass(frozen=True)
class QuestionAnswered:
    """The question is answered; the municipality has a new deadline."""

    on: date
    answer_due: date


@dataclass(frozen=True)
class Expired:
    """The deadline has passed without an answer."""

    on: date


@dataclass(frozen=True)
class ReturnedToPool:
    """The household is free to be proposed again."""

    on: date
    reason: str


@dataclass(frozen=True)
class Assigned:
    """A named person has decided the municipality."""

    on: date
    municipality_id: str


@dataclass(frozen=True)
class DateAgreed:
    """Centre and municipality have agreed the day, or changed it."""

    on: date
    dates: SettlementDates


@dataclass(frozen=True)
class Settled:
    """Persons have arrived in the municipality on a day."""

    on: date
    person_ids: tuple[str, ...]


@dataclass(frozen=True)
class MovedOn:
    """A secondary move to another municipality."""

    on: date
    to_municipality_id: str


@dataclass(frozen=True)
class Left:
    """The household is out of the chain, with a coded reason (returned, permit lost, dead, merged)."""

    on: date
    reason: str


AnyStep = (
    Interviewed
    | MarkedReady
    | Proposed
    | Accepted
    | Declined
    | Asked
    | QuestionAnswered
    | Expired
    | ReturnedToPool
    | Assigned
    | DateAgreed
    | Settled
    | MovedOn
    | Left
)
