"""Grant lines in columns: a million of them in little room, each given back as a line on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from bosett.grants.assumptions import LABELS
from bosett.grants.person_table import PersonTable, Whole
from bosett.grants.result import GrantLine, Status
from bosett.terms.source import Source

MISSING = -1
"""In the column of rates and of amounts: not known, which is never 0."""


@dataclass(frozen=True)
class GrantSum:
    """What a municipality gets under a scheme in a year.

    Parameters
    ----------
    amount_nok
        The sum of the lines that have an amount; None when none has.
    missing
        Lines whose rate is not known.
    """

    municipality_id: str
    year: int
    scheme: str
    lines: int
    amount_nok: int | None
    missing: int


@dataclass(frozen=True)
class LineTable:
    """Lines sorted by year, person, scheme and municipality lived in.

    Parameters
    ----------
    share, whole
        The share is `share` of `whole`; a `whole` of 0 says that no rule of division is known.
    rate, amount
        Whole kroner, or `MISSING`.
    rule, legal, source
        Numbers into `rules`, `legals` and `sources`.
    assumed
        A bit for each assumption, in the order of `assumptions.LABELS`.
    """

    persons: PersonTable
    schemes: tuple[str, ...]
    rules: tuple[str, ...]
    legals: tuple[str, ...]
    sources: tuple[Source | None, ...]
    person: Whole
    year: Whole
    scheme: Whole
    place: Whole
    share: Whole
    whole: Whole
    rate: Whole
    amount: Whole
    rule: Whole
    legal: Whole
    source: Whole
    assumed: Whole

    def __len__(self) -> int:
        return len(self.person)

    def line(self, number: int) -> GrantLine:
        """One line as `grant_lines` gives it."""
        person, year, whole = int(self.person[number]), int(self.year[number]), int(self.whole[number])
        rate, amount, bits = int(self.rate[number]), int(self.amount[number]), int(self.assumed[number])
        return GrantLine(
            person_id=self.persons.ids[person],
            year=year,
            scheme=self.schemes[self.scheme[number]],
            municipality_id=self.persons.places[self.place[number]],
            grant_year=year - int(self.persons.settled_year[person]) + 1,
            share=Fraction(int(self.share[number]), whole) if whole else None,
            rate_nok=None if rate == MISSING else rate,
            amount_nok=None if amount == MISSING else amount,
            rule=self.rules[self.rule[number]],
            source=self.sources[self.source[number]],
            status=Status.RATE_MISSING if amount == MISSING else Status.CALCULATED,
            legal=self.legals[self.legal[number]],
            assumptions=tuple(text for place, text in enumerate(LABELS) if bits >> place & 1),
        )

    def lines(self) -> Iterator[GrantLine]:
        """Every line, in order."""
        return (self.line(number) for number in range(len(self)))

    def of_person(self, person_id: str) -> tuple[GrantLine, ...]:
        """One person's lines."""
        row = self.persons.ids.index(person_id)
        return tuple(self.line(int(number)) for number in np.flatnonzero(self.person == row))

    def sums(self) -> tuple[GrantSum, ...]:
        """One sum for each municipality, year and scheme that has a line."""
        first = int(self.year.min()) if len(self) else 0
        key = (self.place * 1000 + (self.year - first)) * len(self.schemes) + self.scheme
        keys, inverse = np.unique(key, return_inverse=True)
        known = self.amount != MISSING
        lines = np.bincount(inverse)
        with_amount = np.bincount(inverse, weights=known).astype(np.int64)
        total = np.bincount(inverse, weights=np.where(known, self.amount, 0)).astype(np.int64)
        return tuple(
            GrantSum(
                self.persons.places[one // len(self.schemes) // 1000],
                first + one // len(self.schemes) % 1000,
                self.schemes[one % len(self.schemes)],
                int(lines[row]),
                int(total[row]) if with_amount[row] else None,
                int(lines[row] - with_amount[row]),
            )
            for row, one in enumerate(keys.tolist())
        )
