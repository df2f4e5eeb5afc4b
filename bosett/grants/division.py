"""The division of a year between municipalities for everybody at once; the same rules as `moves`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from bosett.grants.assumptions import DAYS_LIVED, DECEMBER, IN_SEQUENCE, ORDER, ROUNDED_PARTS
from bosett.grants.person_table import Flags, PersonTable, Whole
from bosett.grants.problem import Rates
from bosett.terms.errors import NoRuleInForce

UNITS = 24
"""Twelfths and eighths are both whole in 24ths."""


@dataclass(frozen=True)
class Division:
    """Each person's parts of a year.

    Parameters
    ----------
    where
        The municipality of a person with one part.
    parts
        How many parts each person has.
    first
        Where a person's parts begin in `place` and `share`; only read when there is more than one part
        or the person moves in the year.
    place, share
        Of each part, in the order of `moves.holdings`; `share` is of `whole`.
    whole
        What the shares of each person sum to.
    assumed
        Bits of the assumptions.
    version
        0 = no move in the year, else 1 + a number into `versions`.
    unknown
        Moves in the year, and no rule of division is in force.
    """

    where: Whole
    parts: Whole
    first: Whole
    place: Whole
    share: Whole
    whole: Whole
    assumed: Whole
    version: Whole
    versions: tuple[str, ...]
    unknown: Flags


def divide(table: PersonTable, year: int, split: str, rates: Rates) -> Division:
    """Where each person's year belongs; `split` empty = to the municipality of settlement."""
    count = len(table.ids)
    whole = UNITS * (date(year + 1, 1, 1).toordinal() - np.maximum(table.settled_day, _new_year(year)))
    zero, one = np.zeros(count, np.int64), np.ones(count, np.int64)
    none = np.zeros(count, np.bool_)
    empty = np.zeros(0, np.int64)
    before, within = table.moves.year < year, table.moves.year == year
    where = table.home.copy()
    if split:
        where[table.moves.person[before]] = table.moves.to[before]  # in order of day: the last one stays
    if not split or not within.any():
        return Division(where, one, zero, empty, empty, whole, zero, zero, (), none)
    return _with_moves(table, year, split, rates, where, whole)


def _new_year(year: int) -> int:
    return date(year, 1, 1).toordinal()


def _with_moves(
    table: PersonTable, year: int, split: str, rates: Rates, where: Whole, whole: Whole
) -> Division:
    moves, count, within = table.moves, len(table.ids), table.moves.year == year
    person, day, month, to = moves.person[within], moves.day[within], moves.month[within], moves.to[within]
    names, rule = _rules(day, split, rates)
    unknown = np.zeros(count, np.bool_)
    unknown[person[rule == 0]] = True
    days = whole[person] // UNITS
    until = _until(names, rule, month, day - (_new_year(year + 1) - days), days)
    rank = np.cumsum(np.concatenate(([0], (np.diff(person) != 0).astype(np.int64))))
    width = UNITS * 367
    reached = np.maximum.accumulate(rank * width + until) - rank * width
    starts = np.concatenate(([True], np.diff(person) != 0))
    earlier = np.where(starts, 0, np.concatenate(([0], reached[:-1])))
    lived = np.where(starts, where[person], np.concatenate(([0], to[:-1])))
    ends = np.concatenate((starts[1:], [True]))
    movers, last = person[ends], to[ends]
    all_person = np.concatenate((person, movers))
    all_place = np.concatenate((lived, last))
    all_share = np.concatenate((reached - earlier, whole[movers] - reached[ends]))
    where = where.copy()
    where[movers] = last
    kept, place, share = _merged(all_person, all_place, all_share, where, len(table.places))
    parts = np.ones(count, np.int64)
    parts[movers] = np.bincount(kept, minlength=count)[movers]
    first = np.zeros(count, np.int64)
    begins = np.flatnonzero(np.concatenate(([True], np.diff(kept) != 0)))
    first[kept[begins]] = begins
    version = np.zeros(count, np.int64)
    version[person] = rule  # in order of day: that of the last move
    bits = _bits(names, rule, month, starts)
    assumed = np.zeros(count, np.int64)
    np.bitwise_or.at(assumed, person, bits)
    assumed |= np.where(parts > 1, 1 << ORDER[ROUNDED_PARTS], 0)
    return Division(where, parts, first, place, share, whole, assumed, version, names, unknown)


def _rules(day: Whole, split: str, rates: Rates) -> tuple[tuple[str, ...], Whole]:
    """The names of the versions in force on the days, and for each day 1 + its number; 0 = none."""
    names: list[str] = []
    found: dict[int, int] = {}
    for one in np.unique(day).tolist():
        try:
            name = rates.version(split, date.fromordinal(one)).name
        except NoRuleInForce:
            found[one] = 0
            continue
        if name not in names:
            names.append(name)
        found[one] = 1 + names.index(name)
    return tuple(names), np.array([found[one] for one in day.tolist()], dtype=np.int64)


def _until(names: tuple[str, ...], rule: Whole, month: Whole, lived: Whole, days: Whole) -> Whole:
    """The part of the year up to each move, of `UNITS` times the days; one line a rule version."""
    told = {
        "twelfths_month_and_next": 2 * np.minimum(12, month + 1) * days,
        "eighths_by_quarter": 3 * (2 * ((month - 1) // 3) + 1) * days,
        "by_days_lived": UNITS * lived,
    }
    until = np.zeros(len(rule), np.int64)
    for number, name in enumerate(names, start=1):
        until = np.where(rule == number, told[name], until)
    return until


def _bits(names: tuple[str, ...], rule: Whole, month: Whole, starts: Flags) -> Whole:
    by_days = np.zeros(len(rule), np.bool_)
    for number, name in enumerate(names, start=1):
        by_days |= (rule == number) & (name == "by_days_lived")
    part = np.where(month == 12, 1 << ORDER[DECEMBER], 0) | np.where(starts, 0, 1 << ORDER[IN_SEQUENCE])
    return np.where(by_days, 1 << ORDER[DAYS_LIVED], part).astype(np.int64)


def _merged(
    person: Whole, place: Whole, share: Whole, last: Whole, places: int
) -> tuple[Whole, Whole, Whole]:
    """One part a person and municipality: by first stay, the last municipality last, none empty."""
    keys, first, inverse = np.unique(person * places + place, return_index=True, return_inverse=True)
    summed = np.bincount(inverse, weights=share).astype(np.int64)
    who, where = keys // places, keys % places
    order = np.where(where == last[who], len(person), first)
    sorting = np.lexsort((order, who))
    kept = sorting[summed[sorting] > 0]
    return who[kept], where[kept], summed[kept]
