"""The proposal desk: the last run, the hard ones with why, the easy ones, and one proposal in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from bosett_server.access import audit, clock
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.hearing import heard_households
from bosett_server.queries.places import place_names
from bosett_server.records.models import Household, PlacementRun, Proposal

PAGE_SIZE = 50
MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class Filters:
    """What the address asks for; `show` is hard, easy, unplaced or all."""

    show: str = "hard"
    doubt: str = ""
    municipality: str = ""
    county: str = ""
    after: str = ""


@dataclass(frozen=True)
class RunRow:
    """One run as the desk tells of it."""

    id: int
    year: int
    finished_at: datetime | None
    summary: Mapping[str, Any]


@dataclass(frozen=True)
class ProposalRow:
    """One open proposal; `wait_days` since the household was ready."""

    id: int
    household: UUID
    reference: str
    persons: int
    group: str
    track: str
    needs: tuple[str, ...]
    wait_days: int
    municipality: str
    name: str
    easy: bool
    doubts: tuple[str, ...]
    unplaced_reason: str
    speaks_for: tuple[str, ...]
    cursor: str


@dataclass(frozen=True)
class Desk:
    """The whole desk: one page of rows, and counts over all open proposals."""

    run: RunRow | None
    easy: int
    hard: int
    unplaced: int
    doubts: tuple[tuple[str, int], ...]
    matching: int
    rows: tuple[ProposalRow, ...]
    next: str


@dataclass(frozen=True)
class Alternative:
    """Another place, how much lower the household scores there, and what it has too little of (empty = nothing)."""

    municipality: str
    name: str
    score: float
    difference: float
    price: float
    room: bool
    lacks: str


@dataclass(frozen=True)
class Closed:
    """One rule and the places it closes to this household."""

    rule: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class ProposalDetail:
    """One proposal in full: why here, what closes the other places, the next best, what it said."""

    row: ProposalRow
    run: RunRow
    state: str
    stage: str
    language: str
    score: float | None
    reasons: tuple[Mapping[str, Any], ...]
    rank: int
    allowed: int
    alternatives: tuple[Alternative, ...]
    closed: tuple[Closed, ...]
    wishes: tuple[str, ...]
    ties: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    partners: tuple[tuple[str, str, int], ...]
    home: int | None = None


def latest_run(actor: Actor, year: int) -> RunRow | None:
    """The newest run of a year that gave proposals, or None."""
    run = PlacementRun.objects.filter(year=year, state="done").order_by("-id").first()
    return _run(run) if run else None


def desk(actor: Actor, year: int, filters: Filters, size: int = PAGE_SIZE) -> Desk:
    """Five queries whatever the number; the reading is logged."""
    everything = _open(year)
    easy, unplaced, doubts = 0, 0, Counter[str]()
    for is_easy, place, codes in everything.values_list("easy", "municipality_id", "doubts"):
        easy += is_easy
        unplaced += place is None
        doubts.update(codes)
    chosen = _filtered(everything, filters)
    page = list(_after(chosen, filters.after).select_related("household", "municipality")[: size + 1])
    rows = tuple(_row(one) for one in page[:size])
    audit.log_read("proposals", "household", [row.household for row in rows])
    total = everything.count()
    return Desk(
        run=latest_run(actor, year), easy=easy, hard=total - easy, unplaced=unplaced,
        doubts=tuple(doubts.most_common()), matching=chosen.count(), rows=rows,
        next=rows[-1].cursor if len(page) > size else "",
    )  # fmt: skip


@dataclass(frozen=True)
class MapCount:
    """Persons in the open proposals to one municipality."""

    municipality: str
    persons: int
    households: int


def map_counts(actor: Actor, year: int) -> tuple[MapCount, ...]:
    """Persons and households proposed to each municipality that has any; one query."""
    rows = _open(year).filter(municipality__isnull=False).values("municipality_id")
    told = rows.annotate(persons=Sum("household__persons_count"), households=Count("pk"))
    return tuple(
        MapCount(one["municipality_id"], one["persons"], one["households"])
        for one in told.order_by("municipality_id")
    )


def proposal_ids(actor: Actor, year: int, filters: Filters) -> list[int]:
    """Every proposal that the filters leave, to be previewed together."""
    return list(_filtered(_open(year), filters).order_by("id").values_list("pk", flat=True)[:MOST_AT_ONCE])


def proposal_of(actor: Actor, household: UUID) -> int | None:
    """The household's open proposal, if it has one."""
    return Proposal.objects.filter(household_id=household, state="open").values_list("pk", flat=True).first()


