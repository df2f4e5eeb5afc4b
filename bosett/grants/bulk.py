"""Grant lines of many persons and years at once: the same lines as `grant_lines`, by columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import numpy as np

from bosett.grants.assumptions import ORDER, RULE_ASSUMED
from bosett.grants.claim import Claim
from bosett.grants.claim_lines import claim_lines
from bosett.grants.columns import COLUMN_SCHEMES, Batch, Unknown
from bosett.grants.division import Division, divide
from bosett.grants.line_table import MISSING, LineTable
from bosett.grants.person_table import PersonTable, Whole
from bosett.grants.problem import Move, Rates, SettledPerson
from bosett.grants.result import Grants
from bosett.grants.schemes import FROM_SETTLEMENT
from bosett.grants.solve import check
from bosett.rules.value import Certainty
from bosett.terms.errors import BadInput, NoRuleInForce
from bosett.terms.source import Source

MONTHS = 12
T = TypeVar("T")


def bulk_lines(
    table: PersonTable, years: Sequence[int], rates: Rates, schemes: Sequence[str] = FROM_SETTLEMENT
) -> LineTable:
    """Every person's lines of the years; a rate that is not known gives a line without an amount.

    Promise: `LineTable.line` gives exactly what `grant_lines(..., allow_missing=True)` gives.

    Raises
    ------
    BadInput
        For a scheme that is not paid per settled person.
    """
    unknown = [one for one in schemes if one not in COLUMN_SCHEMES]
    if unknown:
        raise BadInput(", ".join(unknown), f"schemes: {', '.join(COLUMN_SCHEMES)}", column="scheme")
    made = _Made(table, tuple(schemes))
    for year in sorted(years):
        divisions: dict[str, Division] = {}
        for number, scheme in enumerate(schemes):
            for found in COLUMN_SCHEMES[scheme](table, year, rates):
                if isinstance(found, Unknown):
                    made.add_unknown(found, year, number)
                    continue
                if found.split not in divisions:
                    divisions[found.split] = divide(table, year, found.split, rates)
                made.add(found, year, number, divisions[found.split], rates)
        made.close_year()
    return made.table()


def bulk_grants(
    persons: Sequence[SettledPerson],
    moves: Sequence[Move],
    year: int,
    rates: Rates,
    schemes: Sequence[str] = FROM_SETTLEMENT,
    *,
    claims: Sequence[Claim] = (),
    allow_missing: bool = False,
) -> Grants:
    """As `grant_lines`, with the same lines and the same refusals, for many persons.

    Who of the persons has none, and why, is not told; of the claims it is.
    """
    check(persons, moves, claims, schemes)
    per_person = [one for one in schemes if one in COLUMN_SCHEMES]
    table = bulk_lines(PersonTable.of(persons, moves), [year], rates, per_person)
    more, none = claim_lines(claims, {one.person_id: one for one in persons}, year, schemes, rates)
    result = Grants(year, (*table.lines(), *more), tuple(none))
    result.check_missing(allow_missing=allow_missing)
    return result


@dataclass
class _Made:
    """Lines as they are made, and the texts they point to."""

    persons: PersonTable
    schemes: tuple[str, ...]
    rules: dict[str, int] = field(default_factory=dict)
    legals: dict[str, int] = field(default_factory=dict)
    sources: dict[Source | None, int] = field(default_factory=dict)
    open: list[dict[str, Whole]] = field(default_factory=list)
    closed: list[dict[str, Whole]] = field(default_factory=list)

    def add_unknown(self, found: Unknown, year: int, scheme: int) -> None:
        """Lines without rate, share and amount: a rule itself is not known."""
        rows = found.rows
        zero = np.zeros(len(rows), np.int64)
        self._append(
            person=rows, part=zero, place=self.persons.home[rows], share=zero, whole=zero,
            rate=zero + MISSING, amount=zero + MISSING, rule=zero + _number(self.rules, found.rule),
            legal=zero + _number(self.legals, ""), source=zero + _number(self.sources, None), assumed=zero,
            year=zero + year, scheme=zero + scheme,
        )  # fmt: skip

    def add(self, batch: Batch, year: int, scheme: int, division: Division, rates: Rates) -> None:
        """The lines of a batch of persons with one rate."""
        self.add_unknown(Unknown(batch.rows[division.unknown[batch.rows]], batch.split), year, scheme)
        known = ~division.unknown[batch.rows]
        rows, part, told = batch.rows[known], batch.part[known], batch.assumed[known]
        parts = division.parts[rows]
        line = np.repeat(np.arange(len(rows)), parts)
        seat = np.arange(len(line)) - np.repeat(np.cumsum(parts) - parts, parts)
        person = rows[line]
        moved = division.version[person] > 0
        place, share, whole = (
            division.where[person],
            np.ones(len(line), np.int64),
            np.ones(len(line), np.int64),
        )
        at = division.first[person[moved]] + seat[moved]
        place[moved], share[moved] = division.place[at], division.share[at]
        whole[moved] = division.whole[person[moved]]
        rate, source, told = self._rate(batch, year, rates, told, division.assumed[rows])
        amount = _amounts(rate, part, line, share, whole, last=seat == parts[line] - 1)
        self._append(
            person=person, part=seat, place=place, share=share * part[line], whole=whole * MONTHS,
            rate=np.full(len(line), rate), amount=amount,
            rule=np.full(len(line), _number(self.rules, batch.path)),
            legal=self._legal(batch, division, person, known=rate != MISSING),
            source=np.full(len(line), source), assumed=told[line],
            year=np.full(len(line), year), scheme=np.full(len(line), scheme),
        )  # fmt: skip

    def _rate(
        self, batch: Batch, year: int, rates: Rates, told: Whole, moves: Whole
    ) -> tuple[int, int, Whole]:
        try:
            rate = rates.lookup(batch.path, date(year, 1, 1))
        except NoRuleInForce:
            return MISSING, _number(self.sources, None), told
        own = 1 << ORDER[RULE_ASSUMED] if rate.certainty is Certainty.ASSUMED else 0
        return rate.whole, _number(self.sources, rate.source), told | moves | own

    def _legal(self, batch: Batch, division: Division, person: Whole, *, known: bool) -> Whole:
        names = ["", *division.versions] if known else [""] * (1 + len(division.versions))
        told = [batch.legal + (f"; {batch.split}: {name}" if name else "") for name in names]
        numbers = np.array([_number(self.legals, one) for one in told], dtype=np.int64)
        return np.asarray(numbers[division.version[person]])

    def _append(self, **columns: Whole) -> None:
        if len(columns["person"]):
            self.open.append(columns)

    def close_year(self) -> None:
        """Put the year's lines in order."""
        if not self.open:
            return
        joined = {name: np.concatenate([one[name] for one in self.open]) for name in self.open[0]}
        key = (joined["person"] * len(self.schemes) + joined["scheme"]) * 1000 + joined.pop("part")
        order = np.argsort(key, kind="stable")
        self.closed.append({name: values[order] for name, values in joined.items()})
        self.open = []

    def table(self) -> LineTable:
        """The finished table."""
        names = [
            "person", "year", "scheme", "place", "share", "whole", "rate", "amount", "rule", "legal", "source",
            "assumed",
        ]  # fmt: skip
        empty = [np.zeros(0, np.int64)]
        columns = {name: np.concatenate([one[name] for one in self.closed] or empty) for name in names}
        return LineTable(
            self.persons, self.schemes, tuple(self.rules), tuple(self.legals), tuple(self.sources), **columns
        )


def _number(seen: dict[T, int], what: T) -> int:
    return seen.setdefault(what, len(seen))


def _amounts(rate: int, part: Whole, line: Whole, share: Whole, whole: Whole, *, last: np.ndarray) -> Whole:
    """Whole kroner: each part rounded half up, the last takes the remainder."""
    if rate == MISSING:
        return np.full(len(line), MISSING)
    due = (2 * rate * part + MONTHS) // (2 * MONTHS)
    rounded = (2 * due[line] * share + whole) // (2 * whole)
    others = np.bincount(line, weights=np.where(last, 0, rounded), minlength=len(part)).astype(np.int64)
    return np.asarray(np.where(last, due[line] - others[line], rounded))
