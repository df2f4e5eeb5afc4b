"""What follows from requests and answers: effects of a new number, and the gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bosett.terms.groups import Group


class AnswerState(StrEnum):
    """Where one municipality stands in a round; each is counted for itself."""

    SAME = "same"
    FEWER = "fewer"
    MORE = "more"
    ZERO = "zero"
    AWAITING = "awaiting"
    NO_ANSWER = "no_answer"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Effect:
    """What a raised or cut request does to a vedtak that was given before.

    Parameters
    ----------
    stands
        The vedtak stays in force as the council made it; always true for a decided one.
    ask_again
        Whether the municipality must be asked again.
    unanswered
        Persons of the new request that no vedtak covers; None while the council has not decided.
    above_request
        Persons voted beyond the new request.
    """

    stands: bool
    ask_again: bool
    unanswered: int | None
    above_request: int

    def __post_init__(self) -> None:
        if self.above_request < 0 or (self.unanswered or 0) < 0:
            raise ValueError("an effect is not a negative number of persons")


@dataclass(frozen=True)
class Gap:
    """Asked against voted, for one county or the country.  Missing is never 0.

    Parameters
    ----------
    asked_answered, voted
        Sums over municipalities that have given a number or a zero, so that they can be compared.
    asked_open
        Persons asked of municipalities without an answer (awaiting, none, unknown).
    short, above
        Sums of the shortfalls and of the surpluses among those who answered.
    states
        How many municipalities stand in each state.
    """

    asked_answered: int
    voted: int
    asked_open: int
    short: int
    above: int
    states: Mapping[AnswerState, int]

    def __post_init__(self) -> None:
        if self.voted - self.asked_answered != self.above - self.short:
            raise ValueError("the gap does not add up")

    @property
    def asked(self) -> int:
        """Persons asked for in all."""
        return self.asked_answered + self.asked_open

    @property
    def municipalities(self) -> int:
        """How many municipalities are counted, in whatever state."""
        return sum(self.states.values())


@dataclass(frozen=True)
class GapTable:
    """The gap of each county and of the country, which is their sum."""

    year: int
    group: Group
    counties: Mapping[str, Gap]
    country: Gap

    def __post_init__(self) -> None:
        for name in ("asked_answered", "voted", "asked_open", "short", "above", "municipalities"):
            if sum(getattr(one, name) for one in self.counties.values()) != getattr(self.country, name):
                raise ValueError(f"the counties' {name} do not sum to the country's")
