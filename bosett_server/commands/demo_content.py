"""What the demo is filled with; imported only when Django is set up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.db import connections, transaction

from bosett.registry import Registry
from bosett.rules import Parameters
from bosett.scenario.answers import Calendar
from bosett.scenario.demonstration import Demonstration, demonstration
from bosett.sources.anmodning import shipped_round
from bosett.terms.groups import Group, Track
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access.actor import SYSTEM
from bosett_server.actions.demo import load_demo
from bosett_server.actions.demo_claims import load_demo_claims
from bosett_server.actions.demo_consultation import load_demo_consultation
from bosett_server.actions.demo_expenditure import load_demo_expenditure
from bosett_server.actions.demo_followup import load_demo_followup
from bosett_server.actions.demo_hearing import load_demo_hearing
from bosett_server.actions.demo_placement import load_demo_placement
from bosett_server.actions.demo_planner import load_demo_planner
from bosett_server.actions.demo_pressure import load_demo_pressure
from bosett_server.actions.demo_report import load_demo_reports
from bosett_server.actions.demo_round import load_round_demo
from bosett_server.actions.demo_scenario import load_demo_scenario
from bosett_server.actions.demo_users import STAFF
from bosett_server.actions.grants import compute_year
from bosett_server.actions.pressure_alerts import check_pressure
from bosett_server.actions.published import load_published_round
from bosett_server.actions.registry import load_registry
from bosett_server.actions.statistics import publish_tables
from bosett_server.records.models import User

YEAR = 2026
SETTLED_YEARS = (2024, 2025, 2026)
"""Years of the synthetic settlements."""
SEED = 2026
USERS = [*STAFF, "admin"]


def fill(persons: int, today: date, told: Callable[[str], None] = lambda _: None) -> None:
    """Load what is not there yet, all or nothing; a second start finds everything as it was left.

    `told` hears what is being done: it takes the better part of a minute.
    """
    if User.objects.filter(username="admin").exists():
        return
    told("    making up people and answers")
    people = inhabitants(today)
    made = made_up(persons, today, people)
    # What an interrupted filling has left behind is cleared first: cleared in the middle of this one, the tables would
    # be planned as if they were empty, and the figures would take for ever.
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM")
    with transaction.atomic():
        load_registry(SYSTEM, on=today)
        load_published_round(SYSTEM, year=YEAR)
        told(f"    storing {persons} persons")
        load_demo(
            SYSTEM,
            history=made.history,
            answers=made.answers,
            year=YEAR,
            answer_days=_answer_days(today),
            inhabitants=people,
        )
        load_demo_planner(SYSTEM)
        load_round_demo(SYSTEM, year=YEAR)
        told("    the letters of the round, and a second round in hearing")
        load_demo_hearing(YEAR)
        told("    a run of proposals")
        load_demo_placement(YEAR)
        told("    the mapping of expenditure, with synthetic answers")
        load_demo_expenditure(SYSTEM, year=YEAR - 1, inhabitants=people, seed=SEED)
        for year in SETTLED_YEARS:
            told(f"    grants and figures of {year}")
            compute_year(SYSTEM, year=year)
            publish_tables(SYSTEM, year=year)
        load_demo_claims(SYSTEM)
        load_demo_pressure(SYSTEM, seed=SEED)
        check_pressure(SYSTEM)
        load_demo_consultation(SYSTEM)
        load_demo_scenario()
        load_demo_reports(published=YEAR - 1, under_way=YEAR - 2)
    # A freshly filled table is planned as if it were empty until the server has counted it.
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    # Only now: what follows each move is looked for in tables that have been counted.
    load_demo_followup(SYSTEM, seed=SEED)
    for year in SETTLED_YEARS:
        compute_year(SYSTEM, year=year)


def made_up(persons: int, today: date, people: Mapping[MunicipalityCode, int]) -> Demonstration:
    """Synthetic people and modelled answers to the published round."""
    published = shipped_round(YEAR)
    asked = {
        (row.municipality_id, group): number
        for row in published.asked_municipalities()
        for group in Group
        if (number := row.figure(group).value)
    }
    calendar = Calendar(published.sent, published.answers_due, today)
    return demonstration(SEED, persons, calendar, asked, people)


def inhabitants(today: date) -> dict[MunicipalityCode, int]:
    """Inhabitants of each municipality in the round's year, as weights."""
    registry = Registry.shipped()
    return {m.code: registry.population(m.code, YEAR).value or 0 for m in registry.municipalities(today)}


def _answer_days(today: date) -> dict[Track, int]:
    rules = Parameters.shipped()
    return {track: rules.lookup(f"placement/answer_days_{track}", today).whole for track in Track}