def proposal(actor: Actor, number: int) -> ProposalDetail:
    """One proposal in full.  Raises NotInSight."""
    one = Proposal.objects.select_related("household", "municipality", "run").filter(pk=number).first()
    if one is None:
        raise NotInSight("not_in_sight")
    audit.log_read("proposal", "household", [one.household_id])
    names = place_names()
    heard = heard_households([one.household], clock.today()).get(one.household_id)
    reasons = [r for r in one.reasons if r["code"] not in {"rank", "blocked"}]
    rank = next((r["facts"] for r in one.reasons if r["code"] == "rank"), {"rank": 0, "of": 0})
    return ProposalDetail(
        row=_row(one),
        run=_run(one.run),
        state=one.state,
        stage=one.household.stage,
        language=one.household.language,
        score=one.score,
        reasons=tuple(reasons),
        rank=rank["rank"],
        allowed=rank["of"],
        alternatives=tuple(_alternative(told, names) for told in one.alternatives),
        closed=_closed(one, names),
        wishes=tuple(names.get(code, code) for code in sorted(heard.wishes, key=heard.wishes.__getitem__))
        if heard
        else (),
        ties=tuple((kind, names.get(code, code)) for code, kind in heard.ties.items()) if heard else (),
        missing=heard.missing if heard else (),
        partners=_partners(one.household),
        home=one.home_id,
    )


def neighbours(actor: Actor, year: int, filters: Filters, number: int) -> tuple[int | None, int | None]:
    """The proposals before and after this one in the filtered list."""
    ids = list(
        _filtered(_open(year), filters).order_by("household__ready_on", "pk").values_list("pk", flat=True)
    )
    if number not in ids:
        return None, ids[0] if ids else None
    at = ids.index(number)
    return (ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None)


def _open(year: int) -> QuerySet[Proposal]:
    return Proposal.objects.filter(state="open", run__year=year)


def _filtered(rows: QuerySet[Proposal], filters: Filters) -> QuerySet[Proposal]:
    if filters.show in {"easy", "hard"}:
        rows = rows.filter(easy=filters.show == "easy")
    if filters.show == "unplaced":
        rows = rows.filter(municipality__isnull=True)
    if filters.doubt:
        rows = rows.filter(doubts__contains=[filters.doubt])
    if filters.municipality:
        rows = rows.filter(municipality_id=filters.municipality)
    if filters.county:
        rows = rows.filter(municipality__county_id=filters.county)
    return rows


def _after(rows: QuerySet[Proposal], cursor: str) -> QuerySet[Proposal]:
    """The longest waiting first; the next page begins after (day ready, number)."""
    day, _, number = cursor.partition(":")
    if number.isdigit():
        try:
            ready = date.fromisoformat(day)
        except ValueError:
            return rows.none()
        rows = rows.filter(
            Q(household__ready_on__gt=ready) | Q(household__ready_on=ready, pk__gt=int(number))
        )
    return rows.order_by("household__ready_on", "pk")


def _row(one: Proposal) -> ProposalRow:
    home = one.household
    ready = home.ready_on or clock.today()
    return ProposalRow(
        one.pk, home.pk, home.reference, home.persons_count, home.group, home.track, tuple(home.needs),
        (clock.today() - ready).days, one.municipality_id or "", one.municipality.name if one.municipality else "",
        one.easy, tuple(one.doubts), one.unplaced_reason, _speaks_for(one), f"{ready.isoformat()}:{one.pk}",
    )  # fmt: skip


def _speaks_for(one: Proposal) -> tuple[str, ...]:
    """Codes of what speaks for the proposed place."""
    return tuple(str(r["code"]) for r in one.reasons if r["code"] not in {"rank", "blocked"})


def _run(one: PlacementRun) -> RunRow:
    return RunRow(one.pk, one.year, one.finished_at, one.summary)


def _alternative(told: Mapping[str, Any], names: Mapping[str, str]) -> Alternative:
    kept = ("score", "difference", "price", "room", "lacks")
    return Alternative(told["municipality"], names[told["municipality"]], *(told[name] for name in kept))


def _closed(one: Proposal, names: Mapping[str, str]) -> tuple[Closed, ...]:
    """The household's own closed places first, then those closed to everybody in the run."""
    own = [r["facts"] for r in one.reasons if r["code"] == "blocked"]
    everybody = one.run.summary.get("closed", {})
    rules: Sequence[tuple[str, Sequence[str]]] = [
        *((facts["rule"], facts["municipalities"]) for facts in own),
        *sorted(everybody.items()),
    ]
    return tuple(Closed(rule, tuple(names.get(code, code) for code in codes)) for rule, codes in rules)


def _partners(home: Household) -> tuple[tuple[str, str, int], ...]:
    """(reference, stage, persons) of linked households in sight."""
    if not home.link:
        return ()
    rows = Household.objects.filter(link=home.link, merged_into__isnull=True).exclude(pk=home.pk)
    found = list(rows.order_by("reference").values_list("pk", "reference", "stage", "persons_count"))
    audit.log_read("proposal", "household", [pk for pk, *_ in found])
    return tuple((reference, stage, persons) for _, reference, stage, persons in found)
