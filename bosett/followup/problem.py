"""What is known of a household on its way: its persons, its stage, its hearing and its dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bosett.terms.groups import Track


class Stage(StrEnum):
    """Where a household stands; `declined` and `expired` wait to go back to the pool."""

    IN_RECEPTION = "in_reception"
    INTERVIEWED = "interviewed"
    READY = "ready"
    PROPOSED = "proposed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    ASSIGNED = "assigned"
    DATE_AGREED = "date_agreed"
    SETTLED = "settled"
    MOVED = "moved"
    LEFT = "left"


class Item(StrEnum):
    """What the household must have been heard on before a decision."""

    INTERVIEW = "interview"
    WISHES = "wishes"
    TIES = "ties"
    HEALTH_CONSENT = "health_consent"
    CHILD_BEST_INTERESTS = "child_best_interests"
    COMMENT_CHANCE = "comment_chance"


class ReasonWithout(StrEnum):
    """Coded reasons why an item is decided without; free text is never enough."""

    HOUSEHOLD_DECLINED = "household_declined"
    COULD_NOT_BE_REACHED = "could_not_be_reached"
    URGENT_SAFETY = "urgent_safety"
    HELD_ABROAD = "held_abroad"


@dataclass(frozen=True)
class Heard:
    """One item of the hearing: the day it was done, or the coded reason why not.

    Raises
    ------
    ValueError
        If both or neither are given.
    """

    on: date | None = None
    without: ReasonWithout | None = None

    def __post_init__(self) -> None:
        if (self.on is None) == (self.without is None):
            raise ValueError("an item is heard on a day, or has a coded reason: one of the two")


@dataclass(frozen=True)
class Person:
    """A person of a household; `settled_on` None = not settled yet."""

    person_id: str
    birth_date: date
    unaccompanied_minor: bool = False
    settled_on: date | None = None


@dataclass(frozen=True)
class Proposal:
    """A municipality's chance to answer, up to and including `answer_due`."""

    municipality_id: str
    sent_on: date
    answer_due: date


@dataclass(frozen=True)
class SettlementDates:
    """One date for the household, and coded exceptions per person.

    Parameters
    ----------
    exceptions
        Person -> (day, reason code), such as a person in hospital.
    """

    day: date
    exceptions: Mapping[str, tuple[date, str]] = field(default_factory=dict)

    def of(self, person_id: str) -> date:
        """The day agreed for one person."""
        return self.exceptions[person_id][0] if person_id in self.exceptions else self.day


@dataclass(frozen=True)
class Case:
    """A household's case as of now; every step gives a new one."""

    household_id: str
    track: Track
    persons: tuple[Person, ...]
    stage: Stage = Stage.IN_RECEPTION
    since: date | None = None
    permit_valid: bool = True
    hearing: Mapping[Item, Heard] = field(default_factory=dict)
    proposal: Proposal | None = None
    municipality_id: str | None = None
    decided_on: date | None = None
    dates: SettlementDates | None = None

    def __post_init__(self) -> None:
        identifiers = [one.person_id for one in self.persons]
        if not identifiers or len(set(identifiers)) != len(identifiers):
            raise ValueError("a household has at least one person, each once")
