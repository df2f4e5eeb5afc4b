"""The demo's rounds of the mapping of expenditure: a closed one and an open one, every answer synthetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from bosett.expenditure.questionnaire import ORDINARY
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.expenditure_known import KnownRow, bring_in_known
from bosett_server.actions.expenditure_rounds import (
    close_expenditure_round,
    open_expenditure_round,
    plan_expenditure_round,
)
from bosett_server.actions.expenditure_scenarios import make_expenditure_scenario, share_expenditure_scenario
from bosett_server.actions.step import Done, action
from bosett_server.records.models import (
    ExpenditureAnswer,
    ExpenditureFrameRow,
    ExpenditureResponse,
    RoleGrant,
    User,
)

ASKED, MINIMUM, TRIES = 170, 4, 60
SOURCE = "Syntetiske personer etter innbyggertall, laget for demonstrasjon"
PER_INHABITANT = {1: 0.0025, 2: 0.0045, 3: 0.0060, 4: 0.0015, 5: 0.0010}
"""Synthetic persons for each inhabitant, by residence year: made up for the demo."""
NOK = dict(
    zip(
        ORDINARY,
        (21000, 16000, 14000, 4000, 6000, 7000, 3500, 5500, 9000, 1500, 8000, 700, 5000),
        strict=True,
    )
)
"""Synthetic kroner per person and year by area: made up for the demo."""
REGISTER = {"social_assistance": (21, 33, 27, 19, 15), "introduction_benefit": (68, 74, 24, 5, 1)}
"""Synthetic thousand kroner per person in residence years 1-5: made up for the demo."""
RATES = {1: 255_000, 2: 250_000, 3: 178_000, 4: 90_000, 5: 85_500}
"""Near the rates of 2023, and made up where none is known: the demo's only."""
SPREAD, SIZE_SPREAD = 0.35, 0.12


@action(Permission.DEMO_LOAD)
def load_demo_expenditure(
    actor: Actor, *, year: int, inhabitants: Mapping[MunicipalityCode, int], seed: int
) -> Done[int]:
    """A closed round about the year before and an open one about `year`; the demo's municipality is in both."""
    rng = np.random.default_rng(seed)
    lead = _as(Role.IMDI_LEAD, "leder")
    home = RoleGrant.objects.get(user__username="kommune").municipality_id or ""
    frame = {str(code): _persons(many) for code, many in sorted(inhabitants.items())}
    closed = _planned(lead, year - 1, frame, home, clock.today() + timedelta(days=1))
    _open(lead, closed)
    _answer(closed, rng, approved=0.96, sent=0.0, draft_of="")
    bring_in_known(lead, round_id=closed, kind="register", rows=_register(), source=SOURCE)
    close_expenditure_round(lead, round_id=closed, rates_nok=RATES)
    running = _planned(lead, year, frame, home, clock.today() + timedelta(days=40))
    _open(lead, running)
    _answer(running, rng, approved=0.55, sent=0.15, draft_of=home)
    for role, name, told, target in (
        (Role.KS, "ks", "Full dekning", 100), (Role.MINISTRY, "departement", "Som nå, rundet", 95),
    ):  # fmt: skip
        party = _as(role, name)
        made = make_expenditure_scenario(party, round_id=closed, name=told, target_percent=Decimal(target))
        if role is Role.MINISTRY:
            share_expenditure_scenario(party, scenario_id=made)
    return Done(running, about=("demo", year), facts={"closed": closed, "open": running})


def _as(role: Role, name: str) -> Actor:
    return Actor(role, user_id=User.objects.get(username=name).pk, name=name)


def _persons(inhabitants: int) -> dict[int, Decimal]:
    return {year: Decimal(round(inhabitants * share)) for year, share in PER_INHABITANT.items()}


def _planned(lead: Actor, year: int, frame: Mapping[str, Mapping[int, Decimal]], home: str, due: date) -> int:
    """The first seed from the year on with which the demo's municipality is asked."""
    for seed in range(year, year + TRIES):
        number = plan_expenditure_round(
            lead, year=year, kind="ordinary", asked=ASKED, minimum=MINIMUM, overlap_percent=70, answer_due_on=due,
            seed=seed, persons=frame, frame_source=SOURCE, synthetic=True,
        )  # fmt: skip
        asked = ExpenditureFrameRow.objects.filter(round_id=number, municipality_id=home, sampled=True)
        if not home or asked.exists():
            return number
    return number


def _open(lead: Actor, number: int) -> None:
    open_expenditure_round(lead, round_id=number)


def _answer(number: int, rng: np.random.Generator, *, approved: float, sent: float, draft_of: str) -> None:
    """Synthetic answers: some approved, some sent, some not begun, one a draft; the certain ones have answered."""
    now = clock.now()
    places = {
        row.municipality_id: row for row in ExpenditureFrameRow.objects.filter(round_id=number, sampled=True)
    }
    rows = list(ExpenditureResponse.objects.filter(round_id=number).order_by("municipality_id"))
    drawn = rng.random(len(rows))
    by_state: dict[str, list[int]] = {"approved": [], "sent": []}
    answers: list[ExpenditureAnswer] = []
    for row, chance in zip(rows, drawn, strict=True):
        state = "approved" if chance < approved else "sent" if chance < approved + sent else ""
        if places[row.municipality_id].certainty and row.municipality_id != draft_of:
            state = "approved"
        if row.municipality_id == draft_of:
            answers += _draft(row, places[draft_of], rng)
        elif state:
            by_state[state].append(row.pk)
            answers += _whole(row, places[row.municipality_id], rng)
    ExpenditureAnswer.objects.bulk_create(answers, batch_size=2000)
    kept = [*by_state["approved"], *by_state["sent"]]
    ExpenditureResponse.objects.filter(pk__in=kept).update(state="sent", sent_at=now)
    ExpenditureResponse.objects.filter(pk__in=by_state["approved"]).update(state="approved", approved_at=now)


def _whole(
    row: ExpenditureResponse, place: ExpenditureFrameRow, rng: np.random.Generator
) -> list[ExpenditureAnswer]:
    persons = float(place.eligible_persons)
    level = float(np.exp(rng.normal(0, SIZE_SPREAD)))
    spread = np.exp(rng.normal(-(SPREAD**2) / 2, SPREAD, len(ORDINARY)))
    return [
        _line(row, area, round(persons * level * NOK[area] * float(one)))
        for area, one in zip(ORDINARY, spread, strict=True)
    ]


def _draft(
    row: ExpenditureResponse, place: ExpenditureFrameRow, rng: np.random.Generator
) -> list[ExpenditureAnswer]:
    """The first six lines, one of them in thousands of kroner by mistake."""
    whole: Sequence[ExpenditureAnswer] = _whole(row, place, rng)[:6]
    wrong = whole[1]
    wrong.value = (wrong.value or 0) // 1000
    wrong.amount_typed = str(wrong.value)
    return list(whole)


def _line(row: ExpenditureResponse, area: str, nok: int) -> ExpenditureAnswer:
    return ExpenditureAnswer(
        response=row, area=area, amount_typed=str(nok), value=nok, via="demo", saved_at=clock.now()
    )


def _register() -> list[KnownRow]:
    """National figures, as if for a thousand persons in each residence year."""
    pairs = [(item, year, nok) for item, amounts in REGISTER.items() for year, nok in enumerate(amounts, 1)]
    return [
        KnownRow(place, "", item, year, nok * 1_000_000, Decimal(1000))
        for place, (item, year, nok) in enumerate(pairs, 1)
    ]
