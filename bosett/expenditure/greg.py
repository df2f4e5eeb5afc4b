"""The generalised regression (calibrated) estimator of kroner per eligible person.

The weights are moved as little as possible so that they give the frame's known sums of eligible persons
and of every further figure; residual variance grows with eligible persons, so that without further
figures the answer is the combined ratio.  The error is that of the residuals with the calibrated weights.
Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), sections 6.4-6.6; Deville
and Särndal (1992), linear distance.
"""

from __future__ import annotations

import numpy as np

from bosett.expenditure.design import Design, Numbers
from bosett.terms.errors import NoAnswer


def greg(design: Design, weights: Numbers, amounts: Numbers) -> tuple[float, Numbers]:
    """Kroner per eligible person of the whole frame, and each row's term of its error.

    Raises
    ------
    NoAnswer
        If nobody is eligible, or the respondents cannot tell the figures apart.
    """
    persons = float(design.persons.sum())
    if persons <= 0:
        raise NoAnswer("no_eligible_persons", "nobody is eligible in the frame")
    calibrated = calibrated_weights(design, weights)
    slopes = np.linalg.solve(_moments(design, weights), _scaled(design, weights).T @ amounts)
    residuals = amounts - design.auxiliary @ slopes
    return float(calibrated @ amounts) / persons, calibrated * residuals / persons


def calibrated_weights(design: Design, weights: Numbers) -> Numbers:
    """Weights that give the frame's sums exactly; with far outliers some may be below 0."""
    lacking = design.auxiliary.sum(axis=0) - weights @ design.auxiliary
    found: Numbers = weights + _scaled(design, weights) @ np.linalg.solve(_moments(design, weights), lacking)
    return found


def _moments(design: Design, weights: Numbers) -> Numbers:
    found: Numbers = _scaled(design, weights).T @ design.auxiliary
    if np.linalg.matrix_rank(found / np.outer(*[np.sqrt(np.diag(found)) + 1e-300] * 2)) < len(found):
        names = ", ".join(design.names)
        raise NoAnswer("figures_not_apart", f"the respondents cannot tell {names} apart; leave one out")
    return found


def _scaled(design: Design, weights: Numbers) -> Numbers:
    """w x / c, where c is the eligible persons; a row without any counts as the smallest that has some."""
    positive = design.persons[design.persons > 0]
    spread = np.where(design.persons > 0, design.persons, positive.min())
    found: Numbers = (weights / spread)[:, None] * design.auxiliary
    return found
