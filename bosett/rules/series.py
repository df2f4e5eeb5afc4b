"""One parameter's history: dated entries, their corrections, and which of them holds on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bosett.rules.value import Certainty, DatedRule, DatedValue, Validity
from bosett.terms.errors import NoRuleInForce
from bosett.terms.label import Label
from bosett.terms.source import Source

RULE_UNIT = "rule"


@dataclass(frozen=True)
class Entry:
    """One dated value as stored; `value=None` means repealed from that day."""

    start: date
    value: int | Decimal | str | None
    source: Source
    certainty: Certainty
    note: str = ""


@dataclass(frozen=True)
class Series:
    """The entries of one parameter in order of start day; equal days are corrections in order.

    The reader has checked the order, so that here the last matching entry is the right one.
    """

    path: str
    label: Label
    unit: str
    validity: Validity
    entries: tuple[Entry, ...]

    def value_on(self, on: date, known: date | None = None) -> DatedValue:
        """The number in force; NoRuleInForce if there is none or if this holds names of rules."""
        entry, value = self._in_force(on, known)
        if isinstance(value, str):
            raise NoRuleInForce(self.path, on.isoformat(), "this holds the name of a rule, not a number")
        end = self._end(entry)
        return DatedValue(
            self.path, value, self.unit, entry.source, entry.certainty, entry.start, end, entry.note
        )

    def rule_on(self, on: date, known: date | None = None) -> DatedRule:
        """The rule's name in force; NoRuleInForce if there is none or if this holds numbers."""
        entry, value = self._in_force(on, known)
        if not isinstance(value, str):
            raise NoRuleInForce(self.path, on.isoformat(), "this holds a number, not the name of a rule")
        end = self._end(entry)
        return DatedRule(self.path, value, entry.source, entry.certainty, entry.start, end, entry.note)

    def _in_force(self, on: date, known: date | None) -> tuple[Entry, int | Decimal | str]:
        started = [entry for entry in self.entries if entry.start <= on]
        if not started:
            raise NoRuleInForce(self.path, on.isoformat())
        believed = [entry for entry in started if _published_by(entry, known)]
        if not believed:
            raise NoRuleInForce(self.path, on.isoformat(), f"nothing was published by {known}")
        return self._holding(believed[-1], on)

    def _holding(self, entry: Entry, on: date) -> tuple[Entry, int | Decimal | str]:
        if self.validity is Validity.CALENDAR_YEAR and entry.start.year != on.year:
            why = f"the last value holds for {entry.start.year} only"
            raise NoRuleInForce(self.path, on.isoformat(), why)
        if entry.value is None:
            raise NoRuleInForce(self.path, on.isoformat(), f"repealed from {entry.start}")
        return entry, entry.value

    def _end(self, entry: Entry) -> date | None:
        later = [other.start for other in self.entries if other.start > entry.start]
        next_start = min(later, default=None)
        if self.validity is Validity.UNTIL_CHANGED:
            return next_start
        return date(entry.start.year + 1, 1, 1)


def _published_by(entry: Entry, known: date | None) -> bool:
    """An entry whose source gives no day of publication counts as always known."""
    return known is None or entry.source.published is None or entry.source.published <= known
