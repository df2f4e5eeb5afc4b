"""Criteria tried on a need: the division with everything that explains it.  Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from bosett.distribution import Bound, Distribution, MunicipalityInput, distribute
from bosett.distribution.counties import CountyDivision, distribute_through_counties
from bosett.distribution.insight import (
    Disguise,
    Pull,
    WeightEffect,
    YearChange,
    population_in_disguise,
    pulls,
    weight_effects,
    year_changes,
)
from bosett.distribution.settings import POPULATION, CriteriaSettings
from bosett.sources.vote_figures import shipped_panel
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.queries.distribution import asked_in_force
from bosett_server.queries.distribution_columns import Column, columns, members


@dataclass(frozen=True)
class Before:
    """What each municipality was asked for the year before; `here` tells whether this service sent it."""

    year: int
    asked: Mapping[str, int]
    here: bool

    @property
    def total(self) -> int:
        """Persons in all."""
        return sum(self.asked.values())


@dataclass(frozen=True)
class Trial:
    """What the criteria give.

    Parameters
    ----------
    division
        What each is asked for: directly, or through the counties when the settings say so.
    direct
        The division without the county step.
    changes
        Against the year before, the largest rise first; empty where no requests of it are stored.
    """

    year: int
    settings: CriteriaSettings
    direct: Distribution
    asked: Mapping[str, int]
    population: Mapping[str, Fraction]
    columns: tuple[Column, ...] = field(repr=False)
    disguise: tuple[Disguise, ...]
    pulls: tuple[Pull, ...]
    effects: tuple[WeightEffect, ...]
    counties: CountyDivision | None
    before: Before | None
    changes: tuple[YearChange, ...]

    @property
    def need(self) -> int:
        """Persons divided."""
        return self.direct.need

    def column(self, key: str) -> Column | None:
        """The indicator behind a criterion; None for what no column stands behind."""
        return next((one for one in self.columns if one.key == key), None)


def trial(actor: Actor, year: int, need: int, settings: CriteriaSettings) -> Trial:
    """Divide the need by the criteria and work out what they do; four queries.

    Raises
    ------
    BadInput
        If the criteria cannot be used, or an indicator is missing; says which and for whom.
    NoAnswer
        If no division keeps floors and caps; says by how many it falls short.
    """
    found = columns(actor, year, clock.today())
    listed = members(found, {*settings.needed(), POPULATION})
    problem = settings.problem(need, listed)
    through = distribute_through_counties(problem) if settings.through_counties else None
    direct = through.direct if through else distribute(problem)
    people = {one.identifier: one.indicators[POPULATION] for one in listed if POPULATION in one.indicators}
    before = asked_before(year)
    return Trial(
        year=year,
        settings=settings,
        direct=direct,
        asked={one.identifier: one.through for one in through.steps}
        if through
        else {share.identifier: share.asked for share in direct.shares},
        population=people,
        columns=found,
        disguise=population_in_disguise(direct, people),
        pulls=pulls(direct, people),
        effects=weight_effects(direct, {one.column: one.weight for one in settings.weights}),
        counties=through,
        before=before,
        changes=_changes(settings, direct, listed, before),
    )


def asked_before(year: int) -> Before | None:
    """The requests of the year before: those sent here, or those that are published; None without any."""
    here = {
        code: row.value
        for (code, group), row in asked_in_force(year - 1).items()
        if group == Group.ALL and row.value is not None
    }
    if here:
        return Before(year - 1, here, here=True)
    stored = {
        one.municipality: one.asked
        for one in shipped_panel()
        if one.year == year - 1 and one.asked is not None
    }
    return Before(year - 1, stored, here=False) if stored else None


def _changes(
    settings: CriteriaSettings,
    now: Distribution,
    listed: Sequence[MunicipalityInput],
    before: Before | None,
) -> tuple[YearChange, ...]:
    """Why each number differs from the year before's.

    The year before is explained by the same criteria on its own need; what it was asked for beyond
    that stands under "rules", since nobody knows by which formula it was made.
    """
    if before is None or not before.total:
        return ()
    plain = replace(
        settings, by_hand=(), em_under15=0, em_15_17=0, most_per_thousand=None, floor=0, deductions=()
    )
    taking = {share.identifier for share in now.shares if share.bound is not Bound.EXCLUDED}
    fixed = tuple(
        replace(one, fixed=before.asked.get(one.identifier, 0), reason="asked the year before")
        if one.identifier in taking
        else replace(one, excluded=True)
        for one in listed
    )
    need = sum(one.fixed or 0 for one in fixed)
    earlier = distribute(replace(plain.problem(need, listed), municipalities=fixed))
    return year_changes(earlier, now)
