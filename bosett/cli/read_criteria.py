"""The criteria file of `bosett distribute`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from bosett.distribution import Criterion, Direction, DistributionCriteria, Method, Rounding, Transform
from bosett.rules.strict_yaml import Lines, read_yaml
from bosett.terms.errors import BadInput

Word = TypeVar("Word", Method, Rounding, Direction, Transform)

KEYS = ("method", "weights", "floor", "round", "columns", "size_minimum", "size_exceptions")
WEIGHT_KEYS = ("column", "weight", "direction", "times", "transform", "at_most")
LAST_DIGIT = Fraction(1, 10**9)
LONGEST_SHARE = 40
"""Characters; a longer one is a mistake, and an exponent could make a number without end."""


def read_criteria(path: Path) -> DistributionCriteria:
    """Read and check a criteria file.

    Raises
    ------
    BadInput
        Names the file and the line of what is not as `bosett distribute --example` shows.
    """
    file = str(path)
    try:
        return _criteria(_mapping(read_yaml(path), KEYS))
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, file, bad.row, bad.column) from None


def _criteria(found: Lines) -> DistributionCriteria:
    method = _word(found, "method", Method) if "method" in found else Method.WEIGHTS
    return DistributionCriteria(
        method=method,
        criteria=_summing_to_one(_weights(found, method)),
        floor=_whole(found, "floor"),
        rounding=_word(found, "round", Rounding) if "round" in found else Rounding.LARGEST_REMAINDER,
        columns=_texts(found, "columns"),
        size_minimum=_whole(found, "size_minimum"),
        size_exceptions=frozenset(_list_of_texts(found, "size_exceptions")),
    )


def _mapping(found: Any, allowed: tuple[str, ...]) -> Lines:
    if not isinstance(found, Lines):
        raise BadInput(f"{found!r}", f"keys and values: {', '.join(allowed)}")
    for key in found:
        if key not in allowed:
            raise BadInput(f"the key {key}", f"one of {', '.join(allowed)}", row=found.key_lines[key])
    return found


def _weights(found: Lines, method: Method) -> tuple[Criterion, ...]:
    given = found.get("weights")
    line = found.key_lines.get("weights")
    if given is None:
        if method is Method.WEIGHTS:
            raise BadInput("no weights", "weights: one share for each column", row=line, column="weights")
        return ()
    if isinstance(given, Lines):
        shares = {column: _share(share, given.key_lines[column], column) for column, share in given.items()}
        return tuple(Criterion(column, share) for column, share in shares.items())
    if not isinstance(given, list):
        raise BadInput(f"{given!r}", "column: share, or a list of columns", row=line, column="weights")
    return tuple(_criterion(_mapping(one, WEIGHT_KEYS)) for one in given)


def _summing_to_one(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Shares written by a program miss 1 by their last digit; that much is put right, no more."""
    total = sum((one.weight for one in criteria), Fraction(0))
    if total == 1 or abs(total - 1) > LAST_DIGIT:
        return criteria
    return tuple(replace(one, weight=one.weight / total) for one in criteria)


def _criterion(found: Lines) -> Criterion:
    for key in ("column", "weight"):
        if key not in found:
            raise BadInput(f"a weight without {key}", "column and weight", row=found.line, column="weights")
    column = _text(found["column"], found.key_lines["column"], "column")
    times, at_most = found.get("times"), found.get("at_most")
    return Criterion(
        column=column,
        weight=_share(found["weight"], found.key_lines["weight"], column),
        direction=_word(found, "direction", Direction) if "direction" in found else Direction.MORE,
        times=None if times is None else _text(times, found.key_lines["times"], "times"),
        transform=_word(found, "transform", Transform) if "transform" in found else Transform.AS_IS,
        at_most=None if at_most is None else _cap(at_most, found.key_lines["at_most"]),
    )


def _share(value: Any, line: int, column: str) -> Fraction:
    """A share from 0 to 1, as a decimal or as a fraction such as 2/3."""
    allowed = "a share from 0 to 1, such as 0.25 or 1/4"
    try:
        if isinstance(value, bool) or value is None or len(str(value)) > LONGEST_SHARE:
            raise ValueError
        share = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise BadInput(f"{value!r}", allowed, row=line, column=column) from None
    if not 0 <= share <= 1:
        raise BadInput(str(value), allowed, row=line, column=column)
    return share


def _cap(value: Any, line: int) -> Fraction:
    """A share above 0: a cap of 0 would leave the criterion to nobody."""
    share = _share(value, line, "at_most")
    if share == 0:
        raise BadInput(str(value), "a share above 0, up to 1", row=line, column="at_most")
    return share


def _whole(found: Lines, key: str) -> int | None:
    value = found.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadInput(str(value), "a whole number, 0 or more", row=found.key_lines[key], column=key)
    return value


def _word(found: Lines, key: str, words: type[Word]) -> Word:
    try:
        return words(found[key])
    except ValueError:
        allowed = f"one of {', '.join(words)}"
        raise BadInput(f"{found[key]!r}", allowed, row=found.key_lines[key], column=key) from None


def _texts(found: Lines, key: str) -> Mapping[str, str]:
    given = found.get(key)
    if given is None:
        return {}
    if not isinstance(given, Lines):
        raise BadInput(f"{given!r}", "name: column", row=found.key_lines[key], column=key)
    return {name: _text(value, given.key_lines[name], name) for name, value in given.items()}


def _list_of_texts(found: Lines, key: str) -> list[str]:
    given = found.get(key)
    if given is None:
        return []
    if not isinstance(given, list):
        raise BadInput(f"{given!r}", "a list of municipality codes", row=found.key_lines[key], column=key)
    return [_text(value, found.key_lines[key], key) for value in given]


def _text(value: Any, line: int, key: str) -> str:
    if not isinstance(value, str) or not value or value != value.strip():
        allowed = "a text (a code that begins with 0 needs quotes: '0301')"
        raise BadInput(f"{value!r}", allowed, row=line, column=key)
    return value
