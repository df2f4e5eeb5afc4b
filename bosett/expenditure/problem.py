"""A survey as it came in: the frame, the answers, and the registers beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class FrameRow:
    """A municipality of the frame.

    Parameters
    ----------
    eligible_persons
        Persons who release the grant, the average of the year; >= 0.
    sampled, certainty
        Whether it was asked; whether it was sure to be asked (certainty rows are their own stratum).
    base_weight
        Municipalities of the frame it stands for, >= 1; counts only when sampled.
    auxiliary
        Further known figures by name, for the calibrated estimator.
    """

    municipality_id: str
    stratum: str
    eligible_persons: Fraction
    sampled: bool
    certainty: bool
    base_weight: Fraction
    auxiliary: Mapping[str, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.eligible_persons < 0:
            raise BadInput(str(self.eligible_persons), "persons >= 0", "frame", column="eligible_persons")
        if self.sampled and self.base_weight < 1:
            raise BadInput(str(self.base_weight), "a weight of at least 1", "frame", column="base_weight")
        if self.certainty and not self.sampled:
            raise BadInput(
                f"{self.municipality_id}: certain, not sampled", "a certainty row is sampled", "frame"
            )


@dataclass(frozen=True)
class Answer:
    """What a municipality says it spent in an area; no row is no answer, and 0 is an answer."""

    municipality_id: str
    area: str
    amount_nok: int | Fraction


@dataclass(frozen=True)
class RegisterItem:
    """A register's figure by residence year (1-5): whole expenditure and persons.

    `municipality_id` empty = the whole country.
    """

    residence_year: int
    item: str
    amount_nok: int | Fraction
    persons: int | Fraction
    municipality_id: str = ""


@dataclass(frozen=True)
class Survey:
    """Frame and answers, checked: each municipality once, each answer once and from a sampled one."""

    frame: tuple[FrameRow, ...]
    answers: tuple[Answer, ...]

    def __post_init__(self) -> None:
        identifiers = [row.municipality_id for row in self.frame]
        if len(set(identifiers)) != len(identifiers):
            raise BadInput("a municipality twice", "each municipality once", "frame")
        sampled = {row.municipality_id for row in self.frame if row.sampled}
        seen: set[tuple[str, str]] = set()
        for one in self.answers:
            if one.municipality_id not in sampled:
                raise BadInput(one.municipality_id, "a sampled municipality", "answers")
            if (one.municipality_id, one.area) in seen:
                raise BadInput(f"{one.municipality_id}, {one.area}", "each answer once", "answers")
            seen.add((one.municipality_id, one.area))

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that somebody answered, sorted."""
        return tuple(sorted({one.area for one in self.answers}))
