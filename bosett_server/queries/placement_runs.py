"""Runs as they were kept: what went in, what came out, and whether it holds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bosett import __version__
from bosett.placement.given import Breach
from bosett.placement.problem import Objective
from bosett.placement.program import Limits
from bosett.placement.replan import settle
from bosett.placement.result import Placement
from bosett.placement.solve import solve
from bosett.terms.errors import Refused
from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.placement_files import (
    check,
    content_sha256,
    pack_answer,
    read_packed_answer,
    read_packed_before,
    read_packed_homes,
    read_packed_instance,
)
from bosett_server.records.models import PlacementFile, PlacementPrice, PlacementRun

PAGE_SIZE = 30
KEPT = 3
LEAST_PRICE = 0.0005
"""A price below this is rounding, not a price."""


@dataclass(frozen=True)
class RunKept:
    """One run as it is kept; `curve` is empty until it is drawn, `fault` unless it failed."""

    id: int
    year: int
    state: str
    phase: str
    objective: str
    fairness_floor: float | None
    score_floor: float | None
    gap: float
    effort: int | None
    homes: bool
    priorities: bool
    seed: int
    scores: int | None
    scores_name: str
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    version: str
    instance_sha256: str
    answer_sha256: str
    summary: Mapping[str, Any]
    curve: tuple[Mapping[str, Any], ...]
    fault: Mapping[str, str]
    pressure_percent: int | None = None

    @property
    def under_way(self) -> bool:
        """Whether it still can give something, or be stopped."""
        return self.state in {"queued", "solving"}


@dataclass(frozen=True)
class PriceRow:
    """What one more place would have been worth in a run."""

    municipality: str
    name: str
    dimension: str
    persons: float
    points: float

    @property
    def does(self) -> str:
        """What it would do: `more_persons`, `better_fit` or `nothing`."""
        if self.persons > LEAST_PRICE:
            return "more_persons"
        return "better_fit" if self.points > LEAST_PRICE else "nothing"


@dataclass(frozen=True)
class Checked:
    """What the check that knows no solver found, and whether computing again gave the same bytes.

    Parameters
    ----------
    same_bytes
        None when it was not computed again.
    same_version
        Another version of the program may rightly give another answer.
    """

    run: RunKept
    breaches: tuple[Breach, ...]
    same_bytes: bool | None
    same_version: bool


def runs(actor: Actor, *, before_id: int = 0, limit: int = PAGE_SIZE) -> list[RunKept]:
    """The newest runs first; one query."""
    rows = PlacementRun.objects.select_related("started_by", "scores").order_by("-id")
    if before_id:
        rows = rows.filter(pk__lt=before_id)
    return [_kept(one) for one in rows[:limit]]


def run_kept(actor: Actor, number: int) -> RunKept:
    """One run.  Raises NotInSight."""
    row = PlacementRun.objects.select_related("started_by", "scores").filter(pk=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return _kept(row)


def newest_usual(year: int) -> PlacementRun | None:
    """The last run of the kind that is used: most persons first, without a floor or a loaded table."""
    rows = PlacementRun.objects.filter(year=year, state="done", objective=Objective.PLACED_FIRST.value)
    return rows.filter(fairness_floor__isnull=True, scores__isnull=True).order_by("-id").first()


def under_way(actor: Actor, year: int) -> int | None:
    """The run of the year that waits or is being solved, if any."""
    rows = PlacementRun.objects.filter(year=year, state__in=["queued", "solving"]).order_by("-id")
    return rows.values_list("pk", flat=True).first()


def usual_aim(actor: Actor, year: int) -> dict[str, Any]:
    """What the last usual run asked for: running again asks for the same, so that nothing changes unseen."""
    newest = newest_usual(year)
    if newest is None:
        return {}
    return {
        "homes": newest.homes, "priorities": newest.priorities, "pressure_percent": newest.pressure_percent,
    }  # fmt: skip


def run_prices(actor: Actor, number: int) -> list[PriceRow]:
    """Prices above 0 in sight: what is short first."""
    rows = PlacementPrice.objects.filter(run_id=number).select_related("municipality")
    found = [
        PriceRow(one.municipality_id, one.municipality.name, one.dimension, one.persons, one.points)
        for one in rows
        if one.persons > 0 or one.points > 0
    ]
    return sorted(found, key=lambda one: (-one.persons, -one.points, one.municipality, one.dimension))


def own_prices(actor: Actor, municipality: str, year: int) -> list[PriceRow]:
    """The last run's prices of one municipality's places, by dimension; only what is in sight.

    Empty when the municipality had no places in a run, or its prices are not the reader's to see.
    """
    rows = PlacementPrice.objects.filter(municipality_id=municipality, year=year)
    newest = rows.order_by("-run_id").values_list("run_id", flat=True).first()
    told = rows.filter(run_id=newest).select_related("municipality").order_by("-dimension")
    return [
        PriceRow(one.municipality_id, one.municipality.name, one.dimension, one.persons, one.points)
        for one in told
    ]


def files(actor: Actor, number: int) -> tuple[RunKept, bytes, bytes]:
    """The very bytes of a run that is done; the reading of its households is logged.

    Raises NotInSight, Refused `run_not_done`.
    """
    kept = run_kept(actor, number)
    row = PlacementFile.objects.get(run_id=number)
    if kept.state != "done" or row.answer is None:
        raise Refused("run_not_done")
    audit.append("run_files", ("run", number), {"households": kept.summary["households"]}, "read")
    return kept, bytes(row.instance), bytes(row.answer)


def verified(actor: Actor, number: int, *, again: bool = False) -> Checked:
    """The check of `bosett verify` on the kept bytes; `again` also computes the run anew from its instance.

    Raises NotInSight, Refused `run_not_done`.
    """
    kept, instance, answer = files(actor, number)
    breaches = check(instance, answer)
    if content_sha256(answer) != kept.answer_sha256:
        breaches = (Breach("file_changed", "answer", kept.answer_sha256, content_sha256(answer)), *breaches)
    same = content_sha256(_computed(kept, instance)) == kept.answer_sha256 if again else None
    return Checked(kept, breaches, same, kept.version == __version__)


_placements: OrderedDict[str, Placement] = OrderedDict()


def placement_of(actor: Actor, number: int) -> tuple[RunKept, Placement]:
    """A run that is done as the engine's own answer; the last few are kept in memory."""
    kept, instance, answer = files(actor, number)
    if kept.answer_sha256 not in _placements:
        _placements[kept.answer_sha256] = read_packed_answer(answer, read_packed_instance(instance))
        while len(_placements) > KEPT:
            _placements.popitem(last=False)
    return kept, _placements[kept.answer_sha256]


def _computed(kept: RunKept, instance: bytes) -> bytes:
    limits = Limits(gap=kept.gap, effort=kept.effort)
    floors = kept.fairness_floor, kept.score_floor
    found = solve(read_packed_instance(instance), Objective(kept.objective), limits, kept.seed, *floors)
    settled = settle(found, read_packed_before(instance), kept.gap)
    return pack_answer(settled, read_packed_homes(instance))


def _kept(one: PlacementRun) -> RunKept:
    return RunKept(
        one.pk, one.year, one.state, one.phase, one.objective, one.fairness_floor, one.score_floor, one.gap,
        one.effort, one.homes, one.priorities, one.seed, one.scores_id, one.scores.name if one.scores else "",
        one.started_by.get_full_name() or one.started_by.username, one.started_at, one.finished_at,
        one.library_version, one.instance_sha256, one.answer_sha256, one.summary, tuple(one.curve), one.fault,
        one.pressure_percent,
    )  # fmt: skip
