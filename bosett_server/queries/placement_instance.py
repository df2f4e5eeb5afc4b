"""The week's problem, frozen: only codes of need and capacity, never a name, origin, belief or diagnosis."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bosett.placement.fingerprint import fingerprint
from bosett.placement.homes import with_homes
from bosett.placement.problem import (
    BlockTable,
    Household,
    Lock,
    Municipality,
    Problem,
    ScoreTable,
    Wish,
)
from bosett.placement.program import Limits
from bosett.placement.rules import OTHER_NEED
from bosett.placement.score import HouseholdFacts, MunicipalityFacts, Prefers, plain_score, weights_on
from bosett.placement.verify_homes import HomesOffered
from bosett.rules.parameters import Parameters
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.queries.decisions import conditions_in_force
from bosett_server.queries.placement_choices import Standing, kept_locks, standing
from bosett_server.queries.placement_homes import has_leaning, homes_of
from bosett_server.queries.placement_hosts import homes_for_run, hosts_now
from bosett_server.queries.placement_known import Known, KnownHome, facts_of
from bosett_server.queries.placement_places import MINOR_GROUPS, Capacity, places_now, spare_pressed
from bosett_server.queries.placement_pool import Candidate, pool
from bosett_server.queries.placement_scores import Loaded, replaced_scores
from bosett_server.records.models import Municipality as MunicipalityRow

RULES = ("declined_before", "linked_elsewhere", OTHER_NEED)
SPREAD = "spread"
TIMES_EVEN_SHARE = "placement/spread_times_even_share"
LIMITS = Limits(gap=0.005, effort=2000)
"""A hard week's last half per cent takes most of the time; what was not proven best says so.
No clock: the same run ends in the same place however busy the machine is."""


@dataclass(frozen=True)
class Instance:
    """One frozen problem, and what is needed to explain its answer."""

    year: int
    problem: Problem
    known: Known
    homes: HomesOffered | None = None

    @cached_property
    def sha256(self) -> str:
        """The fingerprint that `bosett place` writes: the same for the same codes in any order."""
        return fingerprint(self.problem)

    def without_spread(self) -> Instance:
        """The same problem without the share that spreads households over all municipalities."""
        return replace(self, problem=unspread(self.problem))


def unspread(problem: Problem) -> Problem:
    """The problem with no limit on how many households without a leaning go to one municipality."""
    if SPREAD not in problem.dimensions:
        return problem
    wide = tuple(replace(m, capacities={**m.capacities, SPREAD: None}) for m in problem.municipalities)
    return replace(problem, municipalities=wide)


def instance(
    actor: Actor,
    year: int,
    today: date,
    loaded: Loaded | None = None,
    pressure_percent: int | None = None,
    *,
    homes: bool = False,
    priorities: bool = False,
) -> Instance:
    """This week's problem from what is stored now; eleven queries whatever the number, those of pressure
    and those of a request changed in the year.

    Parameters
    ----------
    pressure_percent
        How much of its places a municipality under full pressure is spared; None leaves pressure out.
    homes
        Whether a municipality that offers homes gets only households that a home is left for.
    priorities
        Whether what municipalities say they can best receive gives points.

    Raises Refused `scores_lack_households` when a loaded table of scores does not cover everybody.
    """
    waiting = pool(actor, year, today)
    candidates = waiting.candidates
    places = places_now(year)
    capacity = places.left
    spare_pressed(capacity, today, pressure_percent)
    for one in candidates:
        for place in one.own_places or {}:
            capacity.setdefault(place, dict.fromkeys((Group.ALL, *MINOR_GROUPS), 0))
    rows = {row.code: row for row in MunicipalityRow.objects.filter(code__in=capacity)}
    chosen = standing([one.heard.row.pk for one in candidates])
    own = _own_locks(candidates, capacity, chosen)
    codes = homes_of(candidates, chosen, conditions_in_force(year), today)
    bound = {lock.household_id for lock in own} | chosen.wanted.keys()
    households = tuple(household_of(one, one.id in bound) for one in candidates)
    municipalities = _municipalities(households, capacity, rows, today)
    blocked = _blocked(candidates, chosen, sorted(rows))
    kept = kept_locks(
        chosen.wanted, households, {m.municipality_id: m.capacities for m in municipalities},
        barred_places(candidates, chosen, sorted(rows)),
    )  # fmt: skip
    centrality = {code: row.centrality for code, row in rows.items()}
    known = Known(
        today, codes, centrality, places.closed, dict(waiting.waiting), kept.not_kept, loaded is not None,
        hosts_now() if priorities else {}, places.not_counted,
    )  # fmt: skip
    scores = plain_scores(known, sorted(rows), today)
    problem = Problem(
        households=households,
        municipalities=municipalities,
        scores=replaced_scores(scores, loaded, {one.id: one.heard.row.reference for one in candidates}),
        blocked=blocked,
        locks=(*(lock for lock in own if lock.household_id not in chosen.wanted), *kept.locks),
        wishes=_wishes(codes, centrality),
    )
    offered = homes_for_run(candidates, bound, today) if homes else None
    placed = with_homes(problem, offered.needs, offered.homes) if offered else problem
    return Instance(year, placed, known, offered)


def household_of(one: Candidate, is_bound: bool) -> Household:
    """Its use of every dimension; who is bound to a place is not spread.

    The group that fairness is measured by is the track, or the age group of unaccompanied minors.
    """
    row = one.heard.row
    uses = {group.value: row.persons_count if row.group == group else 0 for group in MINOR_GROUPS}
    free = not is_bound and not has_leaning(one) and not row.link
    return Household(
        household_id=one.id, persons=row.persons_count, uses={**uses, SPREAD: row.persons_count if free else 0},
        group=row.track if row.group == Group.ALL else row.group, link=row.link, ready_since=row.ready_on,
    )  # fmt: skip


def _wishes(codes: Mapping[str, KnownHome], places: Collection[str]) -> tuple[Wish, ...]:
    return tuple(
        Wish(one, rank, code)
        for one, home in codes.items()
        for code, rank in home.wishes.items()
        if code in places
    )


def _own_locks(candidates: Sequence[Candidate], capacity: Capacity, chosen: Standing) -> tuple[Lock, ...]:
    """A household that a municipality opened all its places for goes there, on places of its own."""
    found = []
    for one in candidates:
        size = one.heard.row.persons_count
        no = one.declined_by | chosen.barred.get(one.id, frozenset())
        offers = sorted(code for code, places in (one.own_places or {}).items() if places >= size)
        if offers and not one.heard.row.link and offers[0] not in no and one.id not in chosen.wanted:
            capacity[offers[0]][Group.ALL] += size
            if one.heard.row.group != Group.ALL:
                capacity[offers[0]][Group(one.heard.row.group)] += size
            found.append(Lock(one.id, offers[0]))
    return tuple(found)


def _municipalities(
    households: Sequence[Household], capacity: Capacity, rows: Mapping[str, MunicipalityRow], today: date
) -> tuple[Municipality, ...]:
    """Places left, and for households that nothing binds to a place at most a share: they are spread."""
    times = float(Parameters.shipped().lookup(TIMES_EVEN_SHARE, today).value)
    free = [one.use(SPREAD) for one in households]
    total = sum(places[Group.ALL] for places in capacity.values())
    share = times * sum(free) / total if total else 0.0
    return tuple(
        Municipality(
            code,
            rows[code].name,
            {
                "persons": places[Group.ALL],
                SPREAD: max(max(free, default=0), int(np.ceil(places[Group.ALL] * share))),
                **{group.value: places[group] for group in MINOR_GROUPS},
            },
        )
        for code, places in capacity.items()
    )


def plain_scores(known: Known, codes: Sequence[str], today: date) -> ScoreTable:
    """Most households score alike where nothing is registered: computed once, then what sets them apart."""
    weights = weights_on(Parameters.shipped(), today)
    places = {code: MunicipalityFacts(code, frozenset(), known.centrality[code]) for code in codes}
    column = {code: index for index, code in enumerate(codes)}
    alike: dict[Prefers, npt.NDArray[np.float64]] = {}
    values = np.zeros((len(known.homes), len(codes)))
    for row, (name, home) in enumerate(known.homes.items()):
        told = facts_of(name, home)
        if told.prefers not in alike:
            plain = HouseholdFacts("", prefers=told.prefers)
            alike[told.prefers] = np.array([plain_score(plain, places[c], weights).points for c in codes])
        values[row] = alike[told.prefers]
        for code in (told.ties.keys() | told.wishes.keys()) & places.keys():
            values[row, column[code]] = plain_score(told, places[code], weights).points
        for code in known.hosts.keys() & places.keys():
            values[row, column[code]] += known.host_points(name, code)
    return ScoreTable(tuple(known.homes), tuple(codes), values)


def barred_places(
    candidates: Sequence[Candidate], chosen: Standing, codes: Sequence[str]
) -> dict[str, frozenset[str]]:
    """Household -> every municipality that some rule closes to it."""
    return {one.id: frozenset().union(*closing_rules(one, chosen, codes).values()) for one in candidates}


def closing_rules(one: Candidate, chosen: Standing, codes: Sequence[str]) -> dict[str, frozenset[str]]:
    """Rule -> the municipalities that it closes to this household."""
    elsewhere = frozenset(codes) - one.partner_in if one.partner_in else frozenset()
    closed = (one.declined_by, elsewhere, chosen.barred.get(one.id, frozenset()))
    return dict(zip(RULES, closed, strict=True))


def _blocked(candidates: Sequence[Candidate], chosen: Standing, codes: Sequence[str]) -> BlockTable:
    column = {code: index for index, code in enumerate(codes)}
    bits = np.zeros((len(candidates), len(codes)), dtype=np.uint64)
    for row, one in enumerate(candidates):
        for code in one.declined_by & column.keys():
            bits[row, column[code]] |= np.uint64(1)
        if one.partner_in:
            for code in column.keys() - one.partner_in:
                bits[row, column[code]] |= np.uint64(2)
        for code in chosen.barred.get(one.id, frozenset()) & column.keys():
            bits[row, column[code]] |= np.uint64(4)
    return BlockTable(RULES, tuple(one.id for one in candidates), tuple(codes), bits)
