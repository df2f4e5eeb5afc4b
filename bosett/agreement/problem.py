"""What was promised, the dated facts that tell whether it is kept, and what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from operator import itemgetter

from bosett.rules.parameters import Parameters
from bosett.rules.value import Certainty, DatedValue
from bosett.terms.label import Label
from bosett.terms.partial_day import PartialDay
from bosett.terms.source import Source

Number = int | Decimal


class Verdict(StrEnum):
    """Never a guess: what cannot be said is said."""

    KEPT = "kept"
    AT_RISK = "at_risk"
    NOT_KEPT = "not_kept"
    CANNOT_BE_SAID = "cannot_be_said"


@dataclass(frozen=True)
class Fact:
    """One thing that is known about a year.

    Parameters
    ----------
    what
        Its code, such as `need` or `voted`; the unit is part of what it is (docs/rooms/agreement.md).
    year
        The year it is about: of settlement, or of the data of a mapping.
    on
        When it held or was done, as precisely as the source tells.  It counts from its last possible day, so
        that nothing is known too early; a figure of a whole year holds on its last day.
    day_known
        False where `on` is only a bound: it was done by then, on a day that no source tells.
    """

    what: str
    year: int
    value: Number
    on: PartialDay
    source: Source
    certainty: Certainty = Certainty.SOURCE
    note: str = ""
    day_known: bool = True


@dataclass(frozen=True)
class FactBook:
    """Every fact at hand, in any order; what is not in it is not known, never 0."""

    facts: tuple[Fact, ...]

    @cached_property
    def _dated(self) -> dict[tuple[str, int], list[tuple[date, Fact]]]:
        """(what, year) -> each fact with the day it counts from, oldest first."""
        found: dict[tuple[str, int], list[tuple[date, Fact]]] = {}
        for one in self.facts:
            found.setdefault((one.what, one.year), []).append((one.on.latest, one))
        return {key: sorted(told, key=itemgetter(0)) for key, told in found.items()}

    def history(self, what: str, year: int, as_of: date) -> tuple[Fact, ...]:
        """What was known by a day, oldest first; facts of the same day stand as they were given."""
        return tuple(one for day, one in self._dated.get((what, year), ()) if day <= as_of)

    def newest(self, what: str, year: int, as_of: date) -> Fact | None:
        """The last of the history, or None."""
        found = self.history(what, year, as_of)
        return found[-1] if found else None

    def with_facts(self, more: Iterable[Fact]) -> FactBook:
        """The same with more facts, which stand after those of the same day."""
        return FactBook((*self.facts, *more))


@dataclass(frozen=True)
class Case:
    """One year looked at on a day, with the limits that held in it."""

    book: FactBook
    limits: Parameters
    year: int
    as_of: date

    @property
    def day(self) -> date:
        """The day itself, or the year's last when that is over: the limits that are held against it are its own."""
        return min(self.as_of, date(self.year, 12, 31))


@dataclass(frozen=True)
class Finding:
    """What an indicator says, and what it rests on or lacks.

    Parameters
    ----------
    figures
        (code, number) in the order they are told, also where it cannot be said.
    missing
        The codes of the facts or limits without which it cannot be said.
    limits
        (path, dated value with its source) that decided it; one that is assumed is ours.

    Raises
    ------
    ValueError
        If "cannot be said" does not name what is missing, or another verdict does.
    """

    indicator: str
    verdict: Verdict
    as_of: date
    figures: tuple[tuple[str, Number], ...] = ()
    missing: tuple[str, ...] = ()
    limits: tuple[tuple[str, DatedValue], ...] = ()
    evidence: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        if (self.verdict is Verdict.CANNOT_BE_SAID) != bool(self.missing):
            raise ValueError("cannot be said names what is missing, and only then")


Indicator = Callable[[Case], Finding]


@dataclass(frozen=True)
class Commitment:
    """What parties have promised in one agreement.

    Parameters
    ----------
    parties, through
        Codes of those who signed, and of the bodies by which they act.
    text, source, certainty
        The term it stands in, in our words.
    indicators
        Codes of what is measured; never none.
    """

    agreement: str
    code: str
    parties: tuple[str, ...]
    through: tuple[str, ...]
    text: Label
    source: Source
    certainty: Certainty
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A commitment with one finding an indicator; its verdict is the worst that can be said."""

    commitment: Commitment
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """Not kept before at risk before kept; cannot be said only where nothing can."""
        said = {one.verdict for one in self.findings}
        for verdict in (Verdict.NOT_KEPT, Verdict.AT_RISK, Verdict.KEPT):
            if verdict in said:
                return verdict
        return Verdict.CANNOT_BE_SAID
