"""What speaks against deciding a household now; read by the preview and by the decision alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bosett.followup.advance import advance
from bosett.followup.steps import Proposed
from bosett.terms.errors import Refused
from bosett_server.access.actor import Actor
from bosett_server.queries.placement_pool import Candidate, candidates_of
from bosett_server.queries.places import places_left
from bosett_server.records.models import Household, Proposal


@dataclass(frozen=True)
class PreviewLine:
    """One proposal of a bulk decision; `refusal` is None when it will go through."""

    proposal: int
    reference: str
    persons: int
    municipality: str
    municipality_name: str
    refusal: Refused | None


@dataclass(frozen=True)
class PlaceTotal:
    """What the whole decision takes of one municipality's places."""

    municipality: str
    name: str
    persons: int
    left: int

    @property
    def after(self) -> int:
        """Places left when it is decided; what a municipality opened for the household itself is not among them."""
        return max(0, self.left - self.persons)


@dataclass(frozen=True)
class Preview:
    """What will and what won't go through, sorted as the decision locks: by municipality."""

    lines: tuple[PreviewLine, ...]
    totals: tuple[PlaceTotal, ...]

    @property
    def going(self) -> tuple[PreviewLine, ...]:
        return tuple(line for line in self.lines if line.refusal is None)

    @property
    def stopped(self) -> tuple[PreviewLine, ...]:
        return tuple(line for line in self.lines if line.refusal is not None)

    @property
    def persons(self) -> int:
        return sum(line.persons for line in self.going)


def why_not(one: Candidate, municipality: str, on: date, answer_due: date) -> Refused | None:
    """The first reason why this household cannot be decided, or None.

    Codes: those of `bosett.followup` (not_ready, no_valid_permit, …), `recheck_open`, `not_heard`.
    """
    told = {"household": one.heard.row.reference}
    if one.heard.row.recheck:
        return Refused("recheck_open", {**told, "what": ",".join(one.heard.row.recheck)})
    if one.heard.missing:
        return Refused("not_heard", {**told, "missing": ",".join(one.heard.missing)})
    try:
        advance(one.heard.case, Proposed(on, municipality, answer_due))
    except Refused as refusal:
        return Refused(refusal.code, {**refusal.facts, **told})
    return None


def link_broken(rows: Iterable[Proposal], candidates: Mapping[UUID, Candidate]) -> dict[UUID, Refused]:
    """Linked households are decided together and to one place, or not in bulk."""
    chosen: dict[str, dict[UUID, str | None]] = {}
    for row in rows:
        link = row.household.link
        if link:
            chosen.setdefault(link, {})[row.household_id] = row.municipality_id
    ready: dict[str, set[UUID]] = {link: set() for link in chosen}
    partners = Household.objects.filter(link__in=chosen, stage="ready", merged_into__isnull=True)
    for pk, link in partners.values_list("pk", "link"):
        ready[link].add(pk)
    return {
        pk: Refused("linked_must_go_together", {"household": candidates[pk].heard.row.reference})
        for link, homes in chosen.items()
        for pk in homes
        if pk in candidates and (ready[link] - homes.keys() or len(set(homes.values())) > 1)
    }


def preview(actor: Actor, year: int, proposals: Collection[int], today: date) -> Preview:
    """What a bulk decision of these proposals would do, without doing it."""
    rows = list(
        Proposal.objects.filter(pk__in=list(proposals))
        .select_related("household", "municipality")
        .order_by("municipality_id", "id")
    )
    candidates = candidates_of([row.household for row in rows], year, today)
    broken = link_broken(rows, candidates)
    left = {p.municipality: p for p in places_left(actor, year, group="all")}
    free = {code: place.left for code, place in left.items()}
    lines = [_line(row, candidates, broken, free, today) for row in rows]
    going = [line for line in lines if line.refusal is None]
    taken = {code: sum(line.persons for line in going if line.municipality == code) for code in left}
    totals = [PlaceTotal(code, p.name, taken[code], p.left) for code, p in left.items() if taken[code]]
    return Preview(tuple(lines), tuple(totals))


def proposal_fault(row: Proposal) -> Refused | None:
    """Why a proposal itself cannot be taken."""
    told: dict[str, str | int] = {"household": row.household.reference}
    if row.state != "open":
        return Refused("proposal_not_open", told)
    if row.home is not None and row.home.ended_at is not None:
        return Refused("home_taken_meanwhile", told)
    return Refused("proposal_without_place", told) if row.municipality_id is None else None


def _line(
    row: Proposal,
    candidates: Mapping[UUID, Candidate],
    broken: Mapping[UUID, Refused],
    free: dict[str, int],
    today: date,
) -> PreviewLine:
    one = candidates.get(row.household_id)
    refusal = proposal_fault(row) or broken.get(row.household_id)
    place, persons = row.municipality_id or "", row.household.persons_count
    if refusal is None and one is not None:
        refusal = why_not(one, place, today, today)
        own = (one.own_places or {}).get(place, 0)
        needed = max(0, persons - own)
        if refusal is None and needed > free.get(place, 0):
            refusal = Refused(
                "no_places_left", {"municipality": place, "left": free.get(place, 0), "asked_for": needed}
            )
        if refusal is None:
            free[place] = free.get(place, 0) - needed
    return PreviewLine(
        row.pk,
        row.household.reference,
        persons,
        place,
        row.municipality.name if row.municipality else "",
        refusal,
    )
