"""Kroner per eligible person in groups of municipalities that cut across the strata, and with the model's help.

A group's own estimate is the ratio of its respondents, with the error of a domain: everybody outside counts as
nought in the terms.  Fay-Herriot weighs it against the mean of all groups, each by its variance.
Source: Särndal, Swensson and Wretman (1992), section 10.3; `bosett.expenditure.small_area`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bosett.expenditure.design import Design, Mask
from bosett.expenditure.problem import Survey
from bosett.expenditure.ratio import Part, amounts_of, ratio, together
from bosett.expenditure.small_area import SmallArea, SmallAreaEstimate, fay_herriot
from bosett.terms.errors import NoAnswer

FEWEST = 3
"""Respondents below which a group has no figure: of two, each could work out the other's answer."""
FEWEST_GROUPS = 3
"""Groups that the model needs: two more than its one coefficient."""


@dataclass(frozen=True)
class Group:
    """A group: how many answered, its own estimate with error, and the model's; None where there is none."""

    name: str
    respondents: int
    direct_nok: float | None
    direct_error: float | None
    modelled: SmallAreaEstimate | None


def groups(survey: Survey, group_of: Mapping[str, str]) -> tuple[Group, ...]:
    """Each group of municipalities over all areas, in order of name.

    Parameters
    ----------
    group_of
        Municipality -> its group; those without one belong to none.

    Promise: a group with fewer than three respondents has no figure, so that no answer can be told from it;
    a group that was counted in full has its own, without sampling error.
    """
    design = Design.of(survey.frame)
    found = {name: _direct(survey, design, _inside(design, group_of, name)) for name in _names(group_of)}
    known = {
        name: part.estimate()
        for name, part in found.items()
        if part is not None and part.deviations is not None and int(part.responded.sum()) >= FEWEST
    }
    areas = [
        SmallArea(name, one.per_person_nok, one.standard_error, (1.0,))
        for name, one in known.items()
        if one.standard_error
    ]
    modelled = {one.name: one for one in _modelled(areas)}
    modelled |= {
        name: SmallAreaEstimate(name, one.per_person_nok, 0.0, 1.0)
        for name, one in known.items()
        if one.standard_error == 0
    }
    return tuple(
        Group(
            name,
            0 if part is None else int(part.responded.sum()),
            known[name].per_person_nok if name in known else None,
            known[name].standard_error if name in known else None,
            modelled.get(name),
        )
        for name, part in found.items()
    )


def _modelled(areas: list[SmallArea]) -> tuple[SmallAreaEstimate, ...]:
    """Nothing where the groups are too few for a model with an intercept."""
    return fay_herriot(areas) if len(areas) >= FEWEST_GROUPS else ()


def _names(group_of: Mapping[str, str]) -> list[str]:
    """Groups 2 before 10, as people count."""
    return sorted(set(group_of.values()), key=lambda name: (len(name), name))


def _inside(design: Design, group_of: Mapping[str, str], name: str) -> Mask:
    return design.mask([one for one in design.ids if group_of.get(one) == name])


def _direct(survey: Survey, design: Design, inside: Mask) -> Part | None:
    """The sum over areas of the domain's ratios; None if nobody in the group answered some area."""
    parts = []
    for area in survey.areas:
        amounts, responded = amounts_of(survey, design, area)
        here = responded & inside
        try:
            weights = design.response_weights(responded) * inside
            value, terms = ratio(design, weights, amounts)
        except NoAnswer:
            return None
        parts.append(Part(area, value, design.deviations(np.where(inside, terms, 0.0), responded), here))
    return together("*", parts) if parts else None
