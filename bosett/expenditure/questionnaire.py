"""What each kind of round asks about: its lines with help, in the order of the form.

The thirteen areas are those of the committee's survey as IMDi lists their purposes; those for minors from the
table of contents of its report on unaccompanied minors 2013.  What hosts are asked is our own list, since the
committee's form could not be read: an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bosett.expenditure.areas import AREA_WORDS, KIND_WORDS, WHO_WORDS
from bosett.terms.errors import NoAnswer
from bosett.terms.label import Label

Unit = Literal["nok", "count"]
SHEET_KEY = "bosett"
"""What stands above the lines' keys in the workbook, so that it is known again."""
COUNTS = frozenset({"teaching_hours", "participant_hours", "participants"})
ORDINARY = (
    "refugee_office", "housing", "introduction_programme", "employment", "social_advice", "child_youth",
    "interpreter", "kindergarten", "school", "culture", "health", "substance_use", "shared_costs",
)  # fmt: skip
AREAS: Mapping[str, tuple[str, ...]] = {
    "ordinary": ORDINARY,
    "unaccompanied_minors": (
        "child_youth", "social_advice", "housing", "school", "school_exam", "introduction_programme",
        "support_contact", "culture", "shared_costs",
    ),
    "host": ("health", "child_youth", "interpreter", "social_advice", "shared_costs"),
    "norwegian": ("training", "teaching_hours", "participant_hours", "participants"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the form: what is asked, how to find it, and what it is counted in."""

    area: str
    name: Label
    help: Label
    unit: Unit


def lines(kind: str) -> tuple[Line, ...]:
    """The lines of a kind of round, in the order of the form.

    Raises
    ------
    NoAnswer
        For a kind that there is none of.
    """
    if kind not in AREAS:
        raise NoAnswer("unknown_kind", f"{kind}: rounds are {', '.join(AREAS)}")
    return tuple(
        Line(area, *AREA_WORDS[area], unit="count" if area in COUNTS else "nok") for area in AREAS[kind]
    )


def kind_name(kind: str) -> Label:
    """What a kind of round is called."""
    return KIND_WORDS[kind]


def who_counts(kind: str) -> Label:
    """Whose expenditure is meant, and per whom the estimates are."""
    return WHO_WORDS[kind]
