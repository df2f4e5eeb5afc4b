"""The demo's closed rounds about minors, hosts and Norwegian training; every frame and answer is synthetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import numpy as np

from bosett.terms.municipality import MunicipalityCode
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.actions.demo_expenditure_answers import PerPerson, answer_round
from bosett_server.actions.expenditure_rounds import (
    close_expenditure_round,
    open_expenditure_round,
    plan_expenditure_round,
)


@dataclass(frozen=True)
class Kind:
    """One kind of round as the demo makes it up.

    Parameters
    ----------
    per_inhabitant
        Residence year -> persons counted for each inhabitant.
    fewest
        Inhabitants below which a municipality has nobody to count.
    rates_nok
        Residence year -> grant per person.
    """

    per_inhabitant: Mapping[int, float]
    fewest: int
    asked: int
    per_person: PerPerson
    rates_nok: Mapping[int, int]


KINDS = {
    "unaccompanied_minors": Kind(
        {1: 0.00020, 2: 0.00025, 3: 0.00025, 4: 0.00015, 5: 0.00010}, 10_000, 60,
        {
            "child_youth": 640_000, "social_advice": 30_000, "housing": 60_000, "school": 110_000,
            "school_exam": 12_000, "introduction_programme": 25_000, "support_contact": 18_000,
            "culture": 6_000, "shared_costs": 30_000,
        },
        {1: 800_000, 2: 800_000, 3: 800_000, 4: 800_000, 5: 800_000},
    ),
    "host": Kind(
        {1: 0.0030}, 20_000, 50,
        {"health": 9_000, "child_youth": 3_500, "interpreter": 1_800, "social_advice": 700, "shared_costs": 1_500},
        {1: 14_500},
    ),
    "norwegian": Kind(
        {1: 0.0040}, 5_000, 80,
        {"training": 58_000, "teaching_hours": 26, "participant_hours": 340, "participants": 1},
        {},
    ),
}  # fmt: skip
"""Made up for the demo: no figure is a measurement, and the rates are near those of 2023 or not known."""


def demo_kinds(
    lead: Actor, year: int, inhabitants: Mapping[MunicipalityCode, int], rng: np.random.Generator, source: str
) -> None:
    """One closed round of each kind about `year`."""
    for name, kind in KINDS.items():
        frame = {
            str(code): {y: Decimal(max(1, round(many * share))) for y, share in kind.per_inhabitant.items()}
            for code, many in sorted(inhabitants.items())
            if many >= kind.fewest
        }
        number = plan_expenditure_round(
            lead, year=year, kind=name, asked=min(kind.asked, len(frame)), minimum=3, overlap_percent=70,
            answer_due_on=clock.today() + timedelta(days=1), seed=year, persons=frame, frame_source=source,
            synthetic=True,
        )  # fmt: skip
        open_expenditure_round(lead, round_id=number)
        answer_round(number, kind.per_person, rng, approved=0.94, sent=0.0)
        close_expenditure_round(lead, round_id=number, rates_nok=kind.rates_nok)
