"""The demo: Norway's real municipalities and the real round of 2026, with synthetic people and modelled answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from bosett.capacity import PlaceKind
from bosett.decisions import ReservationCode
from bosett.scenario.answers import Answer, ModelledAnswer
from bosett.scenario.history import ModelledHistory
from bosett.scenario.population import SyntheticPopulation
from bosett.terms.errors import Refused
from bosett.terms.figure import State
from bosett.terms.groups import Group, Track
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.assignment_notices import to_municipality
from bosett_server.actions.card import card
from bosett_server.actions.demo_people import at, rows_of
from bosett_server.actions.demo_reception import fill_reception
from bosett_server.actions.demo_round import offered_on_top
from bosett_server.actions.demo_users import give_roles, make_users
from bosett_server.actions.step import Done, action
from bosett_server.queries.placement_pool import candidates_of
from bosett_server.records.models import (
    Assignment,
    Centre,
    CentrePlaces,
    Household,
    Interview,
    Person,
    Settlement,
    Stay,
    User,
    VersionedFigure,
)

BATCH = 2000
ACTIVE = frozenset({"offered", "accepted", "settled"})
MODELLED = "Modellert svar til demoen, ikke svaret fra kommunen selv"


# The scenario's reservations are kinds seen in single councils; these are their codes in the decisions room.
RESERVATIONS = {
    "families_only": ReservationCode.FAMILIES_WITH_CHILDREN_ONLY,
    "no_extensive_needs": ReservationCode.NO_COMPLEX_NEEDS,
    "if_housing_is_found": ReservationCode.HOUSING_FOUND_FIRST,
}


KINDS = {"minors": PlaceKind.MINORS_15_17.value}
OPERATORS = {"non_profit": "voluntary"}


@action(Permission.DEMO_LOAD)
def load_demo(
    actor: Actor,
    *,
    history: ModelledHistory,
    answers: Sequence[ModelledAnswer],
    year: int,
    answer_days: Mapping[Track, int],
    inhabitants: Mapping[MunicipalityCode, int],
) -> Done[int]:
    """Demo users, centres, modelled vedtak and synthetic households stand in the database, all or nothing."""
    if User.objects.filter(username="admin").exists():
        raise Refused("demo_already_loaded")
    population, today = history.population, history.population.today
    users = make_users(today, clock.now())
    centres = _centres(population)
    largest = max(population.centres, key=lambda c: sum(h.centre_id == c.id for h in population.households))
    _store_answers(answers, year, users["vedtak"])
    rows = rows_of(history, centres, users["mottak"].pk, users["saksbehandler"].pk, answer_days)
    Household.objects.bulk_create(rows.households, batch_size=BATCH)
    Person.objects.bulk_create(rows.persons, batch_size=BATCH)
    Stay.objects.bulk_create(rows.stays, batch_size=BATCH)
    Interview.objects.bulk_create(rows.interviews, batch_size=BATCH)
    _fill_cards(rows.assignments, rows.households, year)
    # Those that have ended come first: the household's row follows the assignment stored last.
    rows.assignments.sort(key=lambda a: (a.state in ACTIVE, a.municipality_id, a.decided_at))
    Assignment.objects.bulk_create(rows.assignments, batch_size=BATCH)
    Settlement.objects.bulk_create(rows.settlements, batch_size=BATCH)
    _agree_dates(rows.assignments, today)
    home = _small_municipality(rows.assignments, inhabitants)
    fill_reception(today, home, users["udi"])
    give_roles(users, home, Centre.objects.get(pk=centres[largest.id]), today, clock.now())
    facts = {"households": len(rows.households), "persons": len(rows.persons), "seed": population.seed}
    offered = [a for a in rows.assignments if a.state == "offered"]
    notices = [n for one in offered for n in to_municipality("card_received", one, one.answer_due_on)]
    return Done(len(rows.persons), about=("demo", year), facts=facts, notices=notices)


def _fill_cards(assignments: Sequence[Assignment], households: Sequence[Household], year: int) -> None:
    """The open offers carry the card that a decision would have made; it is never rewritten afterwards."""
    offered = {a.household_id for a in assignments if a.state == "offered"}
    candidates = candidates_of([h for h in households if h.pk in offered], year, clock.today())
    for one in assignments:
        if one.state == "offered" and one.household_id in candidates:
            one.card = card(candidates[one.household_id], clock.today())


def _agree_dates(assignments: Sequence[Assignment], today: date) -> None:
    """Two of three accepted households have agreed a day in the coming weeks: modelled, as their history is."""
    by_day: dict[date, list[UUID]] = {}
    for one in assignments:
        drawn = one.household_id.int % 63
        if one.state == "accepted" and drawn % 3:
            by_day.setdefault(today + timedelta(days=3 + drawn // 3), []).append(one.household_id)
    for day, ids in by_day.items():
        Household.objects.filter(pk__in=ids).update(stage="date_agreed", planned_settlement_on=day)


def _small_municipality(
    assignments: Sequence[Assignment], inhabitants: Mapping[MunicipalityCode, int]
) -> str:
    """The smallest municipality with a household to answer: where the demo's coordinator works."""
    waiting = {MunicipalityCode(a.municipality_id) for a in assignments if a.state == "offered"}
    return min(waiting or inhabitants, key=lambda code: (inhabitants[code], code))


def _centres(population: SyntheticPopulation) -> dict[UUID, int]:
    stored = Centre.objects.bulk_create(
        [
            Centre(
                name=one.name,
                kind=KINDS.get(one.kind, one.kind),
                operator_kind=OPERATORS.get(one.operator, one.operator),
                municipality_id=one.municipality,
                informed_on=date(2024, 1, 1),
                announced_on=date(2024, 1, 15),
                opens_on=date(2024, 2, 1),
                synthetic=True,
            )
            for one in population.centres
        ]
    )
    CentrePlaces.objects.bulk_create(
        CentrePlaces(centre=row, kind=KINDS.get(one.kind, one.kind), count=one.places, starts_on=row.opens_on)
        for row, one in zip(stored, population.centres, strict=True)
    )
    return {one.id: row.pk for row, one in zip(stored, population.centres, strict=True)}


def _store_answers(answers: Sequence[ModelledAnswer], year: int, decider: User) -> None:
    rows = []
    for answer in answers:
        decided = answer.answer is not Answer.AWAITING
        day = answer.council_meeting if decided else clock.today()
        for group, figure in answer.numbers.items():
            if figure.state is State.NOT_ASKED:
                continue
            rows.append(
                VersionedFigure(
                    what="voted",
                    municipality_id=answer.municipality,
                    year=year,
                    group=group.value,
                    state=figure.state.value,
                    value=figure.value,
                    reservations=_reservations(answer) if group is Group.ALL else [],
                    can_take_more=offered_on_top(answer.municipality, figure.value)
                    if group is Group.ALL
                    else None,
                    meeting_on=None if decided else answer.council_meeting,
                    valid_from=day,
                    recorded_at=at(day, 14),
                    source=MODELLED,
                    modelled=True,
                    approved_at=at(day, 15) if decided else None,
                    approved_by=decider if decided else None,
                )
            )
    VersionedFigure.objects.bulk_create(rows, batch_size=BATCH)


def _reservations(answer: ModelledAnswer) -> list[dict[str, object]]:
    return [{"code": RESERVATIONS[kind].value, "persons": None} for kind in answer.reservations]
