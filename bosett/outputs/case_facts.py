"""What a case paper is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bosett.decisions.commitments import Commitment
from bosett.decisions.plan_gain import Gain
from bosett.decisions.planner import Alternative, CapacityAnswer, Resource
from bosett.outputs.paper import Language
from bosett.terms.source import Source

OWN_TEXTS = ("background", "assessment", "economy", "resolution")
"""Where the municipality writes itself: after the facts, its judgement, after the money, the proposal."""


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
        Why this number was asked for, in the paper's language, as `criterion_sentences` gives them; empty when the
        request was not worked out here, which the paper says.
    capacity
        As `how_many_fit` gives it.
    free_homes
        Bedrooms -> homes, as `free_by_size` gives them; empty when homes are not recorded.
    persons_a_bedroom, bedrooms_chosen
        How many persons the homes are counted to hold to a bedroom (None = the paper does not say), and whether the
        municipality chose that itself.
    alternatives
        As `alternative` gives them, with the money of the grants room; at least one.  A number is of the
        whole year, those already `taken` included.
    taken
        Persons of the year who are settled or assigned already.
    commitments, gains
        As the planner gives them.
    own_number, recommended
        A number of the municipality's own, and the one that the proposal for the council names; None = none yet.
    own_texts
        `OWN_TEXTS` -> what the municipality wrote itself, paragraphs with an empty line between.
    rates_assumed
        Whether a rate behind the money is not set yet and is assumed.
    exercise
        Whether the figures are made up, which the paper then says above everything.

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
    persons_a_bedroom: int | None = None
    bedrooms_chosen: bool = False
    sources: tuple[Source, ...] = ()
    resource_order: tuple[Resource, ...] = tuple(Resource)
    taken: int = 0
    commitments: tuple[Commitment, ...] = ()
    gains: tuple[Gain, ...] = ()
    own_number: int | None = None
    recommended: int | None = None
    own_texts: Mapping[str, str] = field(default_factory=dict)
    rates_assumed: bool = False
    exercise: bool = False

    def __post_init__(self) -> None:
        if not set(self.own_texts) <= set(OWN_TEXTS):
            raise ValueError(f"a case paper has room for {', '.join(OWN_TEXTS)}")
        numbers = [one.persons for one in self.alternatives]
        if not numbers or len(set(numbers)) < len(numbers):
            raise ValueError("a case paper has alternatives, each with a number of its own")

    @property
    def knows_room(self) -> bool:
        """Whether any resource has figures, so that it can be said what fits."""
        return len(self.capacity.not_known) < len(self.resource_order)

    def is_what_fits(self, persons: int) -> bool:
        """Whether a number of the whole year is the one there is room for."""
        return self.knows_room and persons == self.taken + self.capacity.total
