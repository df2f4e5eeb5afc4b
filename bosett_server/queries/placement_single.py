"""One household, at once: where it could go today, at the places left now and the prices of the last run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from uuid import UUID

import numpy as np
import numpy.typing as npt

from bosett.placement.explain import TOO_SMALL
from bosett.placement.problem import Household as PlacedHousehold
from bosett.placement.score import Part
from bosett.terms.groups import Group
from bosett_server.access import audit, clock
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.decisions import conditions_in_force
from bosett_server.queries.placement_choices import standing
from bosett_server.queries.placement_homes import homes_of
from bosett_server.queries.placement_instance import (
    closing_rules,
    household_of,
    plain_scores,
)
from bosett_server.queries.placement_known import Known
from bosett_server.queries.placement_places import MINOR_GROUPS, places_now
from bosett_server.queries.placement_pool import candidates_of
from bosett_server.records.models import Household, Municipality, PlacementPrice, PlacementRun

SHOWN = 5
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Suggestion:
    """One municipality: its points, what its places are worth to others, and what is left of them."""

    municipality: str
    name: str
    points: float
    price: float
    left: int
    parts: tuple[Part, ...]
    against_condition: bool


@dataclass(frozen=True)
class Recommendation:
    """The best places for one household as things stand.

    Parameters
    ----------
    missing
        What its hearing lacks, so that nothing can be decided yet.
    closed
        Rule -> the municipalities that it closes, by code.
    everywhere
        Municipality -> points there, of those with room and no rule against it.
    run
        The run whose prices are used; None = there is none, and places have no price.
    seconds
        What the engine took, without reading the database.
    """

    household: UUID
    reference: str
    persons: int
    stage: str
    missing: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    possible: int
    closed: Mapping[str, tuple[str, ...]]
    everywhere: Mapping[str, float]
    run: int | None
    seconds: float


def recommendation(actor: Actor, year: int, household: UUID) -> Recommendation:
    """Where this household could go today; never for a protected address.

    Raises NotInSight.
    """
    row = Household.objects.filter(pk=household, protection="none", merged_into__isnull=True).first()
    if row is None:
        raise NotInSight("not_in_sight")
    audit.log_read("recommendation", "household", [row.pk])
    today = clock.today()
    found = candidates_of([row], year, today)
    now = places_now(year)
    capacity = now.left
    one = found.get(row.pk)
    if one is None:
        raise NotInSight("not_in_sight")
    own = one.own_places or {}
    for code in own:
        capacity.setdefault(code, dict.fromkeys((Group.ALL, *MINOR_GROUPS), 0))
    towns = {t.code: t for t in Municipality.objects.filter(code__in=capacity)}
    codes = sorted(towns)
    chosen = standing([row.pk])
    homes = homes_of([one], chosen, conditions_in_force(year), today)
    known = Known(today, homes, {code: towns[code].centrality for code in codes}, now.closed, {}, frozenset())
    rules = closing_rules(one, chosen, codes)
    barred = frozenset().union(*rules.values())
    run, prices = _prices(year, codes, row.group)
    began = perf_counter()
    left = _left(capacity, codes, row.group) + np.array(
        [own.get(code, 0) for code in codes], dtype=np.float64
    )
    placed = household_of(one, is_bound=True)
    scores = plain_scores(known, codes, today).values[0] if codes else np.zeros(0)
    order, fits = rank_places(
        placed, scores, left, prices, np.array([code in barred for code in codes], dtype=bool)
    )
    suggestions = tuple(
        Suggestion(
            codes[at], towns[codes[at]].name, float(scores[at]), float(prices[at] * row.persons_count), int(left[at]),
            known.parts(one.id, codes[at]), codes[at] in homes[one.id].against,
        )
        for at in order[:SHOWN]
    )  # fmt: skip
    seconds = perf_counter() - began
    closed = {rule: tuple(sorted(places & set(codes))) for rule, places in rules.items()}
    too_small = [code for code, fit in zip(codes, fits, strict=True) if not fit]
    why = {code: now.closes(code, row.persons_count, row.group) for code in too_small} | now.closed
    for rule in dict.fromkeys((TOO_SMALL, *why.values())):
        closed[rule] = tuple(sorted(code for code, told in why.items() if told == rule))
    return Recommendation(
        row.pk, row.reference, row.persons_count, row.stage, one.heard.missing, suggestions, len(order),
        {rule: places for rule, places in closed.items() if places},
        {codes[at]: float(scores[at]) for at in order}, run, seconds,
    )  # fmt: skip


def rank_places(
    household: PlacedHousehold, scores: Floats, left: Floats, prices: Floats, barred: npt.NDArray[np.bool_]
) -> tuple[list[int], npt.NDArray[np.bool_]]:
    """Columns from the best down, by the score after paying for the places, and which have room.

    Ties go to the municipality with more places left, then to the lower code.
    """
    fits = left >= household.persons
    net = scores - prices * household.persons
    order = np.lexsort((np.arange(len(net)), -left, -net))
    return [int(at) for at in order if fits[at] and not barred[at]], fits


def _left(capacity: Mapping[str, Mapping[Group, int]], codes: list[str], group: str) -> Floats:
    """Places that the household could use: of the whole vedtak, and of its own group's."""
    return np.array(
        [min(capacity[code][Group.ALL], capacity[code].get(Group(group), 0)) for code in codes],
        dtype=np.float64,
    )


def _prices(year: int, codes: list[str], group: str) -> tuple[int | None, Floats]:
    run = (
        PlacementRun.objects.filter(year=year, state="done")
        .order_by("-id")
        .values_list("pk", flat=True)
        .first()
    )
    if run is None:
        return None, np.zeros(len(codes))
    wanted = {"persons", *([group] if group != Group.ALL else [])}
    told = dict.fromkeys(codes, 0.0)
    rows = PlacementPrice.objects.filter(run_id=run, dimension__in=wanted, municipality_id__in=codes)
    for code, points in rows.values_list("municipality_id", "points"):
        told[code] += points
    return run, np.array([told[code] for code in codes])
