"""The week's problem, frozen: only codes of need and capacity, never a name, origin, belief or diagnosis."""

from __future__ import annotations

import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bosett.placement.problem import BlockTable, Household, Lock, Municipality, Problem, ScoreTable
from bosett.placement.program import Limits
from bosett.placement.result import Placement, Unplaced
from bosett.placement.score import (
    HouseholdFacts,
    MunicipalityFacts,
    Part,
    Prefers,
    Tie,
    Weights,
    plain_score,
    weights_on,
)
from bosett.placement.solve import solve
from bosett.rules.parameters import Parameters
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.queries.placement_pool import Candidate, Pool, pool
from bosett_server.records.models import Municipality as MunicipalityRow
from bosett_server.records.models import Quota

TIE_KINDS = {"relatives": Tie.FAMILY_IN_DIRECT_LINE, "network": Tie.NETWORK, "work": Tie.WORK_OR_SCHOOL,
             "studies": Tie.WORK_OR_SCHOOL} | {tie.value: tie for tie in Tie}  # fmt: skip
CENTRAL_NEEDS = frozenset({"hospital_near", "specialist_health", "public_transport"})
"""Needs that are met more often in central municipalities: our assumption, no register of services is stored."""
RULES = ("declined_before", "linked_elsewhere")
SPREAD = "spread"
TIMES_EVEN_SHARE = "placement/spread_times_even_share"
MINOR_GROUPS = (Group.EM_UNDER15, Group.EM_15_17)
KEPT_ANSWERS = 4
LIMITS = Limits(gap=0.005, time_limit_s=20.0, clock=time.monotonic)
"""A hard week's last half per cent takes most of the time; what was not proven best says so."""


@dataclass(frozen=True)
class Instance:
    """One frozen problem and what is needed to explain its answer.

    Parameters
    ----------
    full
        Municipality -> code of the rule that closes it to everybody.
    """

    year: int
    problem: Problem
    pool: Pool
    facts: Mapping[str, HouseholdFacts]
    places: Mapping[str, MunicipalityFacts]
    weights: Weights
    full: Mapping[str, str]

    @cached_property
    def sha256(self) -> str:
        """The same codes give the same sum, whatever the order of the rows."""
        told = {
            "households": [
                [h.household_id, h.persons, dict(h.uses), h.tier, h.link] for h in self.problem.households
            ],
            "municipalities": [[m.municipality_id, dict(m.capacities)] for m in self.problem.municipalities],
            "locks": sorted((lock.household_id, lock.municipality_id or "") for lock in self.problem.locks),
        }
        digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
        digest.update(self.problem.scores.values.tobytes() + self.problem.rules.bits.tobytes())
        return digest.hexdigest()

    def without_spread(self) -> Instance:
        """The same problem without the share that spreads households over all municipalities."""
        wide = tuple(
            replace(m, capacities={**m.capacities, SPREAD: None}) for m in self.problem.municipalities
        )
        return replace(self, problem=replace(self.problem, municipalities=wide))

    def parts(self, household: str, municipality: str) -> tuple[Part, ...]:
        """The reasons behind one score."""
        return plain_score(self.facts[household], self.places[municipality], self.weights).parts


def instance(actor: Actor, year: int, today: date) -> Instance:
    """This week's problem from what is stored now; eight queries whatever the number."""
    waiting = pool(actor, year, today)
    capacity, full = _capacity(year)
    for one in waiting.candidates:
        for place in one.own_places or {}:
            capacity.setdefault(place, dict.fromkeys((Group.ALL, *MINOR_GROUPS), 0))
    rows = {row.code: row for row in MunicipalityRow.objects.filter(code__in=capacity)}
    places = {code: MunicipalityFacts(code, frozenset(), row.centrality) for code, row in rows.items()}
    facts = {one.id: _facts(one) for one in waiting.candidates}
    weights = weights_on(Parameters.shipped(), today)
    locks = _locks(waiting.candidates, capacity)
    problem = Problem(
        households=tuple(_household(one) for one in waiting.candidates),
        municipalities=_municipalities(waiting.candidates, capacity, rows, today),
        scores=_scores(waiting.candidates, facts, places, weights),
        blocked=_blocked(waiting.candidates, sorted(places)),
        locks=locks,
    )
    return Instance(year, problem, waiting, facts, places, weights, full)


def answered(made: Instance) -> tuple[Instance, Placement]:
    """The problem and its exact answer.  Placing comes before spreading: where a share of places would
    leave somebody unplaced, the problem is the same without shares."""
    found = solved(made)
    if any(one.reason is Unplaced.NO_CAPACITY for one in found.assignments):
        wide = made.without_spread()
        more = solved(wide)
        if more.placed_persons > found.placed_persons:
            return wide, more
    return made, found


_answers: OrderedDict[str, Placement] = OrderedDict()


def solved(made: Instance) -> Placement:
    """The exact answer; the last few are kept, since the same problem has the same answer."""
    if made.sha256 not in _answers:
        _answers[made.sha256] = solve(made.problem, limits=LIMITS)
        while len(_answers) > KEPT_ANSWERS:
            _answers.popitem(last=False)
    return _answers[made.sha256]


