"""Columns on the way to households and persons: everything drawn, nothing yet put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from bosett.scenario.population.ages import Slots, draw_ages
from bosett.scenario.population.centres import build_centres, place_in_centres
from bosett.scenario.population.circumstances import (
    Leanings,
    draw_citizenships,
    draw_leanings,
    draw_links,
    draw_needs,
    draw_protection,
)
from bosett.scenario.population.marginals import Marginals
from bosett.scenario.population.numbers import draw_uuids
from bosett.scenario.population.people import Centre, Protection
from bosett.scenario.population.sexes import draw_sexes
from bosett.scenario.population.shape import Flags, Ints, Shape, draw_shape
from bosett.scenario.population.timeline import NEVER, Timeline, draw_timeline, follow
from bosett.terms.days import age_on
from bosett.terms.municipality import MunicipalityCode

T = TypeVar("T")
DAYS_A_YEAR = 365.2425


@dataclass(frozen=True)
class Draft:
    """Household columns, and person columns (`birth_dates`, `female`) laid out by `slots`."""

    shape: Shape
    slots: Slots
    timeline: Timeline
    links: tuple[Ints, Ints]
    ids: list[UUID]
    citizenships: list[tuple[str, str]]
    protection: list[Protection]
    needs: list[frozenset[str]]
    leanings: Leanings
    birth_dates: list[date]
    female: Flags
    centres: list[Centre]
    home: Ints


def draw_draft(
    persons: int,
    today: date,
    marginals: Marginals,
    municipalities: Mapping[MunicipalityCode, int],
    rngs: list[np.random.Generator],
) -> Draft:
    """Draw every column, each from a stream of its own (thirteen), so that changing one leaves the rest."""
    shape = draw_shape(persons, marginals, rngs[0])
    leaders, followers = draw_links(shape, marginals, rngs[1])
    shape = replace(shape, track=_followed(shape.track, leaders, followers))
    slots, size = Slots.of(shape), len(shape.kind)
    timeline = follow(draw_timeline(shape, today, marginals, rngs[2]), leaders, followers)
    age = draw_ages(shape, slots, _present_years(timeline, today), marginals, rngs[3])
    births = [date.fromordinal(day) for day in today.toordinal() - np.floor(age * DAYS_A_YEAR).astype(int)]
    whole_years = np.array([age_on(day, today) for day in births])
    citizenships = _alike(draw_citizenships(shape, marginals, rngs[4]), leaders, followers)
    protection = _alike(draw_protection(size, marginals, rngs[5]), leaders, followers)
    centres, home = place_in_centres(
        shape, timeline, today.toordinal(), build_centres(persons, marginals, rngs[6]), marginals, rngs[7]
    )
    return Draft(
        shape=shape,
        slots=slots,
        timeline=timeline,
        links=(leaders, followers),
        ids=draw_uuids(size, rngs[8]),
        citizenships=citizenships,
        protection=protection,
        needs=draw_needs(shape, slots, whole_years, protection, marginals, rngs[9]),
        leanings=draw_leanings(size, municipalities, marginals, rngs[10]),
        birth_dates=births,
        female=draw_sexes(shape, slots, whole_years, marginals, rngs[11]),
        centres=centres,
        home=home,
    )


def _present_years(timeline: Timeline, today: date) -> NDArray[np.float64]:
    """Years since arrival, or since the permit where that came first."""
    arrival, permit = timeline.arrival, timeline.permit
    since = np.where(arrival != NEVER, arrival, permit)
    first = np.where(permit != NEVER, np.minimum(since, permit), since)
    years: NDArray[np.float64] = (today.toordinal() - first) / DAYS_A_YEAR
    return years


def _followed(column: Ints, leaders: Ints, followers: Ints) -> Ints:
    column = column.copy()
    column[followers] = column[leaders]
    return column


def _alike(values: list[T], leaders: Ints, followers: Ints) -> list[T]:
    values = list(values)
    for leader, follower in zip(leaders.tolist(), followers.tolist(), strict=True):
        values[follower] = values[leader]
    return values
