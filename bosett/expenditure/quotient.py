"""The quotient of two answered figures, such as kroner per hour of teaching, with its design-based error.

R = sum(w y) / sum(w x) over those who answered both, all strata together, Taylor-linearised as the ratio.
Source: Cochran (1977), section 6.11; Särndal, Swensson and Wretman (1992), section 5.6.
"""

from __future__ import annotations

from dataclasses import replace

from bosett.expenditure.design import Design
from bosett.expenditure.problem import Survey
from bosett.expenditure.ratio import Part, amounts_of, ratio


def quotient(survey: Survey, above: str, below: str) -> Part:
    """`above` over `below`, of those who answered both.

    Raises
    ------
    NoAnswer
        If a stratum with eligible persons has no such respondent, or nothing stands below the line.
    """
    design = Design.of(survey.frame)
    upper, answered_upper = amounts_of(survey, design, above)
    lower, answered_lower = amounts_of(survey, design, below)
    both = answered_upper & answered_lower
    weights = design.response_weights(both)
    value, terms = ratio(replace(design, persons=lower), weights, upper)
    return Part(f"{above}/{below}", value, design.deviations(terms, both), both)
