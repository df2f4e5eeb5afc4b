"""All that a closed round tells, as plain values: what the pages, the API and the report all read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from bosett.expenditure.checks import RESPONDENTS, Check, check_register, check_survey
from bosett.expenditure.coverage import coverage, five_years, one_year
from bosett.expenditure.domains import groups
from bosett.expenditure.problem import RegisterItem, Survey
from bosett.expenditure.questionnaire import COUNTS
from bosett.expenditure.quotient import quotient
from bosett.expenditure.ratio import Part, estimate_parts, together
from bosett.expenditure.register import YEARS, YearItem, register_parts
from bosett.expenditure.result import Z95, Estimate
from bosett.expenditure.target import gini
from bosett.terms.errors import NoAnswer

FIVE_YEARS = frozenset({"ordinary", "unaccompanied_minors"})
"""Kinds of round that follow a person for five years; the others are about one year."""
QUOTIENTS = (
    ("training", "teaching_hours"),
    ("participant_hours", "teaching_hours"),
    ("training", "participants"),
)
"""Price per hour, class size, cost per participant."""


@dataclass(frozen=True)
class RoundInput:
    """What the estimates rest on.

    Parameters
    ----------
    rates_nok
        Residence year -> the grant per person; for a one-year kind year 1 is the grant per unit.  Empty = not known.
    group_of
        Name of a division -> municipality -> its group in it.
    """

    kind: str
    survey: Survey
    register: Sequence[RegisterItem]
    rates_nok: Mapping[int, int]
    group_of: Mapping[str, Mapping[str, str]]
    estimator: str = "ratio"


def findings(told: RoundInput) -> dict[str, Any]:
    """Everything the round tells; each estimate with its error and interval, or why it has none.

    Raises
    ------
    NoAnswer
        If a stratum has no respondent, or the register lacks a residence year.
    """
    money = _only(told.survey, counts=False)
    parts = estimate_parts(money, told.estimator)
    register = register_parts(told.survey, told.register)
    whole = _whole(told, parts, register)
    fewest = min((int(one.responded.sum()) for one in parts), default=0)
    checks = (*check_survey(money), *check_register(told.register))
    return {
        "kind": told.kind,
        "estimator": told.estimator,
        "asked": sum(row.sampled for row in told.survey.frame),
        "frame": len(told.survey.frame),
        "respondents": fewest,
        "few_respondents": fewest < RESPONDENTS,
        "certain_silent": _certain_silent(money),
        "areas": [_told(one.estimate()) for one in parts],
        "survey_year": _told(together("*", parts).estimate()),
        "register": [
            {"residence_year": one.residence_year, "item": one.item, **_told(one.part.estimate())}
            for one in register
        ],
        "years": _years(told.kind, parts, register),
        "whole": _told(whole),
        "coverage": _coverage(told, whole),
        "rates_nok": {str(year): nok for year, nok in sorted(told.rates_nok.items())},
        "quotients": [_told(one.estimate()) for one in _quotients(told)],
        "groups": {name: _groups(money, of) for name, of in told.group_of.items()},
        "gini": _gini(money),
        "checks": [_check(one) for one in checks],
    }


def estimate_in(told: Mapping[str, Any]) -> Estimate:
    """An estimate as `findings` keeps it."""
    return Estimate(
        told["area"], told["nok"], told["standard_error"], told["respondents"], told["why_no_error"]
    )


def register_years(result: Mapping[str, Any]) -> Estimate:
    """The registers' five years per person, from what `findings` keeps; their errors added, on the safe side."""
    rows = [estimate_in({**one, "area": one["item"]}) for one in result["register"]]
    errors = [one.standard_error for one in rows]
    error = None if None in errors else sum(one for one in errors if one is not None)
    why = next((one.why_no_error for one in rows if one.why_no_error), "")
    fewest = min((one.respondents for one in rows), default=0)
    return Estimate("register", sum(one.per_person_nok for one in rows), error, fewest, why)


def coverage_of_years(rates_nok: Mapping[int, int], whole: Estimate) -> dict[str, float | None] | None:
    """The share with its interval; None where a rate is not known: missing is not zero."""
    try:
        found = coverage(whole, rates_nok)
    except NoAnswer:
        return None
    return {"share": found.coverage, "low95": found.coverage_low95, "high95": found.coverage_high95}


