"""Matters between sectors: which desks there are, what one may ask of another, and who may be handed what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bosett.terms.errors import BadInput


class DeskKind(StrEnum):
    """The sectors and levels that matters go between."""

    IMDI = "imdi"
    UDI = "udi"
    BUFETAT = "bufetat"
    NAV = "nav"
    HUSBANKEN = "husbanken"
    STATSFORVALTER = "statsforvalter"
    COUNTY = "county"
    MUNICIPALITY = "municipality"


IN_A_COUNTY = frozenset({DeskKind.STATSFORVALTER, DeskKind.COUNTY})
MEET_PERSONS = frozenset({DeskKind.IMDI, DeskKind.UDI, DeskKind.BUFETAT, DeskKind.MUNICIPALITY})
"""Desks that may see a household at all; whether they see this one is row-level security's question."""


class Ask(StrEnum):
    """What is asked, in codes, so that nothing about a person can be written."""

    SERVICE = "service_needed"
    CAPACITY = "capacity_wanted"
    INFORMATION = "information_wanted"
    DECISION = "decision_wanted"
    TOGETHER = "plan_together"
    FOLLOW_UP = "follow_up"


class RefusalReason(StrEnum):
    """Why a desk does not take a matter."""

    NOT_OUR_TASK = "not_our_task"
    NO_CAPACITY = "no_capacity"
    TOO_LITTLE_KNOWN = "too_little_known"
    DONE_ALREADY = "done_already"
    SOMEBODY_ELSE = "somebody_else"


class Outcome(StrEnum):
    """What became of a matter."""

    DONE = "done"
    NOT_NEEDED = "not_needed"
    CANNOT = "cannot_be_done"


@dataclass(frozen=True)
class Desk:
    """A sector in its place, written `nav`, `county:33`, `municipality:3301`.

    Raises
    ------
    BadInput
        If the place does not go with the kind.
    """

    kind: DeskKind
    place: str = ""

    def __post_init__(self) -> None:
        digits = 4 if self.kind is DeskKind.MUNICIPALITY else 2 if self.kind in IN_A_COUNTY else 0
        if len(self.place) != digits or (digits and not self.place.isdigit()):
            raise BadInput(f"the desk {self.kind}:{self.place}", f"a place of {digits} digits")

    def __str__(self) -> str:
        return f"{self.kind}:{self.place}" if self.place else str(self.kind)

    @property
    def meets_persons(self) -> bool:
        """Whether a matter about a household can be handed to it at all."""
        return self.kind in MEET_PERSONS


def desk(written: str) -> Desk:
    """The desk that is written so.  Raises BadInput."""
    kind, _, place = written.partition(":")
    if kind not in set(DeskKind):
        raise BadInput(f"the desk {written!r}", "one of " + ", ".join(DeskKind))
    return Desk(DeskKind(kind), place)
