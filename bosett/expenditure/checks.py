"""What somebody should look at in the answers: flagged by name, never changed.

Outliers are kept as they were answered; whoever approves the round corrects an answer or leaves it.
Per person figures are compared with the median of the others in the same area.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log
from statistics import median

from bosett.expenditure.design import Design
from bosett.expenditure.problem import Answer, FrameRow, RegisterItem, Survey
from bosett.expenditure.ratio import amounts_of

THOUSAND = (1000 / 8, 1000 * 8)
"""A median this many times an answer (or the other way) is taken for the wrong unit: an assumption."""
ROBUST_LIMIT = 3.5
"""Modified z-score beyond which a value is an outlier: Iglewicz and Hoaglin (1993)."""
FEW = 8
"""Answers needed before outliers are looked for: an assumption."""
RESPONDENTS = 150
"""Fewest respondents for which our simulation shows that the 95 % interval holds."""


@dataclass(frozen=True)
class Check:
    """One thing to look at.

    `municipality_id` or `area` empty = it is not about one; `value` None = nothing was answered.
    """

    municipality_id: str
    area: str
    value: float | int | Fraction | None
    rule: str
    why: str


def check_survey(survey: Survey) -> tuple[Check, ...]:
    """Every check of the answers and of the sample, in order of rule, area and municipality."""
    rows = {row.municipality_id: row for row in survey.frame}
    found: list[Check] = []
    for area in survey.areas:
        answers = [one for one in survey.answers if one.area == area]
        found += [*_units(answers, rows), *_no_persons(answers, rows), *_silent(survey, area, answers)]
        found += _alone(survey, area)
    found += _weights(survey)
    return tuple(sorted(found, key=lambda one: (one.rule, one.area, one.municipality_id)))


def check_register(items: Sequence[RegisterItem]) -> tuple[Check, ...]:
    """Items that lack a residence year others have, and amounts without persons."""
    years = {one.residence_year for one in items}
    found = [
        Check(one.municipality_id, one.item, one.amount_nok, "amount_without_persons",
              f"an amount in residence year {one.residence_year}, and no persons")
        for one in items if one.amount_nok > 0 and one.persons == 0
    ]  # fmt: skip
    for item in sorted({one.item for one in items}):
        lacking = sorted(years - {one.residence_year for one in items if one.item == item})
        found += [
            Check("", item, None, "register_year_missing",
                  f"no row for residence year {year}: the sum of that year is without it")
            for year in lacking
        ]  # fmt: skip
    return tuple(found)


def check_size(respondents: int) -> tuple[Check, ...]:
    """A warning in words when too few answered for the interval to be trusted."""
    if respondents >= RESPONDENTS:
        return ()
    many = "1 municipality" if respondents == 1 else f"{respondents} municipalities"
    why = (
        f"{many} answered; below {RESPONDENTS} the 95 % interval misses the truth more"
        " often than 5 times in 100"
    )
    return (Check("", "", respondents, "few_respondents", why),)


def _units(answers: Sequence[Answer], rows: dict[str, FrameRow]) -> Iterator[Check]:
    per_person = {
        one.municipality_id: float(one.amount_nok / rows[one.municipality_id].eligible_persons)
        for one in answers
        if one.amount_nok > 0 and rows[one.municipality_id].eligible_persons > 0
    }
    if len(per_person) < 2:
        return
    logs = {one: log(value) for one, value in per_person.items()}
    middle = median(logs.values())
    spread = median(abs(value - middle) for value in logs.values())
    amounts = {one.municipality_id: one for one in answers}
    for place, value in per_person.items():
        others = median(each for one, each in per_person.items() if one != place)
        told = f"{value:.0f} kroner per person; the median of the others is {others:.0f}"
        answer = amounts[place]
        if THOUSAND[0] <= others / value <= THOUSAND[1]:
            yield Check(place, answer.area, answer.amount_nok, "thousands", f"thousands of kroner? {told}")
        elif THOUSAND[0] <= value / others <= THOUSAND[1]:
            yield Check(place, answer.area, answer.amount_nok, "thousandfold", f"a thousand times? {told}")
        elif len(logs) >= FEW and spread > 0 and 0.6745 * abs(logs[place] - middle) / spread > ROBUST_LIMIT:
            yield Check(
                place, answer.area, answer.amount_nok, "outlier", f"far from the others: {told}; kept"
            )


def _no_persons(answers: Sequence[Answer], rows: dict[str, FrameRow]) -> Iterator[Check]:
    for one in answers:
        if one.amount_nok > 0 and rows[one.municipality_id].eligible_persons == 0:
            why = "an amount, and no eligible persons in the frame"
            yield Check(one.municipality_id, one.area, one.amount_nok, "amount_without_persons", why)


def _silent(survey: Survey, area: str, answers: Sequence[Answer]) -> Iterator[Check]:
    answered = {one.municipality_id for one in answers}
    for row in survey.frame:
        if row.sampled and row.municipality_id not in answered:
            why = "asked, no answer: nonresponse, the others of its stratum stand for it"
            if row.certainty:
                why = "one of the certain ones, no answer: follow it up, no other is like it"
            yield Check(row.municipality_id, area, None, "no_answer", why)


def _alone(survey: Survey, area: str) -> Iterator[Check]:
    design = Design.of(survey.frame)
    amounts, responded = amounts_of(survey, design, area)
    known = design.deviations(amounts, responded) is not None
    told = (
        "its error is taken with a stratum like it"
        if known
        else "no stratum is like it, so no error is known"
    )
    for cell in design.alone(responded):
        place = int(((design.cell == cell) & responded).argmax())
        count = int(design.population[cell])
        stratum = design.cells[cell][0]
        why = f"the only answer of {count} in stratum {stratum}: {told}"
        yield Check(design.ids[place], area, float(amounts[place]), "one_respondent", why)


def _weights(survey: Survey) -> Iterator[Check]:
    design = Design.of(survey.frame)
    for cell, total in enumerate(design.by_cell(design.base)):
        size = float(design.population[cell])
        if total and abs(total - size) > 0.1 * size:
            why = f"the weights of stratum {design.cells[cell][0]} sum to {total:.1f} for {size:.0f} in the frame"
            yield Check("", "", float(total), "weights_do_not_sum", why)
