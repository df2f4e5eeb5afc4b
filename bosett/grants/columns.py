"""The schemes of `schemes` for everybody at once: who has a due, at which rate, and on which assumptions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from bosett.grants import assumptions as assumed
from bosett.grants import legal
from bosett.grants.assumptions import ORDER
from bosett.grants.eligible import BORN_WITHIN, MAX_YEARS, MAX_YEARS_HUMANITARIAN_FAMILY, months_later
from bosett.grants.moves import MOVE_SPLIT, NORWEGIAN_SPLIT
from bosett.grants.person_table import Flags, PersonTable, Whole
from bosett.grants.problem import Rates
from bosett.grants.schemes import ADULT_YEARS, COLLECTIVE, EM, EXTRA_YEAR, ORDINARY
from bosett.rules.value import Certainty
from bosett.terms.errors import NoRuleInForce

WHOLE_YEAR = 12


@dataclass(frozen=True)
class Batch:
    """Persons with one rate: `part` in twelfths of it, `assumed` in bits."""

    rows: Whole
    path: str
    part: Whole
    legal: str
    split: str
    assumed: Whole


@dataclass(frozen=True)
class Unknown:
    """Persons for whom a rule itself is not known."""

    rows: Whole
    rule: str


Found = Iterator[Batch | Unknown]


def integration(table: PersonTable, year: int, rates: Rates) -> Found:
    """As `schemes.integration`."""
    due, unknown = _eligible(table, year, rates, table.settled_year <= year)
    yield from unknown
    number = year - table.settled_year + 1
    common = _common(table, year)
    first = due & (number == 1)
    category = {
        "unaccompanied_minor": table.minor,
        "child": ~table.minor & (table.age < ADULT_YEARS),
        "single_adult": ~table.minor & (table.age >= ADULT_YEARS) & table.single,
        "other_adult": ~table.minor & (table.age >= ADULT_YEARS) & ~table.single,
    }
    for name, who in category.items():
        own = _bit(assumed.EM_RATE_2024) if (name, year) == ("unaccompanied_minor", 2024) else 0
        yield _batch(
            first & who, f"grants/integration/year1_{name}", legal.INTEGRATION, MOVE_SPLIT, common | own
        )
    for later in np.unique(number[due & (number > 1)]).tolist():
        path = f"grants/integration/year{later}"
        yield _batch(due & (number == later), path, legal.INTEGRATION, MOVE_SPLIT, common)


def elder(table: PersonTable, year: int, rates: Rates) -> Found:
    """As `schemes.elder`."""
    due, unknown = _eligible(table, year, rates, table.settled_year == year)
    yield from unknown
    try:
        lowest = rates.lookup("grants/elder/lowest_age", date(year, 1, 1)).whole
    except NoRuleInForce as missing:
        yield Unknown(np.flatnonzero(due), missing.rule)
        return
    told = _common(table, year) | _bit(assumed.NOT_SPLIT)
    yield _batch(due & (table.age >= lowest), "grants/elder/age_60_plus", legal.ELDER, "", told)


def kindergarten(table: PersonTable, year: int, rates: Rates) -> Found:
    """As `schemes.kindergarten`."""
    due, unknown = _eligible(table, year, rates, table.settled_year == year)
    yield from unknown
    try:
        highest = rates.lookup("grants/kindergarten/highest_age", date(year, 1, 1)).whole
    except NoRuleInForce as missing:
        yield Unknown(np.flatnonzero(due), missing.rule)
        return
    told = _common(table, year) | _bit(assumed.NOT_SPLIT)
    yield _batch(due & (table.age <= highest), "grants/kindergarten/age_0_5", legal.KINDERGARTEN, "", told)


def unaccompanied_minor(table: PersonTable, year: int, rates: Rates) -> Found:
    """As `schemes.unaccompanied_minor`."""
    here, day = table.minor & _present(table, year), date(year, 1, 1)
    first = table.settled_year == year
    age = year - table.birth_year
    try:
        last = rates.lookup(f"{EM}/last_year_of_age", day)
        within = here & (age <= last.whole)
        one_rate = rates.version(f"{EM}/bands", day).name == "one_rate"
    except NoRuleInForce as missing:
        yield Unknown(np.flatnonzero(here if missing.rule.endswith("age") else within), missing.rule)
        return
    started, unknown = _certainty(rates, f"{EM}/settlement_year", day)
    if started is None:
        yield Unknown(np.flatnonzero(within & first), unknown)
        within &= ~first
    told = (
        _common(table, year) | _bit(assumed.SPLIT_ALIKE) | np.where(first, _bit(assumed.SETTLEMENT_MONTH), 0)
    )
    unsure = np.full(len(age), last.certainty is Certainty.ASSUMED) | (first & (started is Certainty.ASSUMED))
    told = told | np.where(unsure, _bit(assumed.RULE_ASSUMED), 0)
    part = np.where(first, 13 - table.settled_month, WHOLE_YEAR)
    if one_rate:
        yield _batch(within, f"{EM}/all_ages", legal.MINORS, MOVE_SPLIT, told, part)
        return
    try:
        high = rates.lookup(f"{EM}/high_rate_last_year_of_age", day).whole
    except NoRuleInForce as missing:
        yield Unknown(np.flatnonzero(within), missing.rule)
        return
    yield _batch(within & (age <= high), f"{EM}/to_year_16", legal.MINORS, MOVE_SPLIT, told, part)
    yield _batch(within & (age > high), f"{EM}/year_17_to_20", legal.MINORS, MOVE_SPLIT, told, part)


def unaccompanied_minor_extra(table: PersonTable, year: int, _rates: Rates) -> Found:
    """As `schemes.unaccompanied_minor_extra`."""
    who = table.minor & (table.settled_year == EXTRA_YEAR) & np.full(len(table.ids), year == EXTRA_YEAR)
    yield _batch(who, f"{EM}/extra_settled_in_2016", legal.MINORS_2016, "", _common(table, year))


def norwegian_person(table: PersonTable, year: int, rates: Rates) -> Found:
    """As `schemes.norwegian_person`."""
    who, day = _present(table, year) & ~table.applied_late, date(year, 1, 1)
    age, number = year - table.birth_year, year - table.settled_year + 1
    try:
        who &= age >= rates.lookup("grants/norwegian/lowest_age", day).whole
        who &= age <= rates.lookup("grants/norwegian/highest_age", day).whole
    except NoRuleInForce as missing:
        yield Unknown(np.flatnonzero(who), missing.rule)
        return
    told = _common(table, year) | _bit(assumed.NORWEGIAN_AGE) | _bit(assumed.NORWEGIAN_GROUP)
    groups = (
        ("ordinary", ORDINARY, legal.NORWEGIAN, ~table.collective),
        ("collective", COLLECTIVE, legal.NORWEGIAN_COLLECTIVE, table.collective & ~table.extended),
        ("collective_extended", COLLECTIVE, legal.NORWEGIAN_COLLECTIVE, table.collective & table.extended),
    )
    for group, name, reference, members in groups:
        try:
            most = rates.lookup(f"grants/norwegian/years_{group}", day).whole
        except NoRuleInForce as missing:
            yield Unknown(np.flatnonzero(who & members), missing.rule)
            continue
        for one in range(1, most + 1):
            plain = (name, one) == (COLLECTIVE, 1)
            path = f"grants/norwegian/{name}{'' if plain else f'_year{one}'}"
            yield _batch(who & members & (number == one), path, reference, NORWEGIAN_SPLIT, told)


def _eligible(table: PersonTable, year: int, rates: Rates, within: Flags) -> tuple[Flags, list[Unknown]]:
    """As `eligible.why_not` for those `within`: who is due, and for whom a rule is not known."""
    due = within & _present(table, year) & (table.barred == 0)
    unknown: dict[str, list[int]] = {}
    for row, mother, birth in table.born_here:
        if due[row]:
            try:
                due[row] = birth <= months_later(mother, rates.lookup(BORN_WITHIN, mother).whole)
            except NoRuleInForce as missing:
                due[row] = False
                unknown.setdefault(missing.rule, []).append(row)
    found = [Unknown(np.array(rows, dtype=np.int64), rule) for rule, rows in unknown.items()]
    number = year - table.settled_year + 1
    for path, who in (
        (MAX_YEARS, ~table.of_humanitarian),
        (MAX_YEARS_HUMANITARIAN_FAMILY, table.of_humanitarian),
    ):
        try:
            due &= ~who | (number <= rates.lookup(path, date(year, 1, 1)).whole)
        except NoRuleInForce as missing:
            found.append(Unknown(np.flatnonzero(due & who), missing.rule))
            due &= ~who
    return due, found


def _present(table: PersonTable, year: int) -> Flags:
    return (table.settled_year <= year) & (table.left_year >= year)


def _common(table: PersonTable, year: int) -> Whole:
    told = (
        (assumed.SETTLEMENT_DATE, table.other_register_year),
        (assumed.LEAVING_YEAR, table.left_year == year),
        (assumed.FAMILY_UNCHECKED, table.family_unchecked),
        (assumed.FAMILY_ONCE, table.family_checked),
    )
    bits = np.zeros(len(table.ids), np.int64)
    for text, who in told:
        bits |= np.where(who, _bit(text), 0)
    return bits


def _bit(text: str) -> int:
    return 1 << ORDER[text]


def _certainty(rates: Rates, path: str, day: date) -> tuple[Certainty | None, str]:
    try:
        return rates.version(path, day).certainty, ""
    except NoRuleInForce as missing:
        return None, missing.rule


def _batch(
    who: Flags, path: str, reference: str, split: str, told: Whole, part: Whole | None = None
) -> Batch:
    rows = np.flatnonzero(who)
    parts = np.full(len(rows), WHOLE_YEAR) if part is None else part[rows]
    return Batch(rows, path, parts, reference, split, told[rows])


COLUMN_SCHEMES: Mapping[str, Callable[[PersonTable, int, Rates], Found]] = {
    "integration": integration,
    "elder": elder,
    "kindergarten": kindergarten,
    "unaccompanied_minor": unaccompanied_minor,
    "unaccompanied_minor_extra": unaccompanied_minor_extra,
    "norwegian_person": norwegian_person,
}
