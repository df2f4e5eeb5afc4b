"""Exact shares in persons, criterion by criterion, as fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bosett.distribution.methods import Recipe
from bosett.distribution.problem import Criterion, Direction, Method, MunicipalityInput, row_of
from bosett.terms.errors import BadInput, NoAnswer

Contributions = list[tuple[str, Fraction]]

RESCALING = "rescaling"


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
    if criterion.times is not None:
        sizes = [indicator(member, criterion.times) for member in members]
        values = [value * size for value, size in zip(values, sizes, strict=True)]
    return [need * criterion.weight * part for part in _parts_of_one(values, criterion.column)]


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
