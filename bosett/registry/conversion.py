"""Figures of an earlier day on the municipalities of today: added at mergers, unknown at splits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from bosett.registry.codes import CodeHistory
from bosett.terms.errors import BadInput
from bosett.terms.figure import Figure, State
from bosett.terms.municipality import MunicipalityCode

SplitRule = Mapping[str, Mapping[str, Fraction]]
"""For a split code the share of each code of today; the shares add up to 1."""


def figures_today(
    history: CodeHistory, figures: Mapping[str, Figure], on: date, rule: SplitRule | None = None
) -> dict[MunicipalityCode, Figure]:
    """The figures of a day's municipalities, for every municipality of today.

    Promise: persons are neither lost nor made.  A municipality of today has a number only when all
    of its earlier parts have one; where a part was split and no rule is given it is `unknown`.

    Parameters
    ----------
    figures
        By code of the day `on`; a code that is left out counts as `not_stored`.
    rule
        Shares for codes that were split.  Nobody has published any: who gives one answers for it.

    Raises
    ------
    BadInput
        If a code was not valid on the day, or a rule's shares don't fit the split.
    """
    valid = [unit.code for unit in history.units(on)]
    unknown = sorted(set(figures) - set(valid))
    if unknown:
        raise BadInput(", ".join(unknown), f"municipality codes valid on {on}")
    parts: dict[MunicipalityCode, list[Figure]] = {unit.code: [] for unit in history.today}
    for code in valid:
        figure = figures.get(code, Figure.missing(State.NOT_STORED))
        for target, part in _parts(figure, code, history.successors(code, on), rule or {}).items():
            parts[target].append(part)
    return {code: _sum(found) for code, found in parts.items()}


def _parts(
    figure: Figure, code: str, targets: tuple[MunicipalityCode, ...], rule: SplitRule
) -> dict[MunicipalityCode, Figure]:
    if len(targets) == 1:
        return {targets[0]: figure}
    if code not in rule:
        return dict.fromkeys(targets, Figure.missing(State.UNKNOWN))
    shares = rule[code]
    if set(shares) != set(targets) or sum(shares.values()) != 1 or min(shares.values()) < 0:
        raise BadInput(f"shares for {code}", f"shares from 0 for {', '.join(targets)} that add up to 1")
    if figure.value is None:
        return dict.fromkeys(targets, figure)
    return _shared(figure.value, {target: shares[target] for target in targets})


def _shared(persons: int, shares: Mapping[MunicipalityCode, Fraction]) -> dict[MunicipalityCode, Figure]:
    """Whole persons by largest remainder; equal remainders go by code."""
    exact = {code: persons * share for code, share in shares.items()}
    whole = {code: int(value) for code, value in exact.items()}
    left = persons - sum(whole.values())
    for code in sorted(exact, key=lambda code: (whole[code] - exact[code], code))[:left]:
        whole[code] += 1
    return {code: Figure.of(value) for code, value in whole.items()}


def _sum(parts: list[Figure]) -> Figure:
    """Numbers are added; parts that all lack a number for the same reason keep it; else unknown."""
    if not parts:
        return Figure.missing(State.UNKNOWN)
    numbers = [part.value for part in parts if part.value is not None]
    if len(numbers) == len(parts):
        return Figure.of(sum(numbers))
    states = {part.state for part in parts}
    return Figure.missing(states.pop() if len(states) == 1 else State.UNKNOWN)
