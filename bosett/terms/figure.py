"""A published number and the six ways it can be something else than a plain number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Zero, not asked, not yet, suppressed, unknown and not stored are six different things."""

    NUMBER = "number"
    NOT_ASKED = "not_asked"
    AWAITING = "awaiting"
    SUPPRESSED = "suppressed"
    UNKNOWN = "unknown"
    NOT_STORED = "not_stored"


@dataclass(frozen=True)
class Figure:
    """A whole number of persons or the reason why there is none.

    Raises
    ------
    ValueError
        If the value is negative, or given together with a state that has none.
    """

    state: State
    value: int | None = None

    def __post_init__(self) -> None:
        if (self.state is State.NUMBER) != (self.value is not None):
            raise ValueError(f"state {self.state} does not go with value {self.value}")
        if self.value is not None and self.value < 0:
            raise ValueError(f"a figure of persons is not negative: {self.value}")

    @classmethod
    def of(cls, value: int) -> Figure:
        """A known number; zero is a number."""
        return cls(State.NUMBER, value)

    @classmethod
    def missing(cls, state: State) -> Figure:
        """No number, and why."""
        return cls(state)
