"""Who can be placed now: ready, heard, nothing to re-check, no protected address; and who waits for what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from bosett_server.access.actor import Actor
from bosett_server.queries.hearing import HeardHousehold, heard_households
from bosett_server.records.models import Assignment, Household, OpenedPlace

HEALTH_NEEDS = frozenset({
    "wheelchair_home", "ground_floor", "specialist_health", "hospital_near", "follow_up_high",
})  # fmt: skip
"""Codes that tell of health: used and shown only with the household's consent."""


@dataclass(frozen=True)
class Candidate:
    """One household that can be placed.

    Parameters
    ----------
    declined_by
        Municipalities that answered no to it before; they are not asked again by the engine.
    came_back
        How often an offer of it was declined or ran out.
    partner_in
        Municipalities where a linked household is offered or assigned.
    partners_waiting
        Linked households that are not ready yet.
    own_places
        Municipality -> places opened for this household alone.
    """

    heard: HeardHousehold
    declined_by: frozenset[str] = frozenset()
    came_back: int = 0
    partner_in: frozenset[str] = frozenset()
    partners_waiting: int = 0
    own_places: Mapping[str, int] | None = None

    @property
    def id(self) -> str:
        """As the engine knows it."""
        return str(self.heard.row.pk)

    @property
    def usable_needs(self) -> frozenset[str]:
        """Codes of need; those that tell of health only with consent."""
        needs = frozenset(self.heard.row.needs)
        return needs if self.heard.health_consent else needs - HEALTH_NEEDS


@dataclass(frozen=True)
class Pool:
    """The candidates by id, and how many ready households wait for something else first."""

    candidates: tuple[Candidate, ...]
    waiting: Mapping[str, int]


def pool(actor: Actor, year: int, today: date) -> Pool:
    """Everybody who can be placed today; five queries whatever the number."""
    ready = list(Household.objects.filter(stage="ready", protection="none", merged_into__isnull=True))
    heard = heard_households([row for row in ready if not row.recheck], today)
    fit = [one for one in heard.values() if not one.missing and one.case.permit_valid]
    waiting = Counter({
        "recheck": sum(bool(row.recheck) for row in ready),
        "hearing": sum(bool(one.missing) for one in heard.values()),
        "permit": sum(not one.missing and not one.case.permit_valid for one in heard.values()),
    })  # fmt: skip
    return Pool(tuple(_candidates(fit, year)), waiting)


def candidates_of(rows: list[Household], year: int, today: date) -> dict[UUID, Candidate]:
    """The same for chosen households, also those that cannot be placed; the decision says why not."""
    heard = heard_households(rows, today)
    return {one.heard.row.pk: one for one in _candidates(list(heard.values()), year)}


def _candidates(heard: list[HeardHousehold], year: int) -> list[Candidate]:
    ids = [one.row.pk for one in heard]
    declined: dict[UUID, set[str]] = defaultdict(set)
    back: Counter[UUID] = Counter()
    ended = Assignment.objects.filter(household_id__in=ids, state__in=["declined", "expired"])
    for home, place, state in ended.values_list("household_id", "municipality_id", "state"):
        back[home] += 1
        if state == "declined":
            declined[home].add(place)
    partner_in, waiting = _partners(heard)
    own = _own_places(ids, year)
    return [
        Candidate(
            one, frozenset(declined[one.row.pk]), back[one.row.pk],
            frozenset(partner_in[one.row.link] if one.row.link else ()),
            waiting[one.row.link] if one.row.link else 0, own[one.row.pk],
        )
        for one in sorted(heard, key=lambda h: h.row.reference)
    ]  # fmt: skip


def _partners(heard: list[HeardHousehold]) -> tuple[dict[str, set[str]], Counter[str]]:
    links = {one.row.link for one in heard if one.row.link}
    placed: dict[str, set[str]] = defaultdict(set)
    waiting: Counter[str] = Counter()
    rows = Household.objects.filter(link__in=links, protection="none", merged_into__isnull=True)
    for link, offered, assigned in rows.exclude(stage__in=["ready", "left"]).values_list(
        "link", "offered_municipality_id", "assigned_municipality_id"
    ):
        place = offered or assigned
        if place:
            placed[link].add(place)
        else:
            waiting[link] += 1
    return placed, waiting


def _own_places(ids: list[UUID], year: int) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = OpenedPlace.objects.filter(
        Q(household_id__in=ids), year=year, withdrawn_at__isnull=True, sealed=False
    )
    for home, place, places in rows.values_list("household_id", "municipality_id", "places"):
        if home is not None:
            found[home][place] = found[home].get(place, 0) + places
    return found
