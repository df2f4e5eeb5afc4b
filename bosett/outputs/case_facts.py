"""What a case paper is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bosett.decisions.planner import Alternative, CapacityAnswer, Resource
from bosett.outputs.paper import Language
from bosett.terms.source import Source


@dataclass(frozen=True)
class EarlierYear:
    """One earlier year; None = not known, which the paper says."""

    year: int
    asked: int | None
    voted: int | None
    settled: int | None


@dataclass(frozen=True)
class CasePaperFacts:
    """The facts of one case paper.

    Parameters
    ----------
    reasons
        Why this number was asked for, in the paper's language, as `explain_in_words` gives them.
    capacity
        As `how_many_fit` gives it.
    free_homes
        Bedrooms -> homes, as `free_by_size` gives them; empty when homes are not recorded.
    alternatives
        As `alternative` gives them, with the money of the grants room; at least one.

    Raises
    ------
    ValueError
        If there is no alternative, or two with the same number.
    """

    name: str
    language: Language
    year: int
    day: date
    asked: int
    deadline: date
    capacity: CapacityAnswer
    alternatives: tuple[Alternative, ...]
    em_under15: int | None = None
    em_15_17: int | None = None
    case_number: str = ""
    meeting_on: date | None = None
    reasons: tuple[str, ...] = ()
    history: tuple[EarlierYear, ...] = ()
    free_homes: Mapping[int, int] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    resource_order: tuple[Resource, ...] = tuple(Resource)

    def __post_init__(self) -> None:
        numbers = [one.persons for one in self.alternatives]
        if not numbers or len(set(numbers)) < len(numbers):
            raise ValueError("a case paper has alternatives, each with a number of its own")
