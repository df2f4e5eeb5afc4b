"""Synthetic answers to a round of the mapping of expenditure: some approved, some sent, one perhaps a draft."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bosett_server.access import clock
from bosett_server.records.models import ExpenditureAnswer, ExpenditureFrameRow, ExpenditureResponse

SPREAD, SIZE_SPREAD = 0.35, 0.12
"""How far the lines of an answer, and whole answers, lie from each other (of the logarithm): made up for the demo."""
PerPerson = Mapping[str, float]
"""Line of the form -> kroner, or hours or participants, for each person counted."""


def answer_round(
    number: int,
    per_person: PerPerson,
    rng: np.random.Generator,
    *,
    approved: float,
    sent: float,
    draft_of: str = "",
) -> None:
    """Shares `approved` and `sent` of those asked have answered, the certain ones all; `draft_of` has begun."""
    now = clock.now()
    places = {
        row.municipality_id: row for row in ExpenditureFrameRow.objects.filter(round_id=number, sampled=True)
    }
    rows = list(ExpenditureResponse.objects.filter(round_id=number).order_by("municipality_id"))
    drawn = rng.random(len(rows))
    by_state: dict[str, list[int]] = {"approved": [], "sent": []}
    answers: list[ExpenditureAnswer] = []
    for row, chance in zip(rows, drawn, strict=True):
        place = places[row.municipality_id]
        state = "approved" if chance < approved else "sent" if chance < approved + sent else ""
        if place.certainty and row.municipality_id != draft_of:
            state = "approved"
        if row.municipality_id == draft_of:
            answers += _draft(_whole(row, place, per_person, rng))
        elif state:
            by_state[state].append(row.pk)
            answers += _whole(row, place, per_person, rng)
    ExpenditureAnswer.objects.bulk_create(answers, batch_size=2000)
    kept = [*by_state["approved"], *by_state["sent"]]
    ExpenditureResponse.objects.filter(pk__in=kept).update(state="sent", sent_at=now)
    ExpenditureResponse.objects.filter(pk__in=by_state["approved"]).update(state="approved", approved_at=now)


def _whole(
    row: ExpenditureResponse, place: ExpenditureFrameRow, per_person: PerPerson, rng: np.random.Generator
) -> list[ExpenditureAnswer]:
    persons = float(place.eligible_persons)
    level = float(np.exp(rng.normal(0, SIZE_SPREAD)))
    spread = np.exp(rng.normal(-(SPREAD**2) / 2, SPREAD, len(per_person)))
    return [
        _line(row, area, round(persons * level * each * float(one)))
        for (area, each), one in zip(per_person.items(), spread, strict=True)
    ]


def _draft(whole: list[ExpenditureAnswer]) -> list[ExpenditureAnswer]:
    """The first six lines, one of them in thousands of kroner by mistake."""
    begun = whole[:6]
    begun[1].value = (begun[1].value or 0) // 1000
    begun[1].amount_typed = str(begun[1].value)
    return begun


def _line(row: ExpenditureResponse, area: str, amount: int) -> ExpenditureAnswer:
    return ExpenditureAnswer(
        response=row, area=area, amount_typed=str(amount), value=amount, via="demo", saved_at=clock.now()
    )