def _capacity(year: int) -> tuple[dict[str, dict[Group, int]], dict[str, str]]:
    """Places left by municipality and group, and what closes the municipalities that have none."""
    left: dict[str, dict[Group, int]] = {}
    full: dict[str, str] = {}
    minors: dict[str, dict[Group, int]] = {}
    for row in Quota.objects.filter(year=year):
        free = max(0, (row.vedtak or 0) + row.opened - row.assigned_general)
        if row.group != Group.ALL:
            minors.setdefault(row.municipality_id, {})[Group(row.group)] = free
        elif free:
            left[row.municipality_id] = {Group.ALL: free}
        else:
            closed = row.vedtak is None and not row.opened
            full[row.municipality_id] = "no_vedtak_in_force" if closed else "no_places_left"
    for code, groups in left.items():
        groups.update({g: minors.get(code, {}).get(g, 0) for g in MINOR_GROUPS})
    return left, full


def _facts(one: Candidate) -> HouseholdFacts:
    needs = one.usable_needs
    return HouseholdFacts(
        household_id=one.id,
        ties={place: TIE_KINDS[kind] for place, kind in one.heard.ties.items()},
        wishes=one.heard.wishes,
        prefers=Prefers.CENTRAL if needs & CENTRAL_NEEDS else Prefers.NONE,
    )


def has_leaning(one: Candidate) -> bool:
    """Whether anything registered points to one municipality rather than another."""
    return bool(one.heard.ties or one.heard.wishes or one.partner_in or one.own_places)


def _household(one: Candidate) -> Household:
    row = one.heard.row
    uses = {group.value: row.persons_count for group in MINOR_GROUPS if row.group == group}
    if not has_leaning(one) and not row.link:
        uses[SPREAD] = row.persons_count
    return Household(
        household_id=one.id, persons=row.persons_count, uses=uses, group=row.group, link=row.link,
        ready_since=row.ready_on,
    )  # fmt: skip


def _locks(candidates: Sequence[Candidate], capacity: dict[str, dict[Group, int]]) -> tuple[Lock, ...]:
    """A household that a municipality opened all its places for goes there, on places of its own."""
    found = []
    for one in candidates:
        size = one.heard.row.persons_count
        offers = sorted(code for code, places in (one.own_places or {}).items() if places >= size)
        if offers and not one.heard.row.link and offers[0] not in one.declined_by:
            capacity[offers[0]][Group.ALL] += size
            if one.heard.row.group != Group.ALL:
                capacity[offers[0]][Group(one.heard.row.group)] += size
            found.append(Lock(one.id, offers[0]))
    return tuple(found)


def _municipalities(
    candidates: Sequence[Candidate],
    capacity: Mapping[str, Mapping[Group, int]],
    rows: Mapping[str, MunicipalityRow],
    today: date,
) -> tuple[Municipality, ...]:
    """Places left, and for households that nothing binds to a place at most a share: they are spread."""
    times = float(Parameters.shipped().lookup(TIMES_EVEN_SHARE, today).value)
    free = [one.heard.row for one in candidates if not has_leaning(one) and not one.heard.row.link]
    largest = max((row.persons_count for row in free), default=0)
    total = sum(places[Group.ALL] for places in capacity.values())
    share = times * sum(row.persons_count for row in free) / total if total else 0.0
    return tuple(
        Municipality(
            code,
            rows[code].name,
            {
                "persons": places[Group.ALL],
                SPREAD: max(largest, int(np.ceil(places[Group.ALL] * share))),
                **{group.value: places[group] for group in MINOR_GROUPS},
            },
        )
        for code, places in capacity.items()
    )


def _scores(
    candidates: Sequence[Candidate],
    facts: Mapping[str, HouseholdFacts],
    places: Mapping[str, MunicipalityFacts],
    weights: Weights,
) -> ScoreTable:
    """Most households score alike where nothing is registered: computed once, then what sets them apart."""
    codes = sorted(places)
    column = {code: index for index, code in enumerate(codes)}
    alike: dict[Prefers, npt.NDArray[np.float64]] = {}
    values = np.zeros((len(candidates), len(codes)))
    for row, one in enumerate(candidates):
        told = facts[one.id]
        if told.prefers not in alike:
            plain = HouseholdFacts("", prefers=told.prefers)
            alike[told.prefers] = np.array([plain_score(plain, places[c], weights).points for c in codes])
        values[row] = alike[told.prefers]
        for code in (told.ties.keys() | told.wishes.keys()) & places.keys():
            values[row, column[code]] = plain_score(told, places[code], weights).points
    return ScoreTable(tuple(one.id for one in candidates), tuple(codes), values)


def _blocked(candidates: Sequence[Candidate], codes: Sequence[str]) -> BlockTable:
    column = {code: index for index, code in enumerate(codes)}
    bits = np.zeros((len(candidates), len(codes)), dtype=np.uint64)
    for row, one in enumerate(candidates):
        for code in one.declined_by & column.keys():
            bits[row, column[code]] |= np.uint64(1)
        if one.partner_in:
            for code in column.keys() - one.partner_in:
                bits[row, column[code]] |= np.uint64(2)
    return BlockTable(RULES, tuple(one.id for one in candidates), tuple(codes), bits)