def _certain_silent(survey: Survey) -> dict[str, Any]:
    """The municipalities asked for sure that left an area out: no other is like them, so nobody stands for them."""
    answered: dict[str, set[str]] = {}
    for one in survey.answers:
        answered.setdefault(one.municipality_id, set()).add(one.area)
    areas = set(survey.areas)
    silent = [
        row.eligible_persons
        for row in survey.frame
        if row.certainty and row.eligible_persons > 0 and answered.get(row.municipality_id, set()) != areas
    ]
    everyone = sum(row.eligible_persons for row in survey.frame)
    return {"many": len(silent), "share": float(sum(silent) / everyone) if everyone else 0.0}


def _only(survey: Survey, *, counts: bool) -> Survey:
    kept = tuple(one for one in survey.answers if (one.area in COUNTS) == counts)
    return Survey(survey.frame, kept)


def _told(one: Estimate) -> dict[str, Any]:
    kept = asdict(one)
    return {
        "area": kept["area"], "nok": kept["per_person_nok"], "standard_error": kept["standard_error"],
        "low95": one.low95, "high95": one.high95, "respondents": kept["respondents"],
        "why_no_error": kept["why_no_error"],
    }  # fmt: skip


def _whole(told: RoundInput, parts: Sequence[Part], register: Sequence[YearItem]) -> Estimate:
    if told.kind in FIVE_YEARS:
        return five_years(parts, register).estimate()
    return together("*", parts).estimate()


def _years(kind: str, parts: Sequence[Part], register: Sequence[YearItem]) -> list[dict[str, Any]]:
    if kind not in FIVE_YEARS:
        return []
    return [_told(one_year(parts, register, year).estimate()) for year in YEARS]


def _coverage(told: RoundInput, whole: Estimate) -> dict[str, float | None] | None:
    if told.kind in FIVE_YEARS:
        return coverage_of_years(told.rates_nok, whole)
    rate, nok, error = told.rates_nok.get(1), whole.per_person_nok, whole.standard_error
    if rate is None or nok <= 0:
        return None
    spread = None if error is None else Z95 * error
    return {
        "share": rate / nok,
        "low95": None if spread is None else rate / (nok + spread),
        "high95": None if spread is None or nok <= spread else rate / (nok - spread),
    }


def _quotients(told: RoundInput) -> list[Part]:
    answered = set(told.survey.areas)
    return [quotient(told.survey, *pair) for pair in QUOTIENTS if set(pair) <= answered]


def _groups(survey: Survey, group_of: Mapping[str, str]) -> list[dict[str, Any]]:
    found = []
    for one in groups(survey, group_of):
        model = one.modelled
        low, high = model.interval if model else (None, None)
        found.append(
            {
                "group": one.name, "respondents": one.respondents, "direct_nok": one.direct_nok,
                "direct_error": one.direct_error, "nok": model.value if model else None,
                "standard_error": model.standard_error if model else None, "low95": low, "high95": high,
                "direct_share": model.direct_share if model else None,
            }
        )  # fmt: skip
    return found


def _gini(survey: Survey) -> float | None:
    """How unequal cost per person is among those who answered every area; None with fewer than two."""
    areas = set(survey.areas)
    rows = {row.municipality_id: row for row in survey.frame}
    sums: dict[str, Fraction] = {}
    seen: dict[str, set[str]] = {}
    for one in survey.answers:
        sums[one.municipality_id] = sums.get(one.municipality_id, Fraction(0)) + one.amount_nok
        seen.setdefault(one.municipality_id, set()).add(one.area)
    pairs = [
        (float(sums[one] / rows[one].eligible_persons), float(rows[one].eligible_persons))
        for one, answered in seen.items()
        if answered == areas and rows[one].eligible_persons > 0
    ]
    return gini(pairs) if len(pairs) > 1 and any(value > 0 for value, _ in pairs) else None


def _check(one: Check) -> dict[str, Any]:
    value = None if one.value is None else float(one.value)
    return {"municipality": one.municipality_id, "area": one.area, "rule": one.rule, "value": value}
