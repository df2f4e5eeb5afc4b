"""A round about 2025 in which the two municipalities of the stage are asked for sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bosett.expenditure.questionnaire import AREAS
from bosett.expenditure.typed import Typed
from bosett_server.access.actor import Actor
from bosett_server.actions.expenditure_answers import (
    approve_expenditure_answer,
    save_expenditure_answer,
    send_expenditure_answer,
)
from bosett_server.actions.expenditure_rounds import (
    close_expenditure_round,
    open_expenditure_round,
    plan_expenditure_round,
)
from tests.bosett_server.cast import HERE, THERE, World

ROUND_YEAR, DUE = 2025, date(2026, 6, 1)
RATES = {1: 250_000, 2: 249_500, 3: 180_000, 4: 90_000, 5: 85_500}
PERSONS = {
    HERE: {year: Decimal(20) for year in range(1, 6)},
    THERE: {year: Decimal(16) for year in range(1, 6)},
}


def planned(stage: World, **changes: Any) -> int:
    """A plan over the two municipalities: 100 and 80 persons, both asked."""
    told: dict[str, Any] = {
        "year": ROUND_YEAR, "kind": "ordinary", "asked": 2, "minimum": 1, "overlap_percent": 50,
        "answer_due_on": DUE, "persons": PERSONS, "frame_source": "test",
    }  # fmt: skip
    return plan_expenditure_round(stage["imdi_lead"], **told | changes)


def opened(stage: World, **changes: Any) -> int:
    """The same, open."""
    number = planned(stage, **changes)
    open_expenditure_round(stage["imdi_lead"], round_id=number)
    return number


def decider_there(stage: World) -> Actor:
    """Who approves in the other municipality."""
    return replace(stage["municipality_decider"], municipalities=frozenset({THERE}))


def full(kind: str = "ordinary", nok: int = 900_000, **changes: str) -> list[Typed]:
    """Every line with an amount."""
    return [Typed(area, amount=changes.get(area, str(nok))) for area in AREAS[kind]]


def answered(stage: World, number: int, kind: str = "ordinary") -> None:
    """Both municipalities have sent and approved; the second spends a tenth more a person."""
    pairs = (
        (stage["municipality_coordinator"], stage["municipality_decider"], HERE, 900_000),
        (stage["stranger"], decider_there(stage), THERE, 792_000),
    )
    for clerk, decider, place, nok in pairs:
        save_expenditure_answer(clerk, round_id=number, municipality=place, typed=full(kind, nok))
        send_expenditure_answer(clerk, round_id=number, municipality=place)
        approve_expenditure_answer(decider, round_id=number, municipality=place)


def closed(stage: World, rates: dict[int, int] | None = None, **changes: Any) -> int:
    """A closed round with its baseline."""
    number = opened(stage, **changes)
    answered(stage, number, changes.get("kind", "ordinary"))
    close_expenditure_round(stage["imdi_lead"], round_id=number, rates_nok=RATES if rates is None else rates)
    return number
