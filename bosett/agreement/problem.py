"""Commitments, and the facts that decide whether they are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.terms.source import Source


class Party(StrEnum):
    """Who has promised."""

    AID = "aid"
    JD = "jd"
    BFD = "bfd"
    KDD = "kdd"
    KS = "ks"
    STATE = "state"
    MUNICIPALITIES = "municipalities"


class Verdict(StrEnum):
    """Never a guess: what cannot be said is said."""

    KEPT = "kept"
    AT_RISK = "at_risk"
    NOT_KEPT = "not_kept"
    CANNOT_BE_SAID = "cannot_be_said"


@dataclass(frozen=True)
class PlacementAboveVedtak:
    """Assigned and allowed persons of one municipality, group and year."""

    municipality_id: str
    group: str
    assigned: int
    allowed: int


@dataclass(frozen=True)
class Facts:
    """What is known for one year as of a day; None = not known, never 0.

    Parameters
    ----------
    need_persons, voted_persons
        The need in force and the sum of the answers in force.
    awaiting_municipalities
        Asked municipalities that have not answered.
    assigned_against_allowed
        One row a municipality and group, or None when the rows were not read.
    anmodning_sent_on
        The day of the year's first anmodning.
    year
        The year of settlement.
    ready_wait_days
        Days that each household that is ready has waited.
    last_mapping_data_year
        The last year whose expenditure has been mapped and published.
    """

    year: int
    need_persons: int | None = None
    voted_persons: int | None = None
    awaiting_municipalities: int | None = None
    assigned_against_allowed: tuple[PlacementAboveVedtak, ...] | None = None
    anmodning_sent_on: date | None = None
    ready_wait_days: tuple[int, ...] | None = None
    last_mapping_data_year: int | None = None


@dataclass(frozen=True)
class Finding:
    """A commitment's verdict as of a day, with what it rests on or what is missing.

    Raises
    ------
    ValueError
        If "cannot be said" does not name what is missing, or another verdict does.
    """

    commitment: str
    verdict: Verdict
    as_of: date
    facts: tuple[tuple[str, int | str], ...] = ()
    missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.verdict is Verdict.CANNOT_BE_SAID) != bool(self.missing):
            raise ValueError("cannot be said names what is missing, and only then")


@dataclass(frozen=True)
class Commitment:
    """What a party has promised, where it stands, and how it is measured.

    `threshold_is_ours` marks a measure whose limit is not in the agreement but assumed by us.
    """

    code: str
    parties: tuple[Party, ...]
    source: Source
    indicator: Callable[[Facts, date], Finding]
    threshold_is_ours: bool = False
