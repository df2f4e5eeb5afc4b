"""The registers: expenditure per person by residence year and item, with an error where rows are lacking.

A register that has every municipality with eligible persons is a count, without sampling error.  Where
municipalities are lacking, those that are there stand for the others of their stratum, as in the survey;
their error is the combined ratio's.  A figure without a municipality is the whole country's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bosett.expenditure.design import Design, Numbers
from bosett.expenditure.problem import RegisterItem, Survey
from bosett.expenditure.ratio import Part, fit_part
from bosett.terms.errors import BadInput

YEARS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, eq=False)
class YearItem:
    """One item in one residence year."""

    residence_year: int
    item: str
    part: Part


def register_parts(survey: Survey, items: Sequence[RegisterItem]) -> tuple[YearItem, ...]:
    """Each item and residence year, in that order.

    Raises
    ------
    BadInput
        For a residence year outside 1-5, a municipality outside the frame, or a figure given twice.
    NoAnswer
        If a stratum has no municipality in the register, or there are no persons.
    """
    design = Design.of(survey.frame)
    groups: dict[tuple[int, str], list[RegisterItem]] = {}
    for one in items:
        if one.residence_year not in YEARS:
            raise BadInput(str(one.residence_year), "a residence year of 1 to 5", "register")
        groups.setdefault((one.residence_year, one.item), []).append(one)
    return tuple(YearItem(*key, _part(design, groups[key])) for key in sorted(groups))


def _part(design: Design, rows: Sequence[RegisterItem]) -> Part:
    name = f"{rows[0].item}, year {rows[0].residence_year}"
    given = {one.municipality_id: one for one in rows}
    if len(given) != len(rows):
        raise BadInput(name, "each municipality once", "register")
    if "" in given:
        return _national(design, name, rows)
    if outside := sorted(set(given) - set(design.ids)):
        raise BadInput(f"{name}: {outside[0]}", "a municipality of the frame", "register")
    responded = design.mask(given)
    amounts = _column(design, {one: float(row.amount_nok) for one, row in given.items()})
    persons = _column(design, {one: float(row.persons) for one, row in given.items()})
    return fit_part(_known(design, given, persons), name, amounts, responded, "ratio")


def _known(design: Design, given: dict[str, RegisterItem], persons: Numbers) -> Design:
    """The survey's weights if only asked municipalities are in it; else every one counts as asked."""
    here = design.mask(given)
    ratio_of = np.column_stack([persons])
    if bool((here & ~design.sampled).any()) or bool((here | (design.persons == 0)).all()):
        everyone = np.ones(len(design.ids))
        return replace(design, persons=persons, base=everyone, auxiliary=ratio_of)
    return replace(design, persons=persons, auxiliary=ratio_of)


def _column(design: Design, values: dict[str, float]) -> Numbers:
    return np.array([values.get(one, 0.0) for one in design.ids])


def _national(design: Design, name: str, rows: Sequence[RegisterItem]) -> Part:
    if len(rows) > 1 or rows[0].persons < 1:
        raise BadInput(f"{name}: {rows[0].persons} persons", "one figure of 1 person or more", "register")
    nobody = np.zeros(len(design.ids))
    return Part(name, float(rows[0].amount_nok / rows[0].persons), nobody, nobody > 0)
