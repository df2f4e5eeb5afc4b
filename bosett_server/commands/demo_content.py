"""What the demo is filled with; imported only when Django is set up."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from bosett.registry import Registry
from bosett.rules import Parameters
from bosett.scenario.answers import Calendar
from bosett.scenario.demonstration import Demonstration, demonstration
from bosett.sources.anmodning import shipped_round
from bosett.terms.groups import Group, Track
from bosett_server.access.actor import SYSTEM
from bosett_server.actions.demo import load_demo
from bosett_server.actions.demo_users import STAFF
from bosett_server.actions.published import load_published_round
from bosett_server.actions.registry import load_registry
from bosett_server.records.models import User

YEAR = 2026
SEED = 2026
USERS = [*STAFF, "admin"]


def fill(persons: int, today: date) -> None:
    """Load what is not there yet, all or nothing; a second start finds everything as it was left."""
    if User.objects.filter(username="admin").exists():
        return
    made = made_up(persons, today)
    with transaction.atomic():
        load_registry(SYSTEM, on=today)
        load_published_round(SYSTEM, year=YEAR)
        load_demo(SYSTEM, history=made.history, answers=made.answers, year=YEAR, answer_days=_answer_days(today))


def made_up(persons: int, today: date) -> Demonstration:
    """Synthetic people and modelled answers to the published round."""
    published = shipped_round(YEAR)
    asked = {
        (row.municipality_id, group): number
        for row in published.asked_municipalities()
        for group in Group
        if (number := row.figure(group).value)
    }
    registry = Registry.shipped()
    people = {m.code: registry.population(m.code, YEAR).value or 0 for m in registry.municipalities(today)}
    calendar = Calendar(published.sent, published.answers_due, today)
    return demonstration(SEED, persons, calendar, asked, people)


def _answer_days(today: date) -> dict[Track, int]:
    rules = Parameters.shipped()
    return {track: rules.lookup(f"placement/answer_days_{track}", today).whole for track in Track}
