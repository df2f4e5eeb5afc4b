"""The cast of every server test: one actor per role, and `stranger`, who must see nothing.

`world()` sets the stage: two municipalities in two counties, a centre, a sent round, users with roles.
Everything is synthetic.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from bosett_server.access.actor import PUBLIC, SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.records.models import (
    Centre,
    County,
    Household,
    Interview,
    Municipality,
    Person,
    RoleGrant,
    Round,
    User,
    VersionedFigure,
)

DAY = date(2026, 3, 16)
# The first moment of DAY in Norway: the time of day is real in tests, and no step may seem to come before its world.
NOW = datetime(2026, 3, 15, 23, 0, tzinfo=UTC)
YEAR = 2026
HERE, THERE = "3301", "4203"  # Drammen in Buskerud, Arendal in Agder

_numbers = itertools.count(1)

PLACES: dict[Role, dict[str, Any]] = {
    Role.MUNICIPALITY_COORDINATOR: {"municipality_id": HERE},
    Role.MUNICIPALITY_DECIDER: {"municipality_id": HERE},
    Role.COUNTY: {"county_id": "33"},
    Role.STATSFORVALTER: {"county_id": "33"},
    Role.MINISTRY: {"party": "AID"},
}
STAFF = [r for r in Role if r not in {Role.HOUSEHOLD, Role.REPRESENTATIVE, Role.PUBLIC, Role.SYSTEM}]


@dataclass
class World:
    """What the stage holds."""

    actors: dict[str, Actor]
    centre: Centre
    users: dict[str, User]
    round: Round
    extra: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Actor:
        return self.actors[role]


def world() -> World:
    """Set the stage in the current database."""
    with acting(SYSTEM):
        _municipalities()
        centre = Centre.objects.create(
            name="Syntetisk mottak Drammen",
            kind="ordinary",
            operator_kind="municipal",
            municipality_id=HERE,
            announced_on=date(2025, 1, 1),
            opens_on=date(2025, 1, 1),
            synthetic=True,
        )
        users = {role.value: _user(role, centre) for role in STAFF}
        stranger = User.objects.create(username=f"stranger{next(_numbers)}")
        RoleGrant.objects.create(
            user=stranger,
            role=Role.MUNICIPALITY_COORDINATOR.value,
            municipality_id=THERE,
            starts_on=date(2025, 1, 1),
            granted_at=NOW,
        )
        users["stranger"] = stranger
        sent = _sent_round()
    actors = {role.value: _actor(role, users[role.value], centre) for role in STAFF}
    actors["stranger"] = Actor(
        Role.MUNICIPALITY_COORDINATOR, user_id=stranger.pk, name="stranger", municipalities=frozenset({THERE})
    )
    actors["public"], actors["system"] = PUBLIC, SYSTEM
    return World(actors, centre, users, sent)


def household(
    where: World, *, stage: str = "ready", persons: int = 2, interview: bool = True, **fields: Any
) -> Household:
    """A synthetic household with its persons, heard and ready unless told otherwise."""
    number = next(_numbers)
    births = fields.pop("births", None) or [date(1990, 1, 1 + i % 27) for i in range(persons)]
    with acting(SYSTEM):
        row = Household.objects.create(
            reference=f"SYN-{number:06d}",
            track=fields.pop("track", "asylum"),
            stage=stage,
            persons_count=persons,
            language="uk",
            arrived_on=date(2025, 9, 1),
            permit_on=date(2025, 11, 1),
            ready_on=date(2026, 1, 10) if stage not in {"in_reception", "interviewed"} else None,
            centre=where.centre,
            **fields,
        )
        Person.objects.bulk_create(
            Person(
                household=row,
                given_name="Blid",
                family_name=f"Testperson {number}-{i}",
                name_sort_key=f"testperson {number}-{i}",
                birth_date=born,
                sex="female" if i % 2 else "male",
                citizenship="UKR",
                basis="collective",
                role="adult",
                single_adult=persons == 1,
            )
            for i, born in enumerate(births)
        )
        if interview:
            Interview.objects.create(
                household=row,
                held_on=date(2025, 12, 1),
                held_by=where.users["centre"],
                interpreter="used",
                interpreter_language="uk",
                wishes=[HERE],
                ties=[],
                health_consent=True,
                child_best_interests="Ingen barn i husstanden.",
                comment_invited_on=date(2025, 12, 1),
                comment_due_on=date(2025, 12, 15),
                closed_at=NOW,
            )
    return row


def vedtak(
    municipality: str, value: int, *, group: str = "all", year: int = YEAR, reservations: Sequence[Any] = ()
) -> VersionedFigure:
    """An approved vedtak in force, superseding the one before."""
    with acting(SYSTEM):
        old = VersionedFigure.objects.filter(
            what="voted", municipality_id=municipality, year=year, group=group, superseded_at__isnull=True
        ).first()
        if old:
            VersionedFigure.objects.filter(pk=old.pk).update(superseded_at=NOW)
        user = User.objects.order_by("id").first()
        return VersionedFigure.objects.create(
            what="voted",
            municipality_id=municipality,
            year=year,
            group=group,
            value=value,
            reservations=list(reservations),
            valid_from=DAY,
            recorded_at=NOW,
            source="test",
            approved_at=datetime.now(UTC),
            approved_by=user,
            supersedes=old,
        )


def _municipalities() -> None:
    for code, name in (("33", "Buskerud"), ("42", "Agder")):
        County.objects.get_or_create(code=code, defaults={"name": name, "sort_key": name.lower()})
    for code, name, language in ((HERE, "Drammen", "bokmål"), (THERE, "Arendal", "neutral")):
        Municipality.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "name_norwegian": name,
                "sort_key": name.lower(),
                "county_id": code[:2],
                "language_decision": language,
                "centrality": 2,
                "kostra_group": "EKG12",
            },
        )


def _user(role: Role, centre: Centre) -> User:
    user = User.objects.create(
        username=f"{role.value}{next(_numbers)}", first_name="Test", last_name=role.value
    )
    place = {"centre": centre} if role is Role.CENTRE else PLACES.get(role, {})
    RoleGrant.objects.create(user=user, role=role.value, starts_on=date(2025, 1, 1), granted_at=NOW, **place)
    return user


def _actor(role: Role, user: User, centre: Centre) -> Actor:
    place = PLACES.get(role, {})
    return Actor(
        role,
        user_id=user.pk,
        name=user.get_full_name(),
        municipalities=frozenset({place["municipality_id"]} if "municipality_id" in place else ()),
        county=place.get("county_id", ""),
        centre_id=centre.pk if role is Role.CENTRE else None,
        ministry=place.get("party", ""),
    )


def _sent_round() -> Round:
    need = VersionedFigure.objects.create(
        what="need", year=YEAR, value=110, valid_from=date(2025, 10, 31), recorded_at=NOW, source="test"
    )
    sent = Round.objects.create(
        year=YEAR, state="sent", need=need, answer_due_on=date(2026, 2, 10), drafted_at=NOW, sent_at=NOW
    )
    for code, value in ((HERE, 60), (THERE, 50)):
        VersionedFigure.objects.create(
            what="asked", municipality_id=code, year=YEAR, value=value, valid_from=date(2025, 10, 31),
            recorded_at=NOW, source="test", round=sent,
        )  # fmt: skip
    return sent
