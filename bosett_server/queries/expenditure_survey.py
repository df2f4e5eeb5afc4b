"""The survey of a round as the library takes it: the frame, what is approved, the registers, the groups."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction

from bosett.expenditure.findings import RoundInput
from bosett.expenditure.problem import Answer, FrameRow, RegisterItem, Survey
from bosett.expenditure.target import MunicipalityPersons
from bosett_server.records.models import (
    ExpenditureAnswer,
    ExpenditureFrameRow,
    ExpenditureKnown,
    Municipality,
)

DIVISIONS = ("kostra_group", "centrality")


def survey_of(number: int) -> Survey:
    """The frame with the approved answers: what is not approved is not answered."""
    frame = tuple(
        FrameRow(
            row.municipality_id, row.stratum, Fraction(row.eligible_persons), row.sampled, row.certainty,
            Fraction(row.weight_of, row.weight_drawn),
        )
        for row in ExpenditureFrameRow.objects.filter(round_id=number).order_by("municipality_id")
    )  # fmt: skip
    approved = ExpenditureAnswer.objects.filter(
        response__round_id=number, response__state="approved", value__isnull=False
    ).order_by("response__municipality_id", "area")
    told = approved.values_list("response__municipality_id", "area", "value")
    return Survey(frame, tuple(Answer(place, area, value or 0) for place, area, value in told))


def round_input(number: int, kind: str, rates_nok: Mapping[int, int], estimator: str) -> RoundInput:
    """All that the estimates of a round rest on."""
    registers = ExpenditureKnown.objects.filter(round_id=number, kind="register").order_by("id")
    items = tuple(
        RegisterItem(
            one.residence_year or 0, one.item, one.amount_nok, Fraction(one.persons or 0), one.municipality_id or ""
        )
        for one in registers
    )  # fmt: skip
    return RoundInput(kind, survey_of(number), items, rates_nok, divisions(), estimator)


def divisions() -> dict[str, dict[str, str]]:
    """Each division's name -> municipality -> its group."""
    rows = list(Municipality.objects.order_by("code").values_list("code", *DIVISIONS))
    return {name: {row[0]: str(row[place]) for row in rows} for place, name in enumerate(DIVISIONS, start=1)}


def fingerprint(told: RoundInput) -> str:
    """The SHA-256 of everything the estimates rest on, so that they can be made again and compared."""
    frame = [
        [r.municipality_id, r.stratum, str(r.eligible_persons), r.sampled, r.certainty, str(r.base_weight)]
        for r in told.survey.frame
    ]
    answers = [[a.municipality_id, a.area, str(a.amount_nok)] for a in told.survey.answers]
    register = [
        [i.municipality_id, i.residence_year, i.item, str(i.amount_nok), str(i.persons)]
        for i in told.register
    ]
    whole = [told.kind, told.estimator, frame, answers, register, sorted(told.rates_nok.items())]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


def persons_by_municipality(number: int, division: str) -> list[MunicipalityPersons]:
    """Persons who release the grant by residence year, with the group each municipality is told under.

    Empty where the frame does not know residence years.
    """
    group_of = divisions()[division]
    rows = ExpenditureFrameRow.objects.filter(round_id=number).values_list(
        "municipality_id", "persons_by_year"
    )
    return [
        MunicipalityPersons(code, group_of[code], {int(year): float(many) for year, many in by_year.items()})
        for code, by_year in rows
        if by_year
    ]


def persons_by_year(number: int) -> dict[str, float]:
    """Residence year -> persons of the whole frame; empty where the frame does not know them."""
    found: dict[str, float] = {}
    for by_year in ExpenditureFrameRow.objects.filter(round_id=number).values_list(
        "persons_by_year", flat=True
    ):
        for year, many in by_year.items():
            found[year] = found.get(year, 0.0) + many
    return found
