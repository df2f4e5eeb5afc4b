"""What a municipality types, read and looked at: what stops it from being sent, and what must be explained.

An amount is given, or the share of a service and what the whole service cost.  Nothing typed is ever thrown away
or changed; what cannot be read has no value and says why.  Comparisons are with the municipality's own last
answer, with what others spent per person, and with the KOSTRA total of the service.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bosett.expenditure.checks import THOUSAND
from bosett.expenditure.questionnaire import Line

SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+")
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
MOST_NOK = 10**13
"""More than any municipality has: such a number is a slip of the keys."""
MOST_CHANGE = 2
"""A change per person from last year by more than this factor is asked about: an assumption."""
FAR_FROM_OTHERS = 5
"""A figure per person this many times the others', or a part so small, is asked about: an assumption."""
PUBLISHED_NOK = Fraction(775_500, 5)
"""Kroner per person and year that the report on 2015 implies: measures a sum where there is no round before."""
STOPS = frozenset({"unreadable", "negative", "share_over_100", "both_ways", "half_a_share", "too_large"})


@dataclass(frozen=True)
class Flag:
    """One thing about one line; `area` empty = about the whole answer.  `facts` are what its sentence names."""

    area: str
    code: str
    facts: Mapping[str, int]

    @property
    def stops(self) -> bool:
        """Whether it must be mended; otherwise it must be explained."""
        return self.code in STOPS


@dataclass(frozen=True)
class Typed:
    """One line as it stands in the form."""

    area: str
    amount: str = ""
    share: str = ""
    whole: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class Known:
    """What an answer is compared with; None where nothing is stored."""

    persons: Fraction
    last_nok: Mapping[str, int]
    last_persons: Fraction | None
    others_per_person: Mapping[str, float]
    kostra_nok: Mapping[str, int]


def read_number(text: str) -> Fraction | None:
    """A number as people write it: 1 234 567, 1.234.567, 12,5 or 12.5; None if it is none."""
    plain = SPACES.sub("", text).removesuffix("kr").removesuffix("%").removesuffix(",-")
    plain = plain.replace("\u2212", "-")
    if GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    if not NUMBER.fullmatch(plain) or len(plain) > 30:
        return None
    return Fraction(plain.replace(",", "."))


def read_line(line: Line, typed: Typed) -> tuple[int | None, tuple[Flag, ...]]:
    """The whole kroner (or count) that is typed, and what stops it; no number where one is not clear."""
    given = {name: getattr(typed, name).strip() for name in ("amount", "share", "whole")}
    if not any(given.values()):
        return None, ()
    if given["amount"] and (given["share"] or given["whole"]):
        return None, (Flag(line.area, "both_ways", {}),)
    numbers = {name: read_number(text) for name, text in given.items() if text}
    if None in numbers.values():
        return None, (Flag(line.area, "unreadable", {}),)
    found = {name: value for name, value in numbers.items() if value is not None}
    if any(value < 0 for value in found.values()):
        return None, (Flag(line.area, "negative", {}),)
    if "amount" in found:
        return _whole(line, found["amount"])
    if len(found) < 2:
        return None, (Flag(line.area, "half_a_share", {}),)
    if found["share"] > 100:
        return None, (Flag(line.area, "share_over_100", {}),)
    return _whole(line, found["whole"] * found["share"] / 100)


def look(lines: Sequence[Line], typed: Mapping[str, Typed], known: Known) -> tuple[Flag, ...]:
    """Every flag, line by line, then those of the sum."""
    flags: list[Flag] = []
    values: dict[str, int] = {}
    for line in lines:
        value, stops = read_line(line, typed.get(line.area, Typed(line.area)))
        flags += stops
        if value is not None:
            values[line.area] = value
            flags += _compared(line, value, known)
        elif not stops:
            flags.append(Flag(line.area, "empty", {}))
    return (*flags, *_sum(lines, values, known), *_training(values))


def unexplained(flags: Sequence[Flag], typed: Mapping[str, Typed]) -> tuple[Flag, ...]:
    """Flags that still keep the answer from being sent: those that stop, and those without an explanation."""
    return tuple(
        flag for flag in flags if flag.stops or not typed.get(flag.area, Typed(flag.area)).explanation.strip()
    )


def _whole(line: Line, value: Fraction) -> tuple[int | None, tuple[Flag, ...]]:
    if value > MOST_NOK:
        return None, (Flag(line.area, "too_large", {}),)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP)), ()


def _compared(line: Line, value: int, known: Known) -> list[Flag]:
    if line.unit == "count" or not value:
        return []
    if not known.persons:
        return [Flag(line.area, "no_persons", {"value": value})]
    here = value / known.persons
    found = _against_others(line.area, here, known.others_per_person.get(line.area))
    if not found:
        found = _against_last(line.area, here, known)
    total = known.kostra_nok.get(line.area)
    if total is not None and value > total:
        found.append(Flag(line.area, "above_kostra", {"value": value, "kostra": total}))
    return found


def _against_last(area: str, here: Fraction, known: Known) -> list[Flag]:
    last = known.last_nok.get(area)
    if not last or not known.last_persons:
        return []
    before = last / known.last_persons
    if wrong := _thousands(area, float(here), float(before)):
        return [wrong]
    if not Fraction(1, MOST_CHANGE) <= here / before <= MOST_CHANGE:
        return [Flag(area, "changed_much", {"now": round(here), "before": round(before)})]
    return []


def _against_others(area: str, here: Fraction, others: float | None) -> list[Flag]:
    if not others:
        return []
    if wrong := _thousands(area, float(here), others):
        return [wrong]
    if not 1 / FAR_FROM_OTHERS <= float(here) / others <= FAR_FROM_OTHERS:
        return [Flag(area, "far_from_others", {"now": round(here), "others": round(others)})]
    return []


def _thousands(area: str, here: float, beside: float) -> Flag | None:
    facts = {"now": round(here), "beside": round(beside)}
    if THOUSAND[0] <= beside / here <= THOUSAND[1]:
        return Flag(area, "thousands", facts)
    if THOUSAND[0] <= here / beside <= THOUSAND[1]:
        return Flag(area, "thousandfold", facts)
    return None


def _sum(lines: Sequence[Line], values: Mapping[str, int], known: Known) -> list[Flag]:
    """The sum per person, where every line in kroner has an answer."""
    areas = [line.area for line in lines if line.unit == "nok"]
    if len(areas) < 2 or not known.persons or any(area not in values for area in areas):
        return []
    here = Fraction(sum(values[area] for area in areas)) / known.persons
    others = [known.others_per_person.get(area) for area in areas]
    beside = float(PUBLISHED_NOK)
    if all(others):
        beside = float(sum(one for one in others if one is not None))
    if not here:
        return [Flag("", "sum_is_zero", {})]
    if wrong := _thousands("", float(here), beside):
        return [wrong]
    return []


def _training(values: Mapping[str, int]) -> list[Flag]:
    """Hours and participants must go together: no class without somebody in it."""
    taught, attended = values.get("teaching_hours"), values.get("participant_hours")
    if taught is None or attended is None:
        return []
    if attended < taught:
        return [Flag("participant_hours", "fewer_than_taught", {"taught": taught, "attended": attended})]
    return []
