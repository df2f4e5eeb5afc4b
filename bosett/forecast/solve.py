"""The need as ready in reception + expected permits + quota - those who leave."""

from __future__ import annotations

from math import isqrt

from bosett.forecast.problem import Combination, Estimate, NeedInputs
from bosett.forecast.result import Need, Part
from bosett.terms.errors import NoAnswer


def settlement_need(inputs: NeedInputs) -> Need:
    """Give the year's settlement need with interval and parts.

    The parts sum to the point.  A wider part never makes the interval narrower, and known parts
    give an interval of no width.

    Raises
    ------
    NoAnswer
        If more are expected to leave than there are: the parts contradict each other.

    Source: IMDi on how the need is made (permits in reception at new year, expected permits,
    the Storting's quota); the deduction of those who leave is Bosett's, and 0 where none is known
    to leave must be said by the caller.
    """
    parts = (
        Part("ready_in_reception", 1, inputs.ready_in_reception),
        Part("expected_grants", 1, inputs.expected_grants),
        Part("quota", 1, inputs.quota),
        Part("leaves", -1, inputs.leaves),
    )
    point = sum(part.sign * part.persons.point for part in parts)
    if point < 0:
        raise NoAnswer("need", f"{-point} more persons are expected to leave than there are")
    below, above = _distances(parts, inputs.combination)
    return Need(
        year=inputs.year,
        as_of=inputs.as_of,
        group=inputs.group,
        persons=Estimate(max(0, point - below), point, point + above),
        parts=parts,
        combination=inputs.combination,
        level=inputs.level,
        low_was_cut=below > point,
    )


def _distances(parts: tuple[Part, ...], combination: Combination) -> tuple[int, int]:
    """How far the sum's ends lie below and above its point."""
    below = [_below(part) for part in parts]
    above = [_above(part) for part in parts]
    if combination is Combination.TOGETHER:
        return sum(below), sum(above)
    return _root_of_squares(below), _root_of_squares(above)


def _below(part: Part) -> int:
    estimate = part.persons
    return estimate.point - estimate.low if part.sign > 0 else estimate.high - estimate.point


def _above(part: Part) -> int:
    estimate = part.persons
    return estimate.high - estimate.point if part.sign > 0 else estimate.point - estimate.low


def _root_of_squares(distances: list[int]) -> int:
    """Root of the sum of squares, rounded up so that the interval is never too narrow."""
    squares = sum(distance * distance for distance in distances)
    root = isqrt(squares)
    return root if root * root == squares else root + 1
