"""A synthetic population from a seed: same seed, same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import UUID

import numpy as np

from bosett.scenario.population.ages import Slots, draw_ages
from bosett.scenario.population.centres import NOWHERE, build_centres, place_in_centres
from bosett.scenario.population.circumstances import (
    draw_citizenships,
    draw_leanings,
    draw_links,
    draw_needs,
    draw_protection,
)
from bosett.scenario.population.marginals import Marginals
from bosett.scenario.population.numbers import (
    draw_national_ids,
    draw_uuids,
    duf_number,
    household_reference,
    person_reference,
)
from bosett.scenario.population.people import (
    Days,
    Household,
    Person,
    Role,
    Sex,
    SyntheticPopulation,
)
from bosett.scenario.population.sexes import draw_sexes
from bosett.scenario.population.shape import TRACKS, Flags, Ints, Shape, draw_shape
from bosett.scenario.population.timeline import NEVER, Timeline, draw_timeline, follow
from bosett.terms.groups import Basis, Group, minor_group
from bosett.terms.municipality import MunicipalityCode

PARTS = 14
"""Independent random streams, so that a change in one part leaves the others as they were."""
DAYS_A_YEAR = 365.2425


@dataclass(frozen=True)
class _Draft:
    """Columns on the way to households and persons."""

    shape: Shape
    slots: Slots
    timeline: Timeline
    birth_dates: list[date]
    female: Flags
    citizenships: list[tuple[str, str]]
    ids: list[UUID]


def generate(
    seed: int,
    persons: int,
    today: date,
    marginals: Marginals,
    municipalities: Mapping[MunicipalityCode, int],
) -> SyntheticPopulation:
    """Households and persons that agree with the marginals, as they stand on a day.

    Promises: exactly `persons` persons; the same arguments give the same bytes; minors alone are
    under 18 and in their age group on `today`; nothing looks like a real person.

    Parameters
    ----------
    seed
        Any whole number of zero or more.
    persons
        At least 100; 20,000 is the demo, 100,000 the load test.
    today
        The day the population is seen on; no step lies after it.
    municipalities
        Code -> weight (inhabitants) for ties and wishes.

    Raises
    ------
    BadInput
        Too few persons, no municipality, or tables that contradict each other.
    """
    rngs = [np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(PARTS)]
    shape = draw_shape(persons, marginals, rngs[0])
    leaders, followers = draw_links(shape, marginals, rngs[1])
    track = shape.track.copy()
    track[followers] = track[leaders]
    shape = replace(shape, track=track)
    slots = Slots.of(shape)
    timeline = follow(draw_timeline(shape, today, marginals, rngs[2]), leaders, followers)
    age = draw_ages(shape, slots, _present_years(timeline, today), marginals, rngs[3])
    citizenships = draw_citizenships(shape, marginals, rngs[4])
    for leader, follower in zip(leaders, followers, strict=True):
        citizenships[follower] = citizenships[leader]
    draft = _Draft(
        shape,
        slots,
        timeline,
        [date.fromordinal(day) for day in today.toordinal() - np.floor(age * DAYS_A_YEAR).astype(int)],
        draw_sexes(shape, slots, age, marginals, rngs[5]),
        citizenships,
        draw_uuids(len(shape.kind), rngs[6]),
    )
    protection = draw_protection(len(shape.kind), marginals, rngs[7])
    for leader, follower in zip(leaders, followers, strict=True):
        protection[follower] = protection[leader]
    needs = draw_needs(shape, slots, age, protection, marginals, rngs[8])
    leanings = draw_leanings(len(shape.kind), municipalities, marginals, rngs[9])
    centres, home = place_in_centres(
        shape, timeline, today.toordinal(), build_centres(persons, marginals, rngs[10]), marginals, rngs[11]
    )
    stages, groups, links = timeline.stages(), _groups(draft, today), _link_names(leaders, followers)
    households = tuple(
        Household(
            id=draft.ids[i],
            reference=household_reference(i + 1),
            track=TRACKS[shape.track[i]],
            group=groups[i],
            language=citizenships[i][1],
            persons=int(size),
            needs=needs[i],
            ties=leanings.ties[i],
            wishes=leanings.wishes[i],
            protection=protection[i],
            stage=stages[i],
            days=days,
            centre_id=None if home[i] == NOWHERE else centres[home[i]].id,
            link=links.get(i),
        )
        for i, (size, days) in enumerate(zip(shape.persons, _days(timeline), strict=True))
    )
    people = _persons(draft, marginals, rngs[12], rngs[13])
    return SyntheticPopulation(seed, today, households, people, tuple(centres))


def _present_years(timeline: Timeline, today: date) -> np.ndarray:
    """Years since arrival, or since the permit for those who have not arrived yet."""
    since = np.where(timeline.arrival != NEVER, timeline.arrival, timeline.permit)
    first = np.where(timeline.permit != NEVER, np.minimum(since, timeline.permit), since)
    return (today.toordinal() - first) / DAYS_A_YEAR


def _groups(draft: _Draft, today: date) -> list[Group]:
    groups = [Group.ALL] * len(draft.shape.kind)
    for row, household in enumerate(draft.slots.household):
        if draft.shape.alone[household]:
            groups[household] = minor_group(draft.birth_dates[row], today)
    return groups


def _link_names(leaders: Ints, followers: Ints) -> dict[int, str]:
    pairs = zip(leaders.tolist(), followers.tolist(), strict=True)
    names: dict[int, str] = {}
    for serial, pair in enumerate(pairs, start=1):
        names |= dict.fromkeys(pair, f"SYN-L{serial:04d}")
    return names


def _days(timeline: Timeline) -> list[Days]:
    columns = [
        [None if day == NEVER else date.fromordinal(day) for day in getattr(timeline, field.name).tolist()]
        for field in fields(timeline)
    ]
    return [Days(*row) for row in zip(*columns, strict=True)]


def _persons(
    draft: _Draft, marginals: Marginals, names_rng: np.random.Generator, ids_rng: np.random.Generator
) -> tuple[Person, ...]:
    shape, slots = draft.shape, draft.slots
    size = len(slots.household)
    given = names_rng.integers(0, len(marginals.given_names), size)
    family = names_rng.integers(0, len(marginals.family_names), len(shape.kind))
    uuids, numbers = draw_uuids(size, ids_rng), draw_national_ids(draft.birth_dates, ids_rng)
    alone, lonely = shape.alone.tolist(), (shape.persons == 1).tolist()
    tracks = [Basis(TRACKS[track].value) for track in shape.track]
    people = []
    for row, household in enumerate(slots.household.tolist()):
        child = bool(slots.is_child[row])
        role = Role.MINOR_ALONE if alone[household] else Role.CHILD if child else Role.ADULT
        people.append(
            Person(
                id=uuids[row],
                household_id=draft.ids[household],
                reference=person_reference(row + 1),
                duf_number=duf_number(row + 1),
                national_id=numbers[row],
                given_name=marginals.given_names[given[row]],
                family_name=marginals.family_names[family[household]],
                birth_date=draft.birth_dates[row],
                sex=Sex.FEMALE if draft.female[row] else Sex.MALE,
                citizenship=draft.citizenships[household][0],
                basis=tracks[household],
                role=role,
                single_adult=role is Role.ADULT and lonely[household],
                unaccompanied=alone[household],
            )
        )
    return tuple(people)
