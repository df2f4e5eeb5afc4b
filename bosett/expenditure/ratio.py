"""Estimates of kroner per eligible person: combined ratio or calibrated, an area or all areas together.

Weights are the base weights, raised within a cell so that the respondents stand for the sampled:
nonresponse is taken as random there.  The errors of several areas go together, municipality by
municipality (`bosett.expenditure.design`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bosett.expenditure.design import Design, Mask, Numbers
from bosett.expenditure.greg import greg
from bosett.expenditure.problem import Survey
from bosett.expenditure.result import Estimate
from bosett.terms.errors import BadInput, NoAnswer

ONE_RESPONDENT = "one_respondent_stands_for_others"


@dataclass(frozen=True, eq=False)
class Part:
    """One estimate with its deviations by row of the frame (None = the error cannot be estimated)."""

    area: str
    value: float
    deviations: Numbers | None
    responded: Mask

    def estimate(self) -> Estimate:
        """With its standard error."""
        count = int(self.responded.sum())
        if self.deviations is None:
            return Estimate(self.area, self.value, None, count, ONE_RESPONDENT)
        return Estimate(self.area, self.value, float(np.sqrt(self.deviations @ self.deviations)), count)


Fit = Callable[[Design, Numbers, Numbers], tuple[float, Numbers]]
"""(design, weights, amounts) -> kroner per person and each row's term of the error."""


def ratio(design: Design, weights: Numbers, amounts: Numbers) -> tuple[float, Numbers]:
    """R = sum(w y) / sum(w x), with the terms w (y - R x) / sum(w x).

    Source: Cochran (1977), section 6.11; Särndal, Swensson and Wretman (1992), section 5.6.
    """
    persons = float(weights @ design.persons)
    if persons <= 0:
        raise NoAnswer("no_eligible_persons", "nobody is eligible among the respondents")
    value = float(weights @ amounts) / persons
    return value, weights * (amounts - value * design.persons) / persons


ESTIMATORS: Mapping[str, Fit] = {"ratio": ratio, "greg": greg}


def estimate_parts(survey: Survey, estimator: str = "ratio") -> tuple[Part, ...]:
    """Every area that somebody answered, in order of name.

    Raises
    ------
    NoAnswer
        If a stratum with eligible persons has no respondent, or nobody is eligible.
    """
    design = Design.of(survey.frame)
    return tuple(_part(survey, design, area, estimator) for area in survey.areas)


def estimate_area(survey: Survey, area: str, estimator: str = "ratio") -> Estimate:
    """Kroner per eligible person in one area; raises as `estimate_parts`."""
    return _part(survey, Design.of(survey.frame), area, estimator).estimate()


def estimate_total(survey: Survey, estimator: str = "ratio") -> Estimate:
    """The sum over all areas per eligible person: the areas' errors go together, not apart."""
    return together("*", estimate_parts(survey, estimator)).estimate()


def together(name: str, parts: Sequence[Part], times: Sequence[float] | None = None) -> Part:
    """The sum of the parts, each as many times as told; its respondents gave at least one of them."""
    factors = [1.0] * len(parts) if times is None else times
    if not parts:
        raise BadInput("no answers", "at least one answer", "answers")
    value = sum(factor * part.value for factor, part in zip(factors, parts, strict=True))
    known = [part.deviations for part in parts if part.deviations is not None]
    deviations = None
    if len(known) == len(parts):
        deviations = np.sum([f * one for f, one in zip(factors, known, strict=True)], axis=0)
    return Part(name, value, deviations, np.any([part.responded for part in parts], axis=0))


def amounts_of(survey: Survey, design: Design, area: str) -> tuple[Numbers, Mask]:
    """The amounts by row of the frame, and who answered; where nobody did the number means nothing."""
    given = {one.municipality_id: float(one.amount_nok) for one in survey.answers if one.area == area}
    return np.array([given.get(one, 0.0) for one in design.ids]), design.mask(given)


def fit_part(design: Design, name: str, amounts: Numbers, responded: Mask, estimator: str) -> Part:
    """Estimate one column of amounts; a refusal names it."""
    try:
        weights = design.response_weights(responded)
        value, terms = ESTIMATORS[estimator](design, weights, amounts)
    except NoAnswer as none:
        raise NoAnswer(none.rule, f"{name}: {none.why}") from None
    return Part(name, value, design.deviations(terms, responded), responded)


def _part(survey: Survey, design: Design, area: str, estimator: str) -> Part:
    amounts, responded = amounts_of(survey, design, area)
    return fit_part(design, area, amounts, responded, estimator)
