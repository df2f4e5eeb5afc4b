"""The published formulas: which weights, which columns, and what they leave open.

Sources: Norway 2018 — KS on the request for 2018 (size 70 %, labour market 20 %, results of the
introduction programme 10 %; nobody below 10; mainly municipalities of 5,000 inhabitants, and more than
twenty smaller ones were asked, so that no limit is set unless the criteria give one).
Germany — Koenigstein key, 2/3 tax revenue and 1/3 population.  EU — Regulation (EU) 2024/1351
article 57, half population and half GDP.  Denmark — BEK 550/2022 section 4.  Switzerland — population
less compensation for federal tasks; how the compensation enters is not in our sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bosett.distribution.problem import Criterion, DistributionCriteria, Method
from bosett.terms.errors import BadInput

NORWAY_2018_FLOOR_PERSONS = 10

_WEIGHTS: dict[Method, tuple[tuple[str, Fraction], ...]] = {
    Method.NORWAY_2018: (
        ("population", Fraction(7, 10)),
        ("labour_market", Fraction(2, 10)),
        ("introduction_results", Fraction(1, 10)),
    ),
    Method.GERMANY: (("tax", Fraction(2, 3)), ("population", Fraction(1, 3))),
    Method.EU: (("population", Fraction(1, 2)), ("gdp", Fraction(1, 2))),
}

_FORMULA_COLUMNS: dict[Method, tuple[str, ...]] = {
    Method.DENMARK: ("population", "immigrants", "family_reunifications"),
    Method.SWITZERLAND: ("population", "compensation"),
}


@dataclass(frozen=True)
class Recipe:
    """What a method does once its columns are known.

    Parameters
    ----------
    criteria
        The weighted indicators; empty for the methods with a formula of their own.
    parts
        Part -> column, for those formulas and for the size limit.
    assumptions
        Keys of what the source leaves open and Bosett filled.
    """

    criteria: tuple[Criterion, ...]
    parts: dict[str, str]
    floor: int
    size_minimum: int
    assumptions: tuple[str, ...]


def recipe(criteria: DistributionCriteria) -> Recipe:
    """Settle the method's columns, weights, floor and size limit.

    Raises
    ------
    BadInput
        If weights are given that are not the published ones, or columns the method does not have.
    """
    method = criteria.method
    floor = criteria.floor or 0
    if method is Method.WEIGHTS:
        _refuse_unknown_parts(criteria, ())
        return Recipe(criteria.criteria, {}, floor, 0, ())
    if method in _FORMULA_COLUMNS:
        return _formula(criteria, floor)
    parts, weighted = _published(criteria)
    if method is not Method.NORWAY_2018:
        return Recipe(weighted, parts, floor, 0, ())
    named = bool(criteria.criteria)
    return Recipe(
        criteria=weighted if named else _as_sizes(weighted, parts["population"]),
        parts=parts,
        floor=NORWAY_2018_FLOOR_PERSONS if criteria.floor is None else criteria.floor,
        size_minimum=criteria.size_minimum or 0,
        assumptions=_norway_2018_assumptions(criteria),
    )


def _norway_2018_assumptions(criteria: DistributionCriteria) -> tuple[str, ...]:
    shape = "indicators_as_given" if criteria.criteria else "rates_times_population"
    limit = () if criteria.size_minimum else ("norway-2018.no_size_limit",)
    return (f"norway-2018.{shape}", *limit)


def needed_columns(criteria: DistributionCriteria) -> tuple[str, ...]:
    """The indicators that every municipality taking part must have, each once, in reading order."""
    settled = recipe(criteria)
    if len(set(settled.parts.values())) < len(settled.parts):
        raise BadInput(f"columns {', '.join(settled.parts.values())}", "a column of its own for each part")
    names = [*settled.parts.values()]
    for criterion in settled.criteria:
        names += [criterion.column] if criterion.times is None else [criterion.column, criterion.times]
    return tuple(dict.fromkeys(names))


def published_parts(method: Method) -> tuple[str, ...]:
    """The parts that a published method reads, each to be played by an indicator; none for own weights."""
    return _FORMULA_COLUMNS.get(method) or tuple(name for name, _ in _WEIGHTS.get(method, ()))


def _formula(criteria: DistributionCriteria, floor: int) -> Recipe:
    if criteria.criteria:
        raise BadInput("weights", f"no weights: the method {criteria.method} has a formula of its own")
    names = _FORMULA_COLUMNS[criteria.method]
    _refuse_unknown_parts(criteria, names)
    open_point = {Method.SWITZERLAND: ("switzerland.compensation_in_persons_off_the_share",)}
    parts = {name: criteria.columns.get(name, name) for name in names}
    return Recipe((), parts, floor, 0, open_point.get(criteria.method, ()))


def _published(criteria: DistributionCriteria) -> tuple[dict[str, str], tuple[Criterion, ...]]:
    """The published weights on the columns named by the user, or on the standard names."""
    published = _WEIGHTS[criteria.method]
    _refuse_unknown_parts(criteria, tuple(name for name, _ in published))
    if criteria.criteria:
        return _named_by_weights(criteria, published)
    parts = {name: criteria.columns.get(name, name) for name, _ in published}
    return parts, tuple(Criterion(parts[name], weight) for name, weight in published)


def _named_by_weights(
    criteria: DistributionCriteria, published: tuple[tuple[str, Fraction], ...]
) -> tuple[dict[str, str], tuple[Criterion, ...]]:
    """Weights given with a published method must be the published ones; they then name the columns."""
    given = criteria.criteria
    if [one.weight for one in given] != [weight for _, weight in published]:
        told = ", ".join(f"{name} {weight}" for name, weight in published)
        found = ", ".join(f"{one.column} {one.weight}" for one in given)
        raise BadInput(f"weights {found}", f"the weights of {criteria.method}, in this order: {told}")
    return {name: one.column for (name, _), one in zip(published, given, strict=True)}, given


def _as_sizes(weighted: tuple[Criterion, ...], population: str) -> tuple[Criterion, ...]:
    """Turn the two rates of 2018 into sizes by the population: our assumption, the source is silent."""
    size, *rates = weighted
    return (size, *(Criterion(one.column, one.weight, one.direction, population) for one in rates))


def _refuse_unknown_parts(criteria: DistributionCriteria, allowed: tuple[str, ...]) -> None:
    for name in criteria.columns:
        if name not in allowed:
            told = ", ".join(allowed) or f"no columns for the method {criteria.method}"
            raise BadInput(found=f"columns: {name}", allowed=told)
