"""Combined ratio estimate of kroner per eligible person, with Taylor variance and finite population.

R = sum(w y) / sum(w x) over respondents.  Variance of R, with z = w (y - R x) / sum(w x):
sum over strata of (1 - r/N) r/(r-1) sum (z - mean z)^2, where r respond of the N in the frame's
stratum (certainty rows are a stratum of their own).  Weights are the base weights, raised within a
stratum so that the respondents stand for the sampled: nonresponse is taken as random there.
Source: Cochran, Sampling Techniques (3rd ed. 1977), sections 6.11-6.12.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from bosett.expenditure.problem import FrameRow, Survey
from bosett.expenditure.result import Estimate
from bosett.terms.errors import NoAnswer

StratumKey = tuple[str, bool]
ONE_RESPONDENT = "one_respondent_stands_for_others"


@dataclass(frozen=True)
class Linearised:
    """A ratio with each respondent's influence on it."""

    ratio: float
    influence: Mapping[str, float]


def estimate_area(survey: Survey, area: str) -> Estimate:
    """Kroner per eligible person in one area.

    Raises
    ------
    NoAnswer
        If a stratum with eligible persons has no respondent, or nobody is eligible.
    """
    linear = linearise(survey, area)
    return _estimate(survey, area, linear.ratio, linear.influence)


def estimate_total(survey: Survey) -> Estimate:
    """The sum over all areas per eligible person: the areas' errors go together, not apart."""
    parts = [linearise(survey, area) for area in survey.areas]
    influence: dict[str, float] = defaultdict(float)
    for part in parts:
        for municipality, value in part.influence.items():
            influence[municipality] += value
    return _estimate(survey, "*", sum(part.ratio for part in parts), influence)


def linearise(survey: Survey, area: str) -> Linearised:
    """The ratio of one area and each respondent's term of its error."""
    amount = {one.municipality_id: one.amount_nok for one in survey.answers if one.area == area}
    weights = response_weights(survey, set(amount))
    rows = {row.municipality_id: row for row in survey.frame}
    persons = sum(weight * float(rows[m].eligible_persons) for m, weight in weights.items())
    if persons <= 0:
        raise NoAnswer("no_eligible_persons", f"nobody is eligible among the respondents of {area}")
    ratio = sum(weight * amount[m] for m, weight in weights.items()) / persons
    influence = {
        m: weight * (amount[m] - ratio * float(rows[m].eligible_persons)) / persons
        for m, weight in weights.items()
    }
    return Linearised(ratio, influence)


def response_weights(survey: Survey, responded: set[str]) -> dict[str, float]:
    """Base weight times (sampled weight / responding weight) of the stratum."""
    weights: dict[str, float] = {}
    for key, rows in strata(survey.frame).items():
        sampled = [row for row in rows if row.sampled]
        answering = [row for row in sampled if row.municipality_id in responded]
        if not answering:
            if any(row.eligible_persons > 0 for row in rows):
                raise NoAnswer("no_respondent", f"no respondent in stratum {key[0]}")
            continue
        raised = float(sum(r.base_weight for r in sampled) / sum(r.base_weight for r in answering))
        weights |= {row.municipality_id: float(row.base_weight) * raised for row in answering}
    return weights


def strata(frame: Sequence[FrameRow]) -> dict[StratumKey, list[FrameRow]]:
    """The frame by stratum; certainty rows apart, in order of name."""
    found: dict[StratumKey, list[FrameRow]] = defaultdict(list)
    for row in sorted(frame, key=lambda one: (one.stratum, one.certainty, one.municipality_id)):
        found[row.stratum, row.certainty].append(row)
    return dict(found)


def _estimate(survey: Survey, area: str, ratio: float, influence: Mapping[str, float]) -> Estimate:
    variance = 0.0
    for rows in strata(survey.frame).values():
        terms = [influence[row.municipality_id] for row in rows if row.municipality_id in influence]
        part = stratum_variance(terms, len(rows))
        if part is None:
            return Estimate(area, ratio, None, len(influence), ONE_RESPONDENT)
        variance += part
    return Estimate(area, ratio, sqrt(variance), len(influence))


def stratum_variance(terms: Sequence[float], population: int) -> float | None:
    """Variance of the sum of the terms; 0 when all answered, None when one stands for several."""
    responding = len(terms)
    if responding in (0, population):
        return 0.0
    if responding == 1:
        return None
    mean = sum(terms) / responding
    spread = sum((term - mean) ** 2 for term in terms)
    return (1 - responding / population) * responding / (responding - 1) * spread


Estimator = Callable[[Survey, str], Estimate]
ESTIMATORS: Mapping[str, Estimator] = {"ratio": estimate_area}
