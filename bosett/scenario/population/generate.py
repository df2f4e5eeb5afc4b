"""A synthetic population from a seed: same seed, same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

import numpy as np

from bosett.scenario.population.centres import NOWHERE
from bosett.scenario.population.draft import Draft, draw_draft
from bosett.scenario.population.marginals import Marginals
from bosett.scenario.population.numbers import (
    draw_national_ids,
    draw_uuids,
    duf_number,
    household_reference,
    person_reference,
)
from bosett.scenario.population.people import Days, Household, Person, Role, Sex, SyntheticPopulation
from bosett.scenario.population.shape import TRACKS, Ints
from bosett.scenario.population.timeline import NEVER, Timeline
from bosett.terms.groups import Basis, Group, minor_group
from bosett.terms.municipality import MunicipalityCode

DRAFT_STREAMS = 12


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
    rngs = [np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(DRAFT_STREAMS + 2)]
    draft = draw_draft(persons, today, marginals, municipalities, rngs[:DRAFT_STREAMS])
    people = _persons(draft, marginals, *rngs[DRAFT_STREAMS:])
    return SyntheticPopulation(seed, today, _households(draft, today), people, tuple(draft.centres))


def _households(draft: Draft, today: date) -> tuple[Household, ...]:
    shape, centres = draft.shape, draft.centres
    stages, groups, links = draft.timeline.stages(), _groups(draft, today), _link_names(*draft.links)
    days = _days(draft.timeline)
    return tuple(
        Household(
            id=draft.ids[i],
            reference=household_reference(i + 1),
            track=TRACKS[shape.track[i]],
            group=groups[i],
            language=draft.citizenships[i][1],
            persons=size,
            needs=draft.needs[i],
            ties=draft.leanings.ties[i],
            wishes=draft.leanings.wishes[i],
            protection=draft.protection[i],
            stage=stages[i],
            days=days[i],
            centre_id=None if draft.home[i] == NOWHERE else centres[draft.home[i]].id,
            link=links.get(i),
        )
        for i, size in enumerate(shape.persons.tolist())
    )


def _groups(draft: Draft, today: date) -> list[Group]:
    groups = [Group.ALL] * len(draft.shape.kind)
    for row in np.flatnonzero(draft.shape.alone[draft.slots.household]):
        groups[draft.slots.household[row]] = minor_group(draft.birth_dates[row], today)
    return groups


def _link_names(leaders: Ints, followers: Ints) -> dict[int, str]:
    names: dict[int, str] = {}
    for serial, pair in enumerate(zip(leaders.tolist(), followers.tolist(), strict=True), start=1):
        names |= dict.fromkeys(pair, f"SYN-L{serial:04d}")
    return names


def _days(timeline: Timeline) -> list[Days]:
    columns = [
        [None if day == NEVER else date.fromordinal(day) for day in getattr(timeline, field.name).tolist()]
        for field in fields(timeline)
    ]
    return [Days(*row) for row in zip(*columns, strict=True)]


def _persons(
    draft: Draft, marginals: Marginals, names_rng: np.random.Generator, ids_rng: np.random.Generator
) -> tuple[Person, ...]:
    shape, slots = draft.shape, draft.slots
    size = len(slots.household)
    given = names_rng.integers(0, len(marginals.given_names), size)
    family = names_rng.integers(0, len(marginals.family_names), len(shape.kind))
    uuids, numbers = draw_uuids(size, ids_rng), draw_national_ids(draft.birth_dates, ids_rng)
    alone, of_one = shape.alone.tolist(), (shape.persons == 1).tolist()
    bases = [Basis(TRACKS[track].value) for track in shape.track]
    people = []
    for row, household in enumerate(slots.household.tolist()):
        role = _role(alone[household], bool(slots.is_child[row]))
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
                basis=bases[household],
                role=role,
                single_adult=role is Role.ADULT and of_one[household],
                unaccompanied=alone[household],
            )
        )
    return tuple(people)


def _role(alone: bool, child: bool) -> Role:
    if alone:
        return Role.MINOR_ALONE
    return Role.CHILD if child else Role.ADULT
