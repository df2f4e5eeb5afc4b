"""Exact shares in persons, criterion by criterion, as fractions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from bosett.distribution.bounds import share_within_bounds
from bosett.distribution.methods import Recipe
from bosett.distribution.problem import Criterion, Direction, Method, MunicipalityInput, Transform, row_of
from bosett.terms.errors import BadInput, NoAnswer

Contributions = list[tuple[str, Fraction]]

RESCALING = "rescaling"
ROOT_PARTS = 10**6
"""Square roots are taken to a millionth: exact fractions of whole numbers stay short."""


def exact_contributions(
    need: int, method: Method, recipe: Recipe, members: Sequence[MunicipalityInput]
) -> list[Contributions]:
    """Give each member's persons from each criterion; over members and criteria they sum to the need.

    Raises
    ------
    BadInput
        If a member lacks an indicator.
    NoAnswer
        If an indicator with weight is 0 for every member, so that no share exists.
    """
    if method is Method.DENMARK:
        return _denmark(need, recipe, members)
    if method is Method.SWITZERLAND:
        return _switzerland(need, recipe, members)
    columns = [_weighted(need, criterion, members) for criterion in recipe.criteria]
    names = [criterion.column for criterion in recipe.criteria]
    return [
        [(name, column[i]) for name, column in zip(names, columns, strict=True)] for i in range(len(members))
    ]


def indicator(member: MunicipalityInput, column: str) -> Fraction:
    """One indicator's value; BadInput if it is not known, for missing is never 0."""
    try:
        return member.indicators[column]
    except KeyError:
        raise BadInput("no value", "a number of 0 or more", row_of(member), column=column) from None


def _weighted(need: int, criterion: Criterion, members: Sequence[MunicipalityInput]) -> list[Fraction]:
    """need x weight x value / sum of values."""
    if criterion.weight == 0:
        return [Fraction(0)] * len(members)
    values = [indicator(member, criterion.column) for member in members]
    if criterion.direction is Direction.LESS:
        highest = max(values)
        values = [highest - value for value in values]
    values = _transformed(values, criterion.transform)
    if criterion.times is not None:
        sizes = [indicator(member, criterion.times) for member in members]
        values = [value * size for value, size in zip(values, sizes, strict=True)]
    parts = _parts_of_one(values, criterion.column)
    if criterion.at_most is not None:
        parts = _held(parts, criterion.at_most, criterion.column)
    return [need * criterion.weight * part for part in parts]


def _transformed(values: list[Fraction], transform: Transform) -> list[Fraction]:
    if transform is Transform.SQUARE_ROOT:
        return [Fraction(round(sqrt(value) * ROOT_PARTS), ROOT_PARTS) for value in values]
    if transform is Transform.RANK:
        ordered = sorted(values)
        return [Fraction(bisect_left(ordered, one) + bisect_right(ordered, one) - 1, 2) for one in values]
    return values


def _held(parts: list[Fraction], at_most: Fraction, column: str) -> list[Fraction]:
    """No part above the cap; what it holds back goes to the others in proportion."""
    try:
        return share_within_bounds(1, parts, [0] * len(parts), [at_most] * len(parts))
    except NoAnswer:
        taking = sum(part > 0 for part in parts)
        raise NoAnswer("at_most", f"{taking} municipalities with at most {at_most} of {column}") from None


def _parts_of_one(values: Sequence[Fraction], column: str) -> list[Fraction]:
    total = sum(values, Fraction(0))
    if total == 0:
        raise NoAnswer("weights", f"{column} is 0 for every municipality that takes part")
    return [value / total for value in values]


def _column(recipe: Recipe, part: str, members: Sequence[MunicipalityInput]) -> list[Fraction]:
    return [indicator(member, recipe.parts[part]) for member in members]


def _denmark(need: int, recipe: Recipe, members: Sequence[MunicipalityInput]) -> list[Contributions]:
    """n = (2B - I)(L + F) - F_k; below 0 becomes 0 and the surplus is scaled off the others."""
    population = _parts_of_one(_column(recipe, "population", members), recipe.parts["population"])
    immigrants = _parts_of_one(_column(recipe, "immigrants", members), recipe.parts["immigrants"])
    reunited = _column(recipe, "family_reunifications", members)
    whole = need + sum(reunited, Fraction(0))
    raw: list[Contributions] = [
        [
            (recipe.parts["population"], 2 * population[i] * whole),
            (recipe.parts["immigrants"], -immigrants[i] * whole),
            (recipe.parts["family_reunifications"], -reunited[i]),
        ]
        for i in range(len(members))
    ]
    return _without_negatives(need, raw)


def _switzerland(need: int, recipe: Recipe, members: Sequence[MunicipalityInput]) -> list[Contributions]:
    """Population share less the compensation in persons; below 0 becomes 0, the rest is rescaled."""
    population = _parts_of_one(_column(recipe, "population", members), recipe.parts["population"])
    compensation = _column(recipe, "compensation", members)
    raw: list[Contributions] = [
        [(recipe.parts["population"], need * population[i]), (recipe.parts["compensation"], -compensation[i])]
        for i in range(len(members))
    ]
    return _without_negatives(need, raw)


def _without_negatives(need: int, raw: list[Contributions]) -> list[Contributions]:
    """Set negative sums to 0, scale the positive ones to the need, and show the change as a part."""
    sums = [sum((persons for _, persons in parts), Fraction(0)) for parts in raw]
    positive = rescaled(need, [max(Fraction(0), one) for one in sums], "formula")
    return [[*parts, (RESCALING, share - one)] for parts, share, one in zip(raw, positive, sums, strict=True)]


def rescaled(need: int, values: Sequence[Fraction], rule: str) -> list[Fraction]:
    """Scale values >= 0 to sum to the need; NoAnswer when all are 0 and somebody must be placed."""
    total = sum(values, Fraction(0))
    if total == 0 and need > 0:
        raise NoAnswer(rule, f"nobody is left with a share, {need} persons short")
    return [value * need / total if total else Fraction(0) for value in values]
