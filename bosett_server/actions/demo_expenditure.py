"""The demo's rounds of the mapping of expenditure: closed ones and an open one, every answer synthetic."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from bosett.expenditure.questionnaire import ORDINARY
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.demo_expenditure_answers import answer_round
from bosett_server.actions.demo_expenditure_kinds import demo_kinds
from bosett_server.actions.expenditure_known import KnownRow, bring_in_known
from bosett_server.actions.expenditure_rounds import (
    close_expenditure_round,
    open_expenditure_round,
    plan_expenditure_round,
)
from bosett_server.actions.expenditure_scenarios import make_expenditure_scenario, share_expenditure_scenario
from bosett_server.actions.step import Done, action
from bosett_server.records.models import ExpenditureFrameRow, RoleGrant, User

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


@action(Permission.DEMO_LOAD)
def load_demo_expenditure(
    actor: Actor, *, year: int, inhabitants: Mapping[MunicipalityCode, int], seed: int
) -> Done[int]:
    """Closed rounds of every kind about the year before and an ordinary open one about `year`.

    The demo's municipality is asked in both of the ordinary ones.
    """
    rng = np.random.default_rng(seed)
    lead = _as(Role.IMDI_LEAD, "leder")
    home = RoleGrant.objects.get(user__username="kommune").municipality_id or ""
    frame = {str(code): _persons(many) for code, many in sorted(inhabitants.items())}
    closed = _planned(lead, year - 1, frame, home, clock.today() + timedelta(days=1))
    _open(lead, closed)
    answer_round(closed, NOK, rng, approved=0.96, sent=0.0)
    bring_in_known(lead, round_id=closed, kind="register", rows=_register(), source=SOURCE)
    close_expenditure_round(lead, round_id=closed, rates_nok=RATES)
    running = _planned(lead, year, frame, home, clock.today() + timedelta(days=40))
    _open(lead, running)
    answer_round(running, NOK, rng, approved=0.55, sent=0.15, draft_of=home)
    demo_kinds(lead, year - 1, inhabitants, np.random.default_rng((seed, 1)), SOURCE)
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


def _register() -> list[KnownRow]:
    """National figures, as if for a thousand persons in each residence year."""
    pairs = [(item, year, nok) for item, amounts in REGISTER.items() for year, nok in enumerate(amounts, 1)]
    return [
        KnownRow(place, "", item, year, nok * 1_000_000, Decimal(1000))
        for place, (item, year, nok) in enumerate(pairs, 1)
    ]
