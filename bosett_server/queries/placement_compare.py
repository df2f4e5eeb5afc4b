"""Two kept runs side by side: who moves, how many persons each municipality gets, what each reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bosett.terms.errors import Refused
from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.queries.placement_runs import RunKept, run_kept
from bosett_server.records.models import Proposal


@dataclass(frozen=True)
class Moved:
    """A household that two runs answer differently; an empty place = none."""

    household: UUID
    reference: str
    persons: int
    before: str
    after: str
    before_reason: str
    after_reason: str


@dataclass(frozen=True)
class PlacePersons:
    """Persons that two runs propose to one municipality."""

    municipality: str
    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side: only households in sight; `levels` are (name, before, after).

    Parameters
    ----------
    persons
        Every municipality that one of them proposes somebody to, in the order of codes.
    other_county
        Of `moved`, how many are proposed to another county.
    """

    first: RunKept
    second: RunKept
    moved: tuple[Moved, ...]
    came: tuple[Moved, ...]
    left: tuple[Moved, ...]
    same: int
    levels: tuple[tuple[str, float | None, float | None], ...]
    persons: tuple[PlacePersons, ...]
    other_county: int


def compared(actor: Actor, first: int, second: int) -> Comparison:
    """Who moves and what changes between two runs; four queries, and the reading is logged.

    Raises NotInSight, Refused `run_not_done`.
    """
    runs_ = run_kept(actor, first), run_kept(actor, second)
    if any(one.state != "done" for one in runs_):
        raise Refused("run_not_done")
    before, after = _proposed(first), _proposed(second)
    both = [home for home in before if home in after]
    differ = [home for home in both if before[home].municipality_id != after[home].municipality_id]
    moved = [_moved(before[home], after[home]) for home in differ]
    came = [_moved(None, after[home]) for home in after if home not in before]
    left = [_moved(before[home], None) for home in before if home not in after]
    audit.log_read("runs_compared", "household", [str(one.household) for one in (*moved, *came, *left)])
    pairs = [(before[home].municipality_id, after[home].municipality_id) for home in differ]
    far = sum((one or "")[:2] != (other or "")[:2] for one, other in pairs if one and other)
    return Comparison(
        *runs_, tuple(moved), tuple(came), tuple(left), len(both) - len(moved), _levels(*runs_),
        _persons(before.values(), after.values()), far,
    )  # fmt: skip


def _persons(before: Iterable[Proposal], after: Iterable[Proposal]) -> tuple[PlacePersons, ...]:
    names: dict[str, str] = {}
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for count, proposals in zip(counts, (before, after), strict=True):
        for one in proposals:
            if one.municipality is not None:
                names[one.municipality.code] = one.municipality.name
                count[one.municipality.code] += one.household.persons_count
    first, second = counts
    return tuple(PlacePersons(code, names[code], first[code], second[code]) for code in sorted(names))


def _proposed(run: int) -> dict[UUID, Proposal]:
    rows = Proposal.objects.filter(run_id=run).select_related("household", "municipality")
    return {one.household_id: one for one in rows.order_by("household__reference")}


def _moved(before: Proposal | None, after: Proposal | None) -> Moved:
    one = after or before
    if one is None:
        raise ValueError("one of the two is needed")
    return Moved(
        one.household_id, one.household.reference, one.household.persons_count, _place(before), _place(after),
        before.unplaced_reason if before else "", after.unplaced_reason if after else "",
    )  # fmt: skip


def _place(one: Proposal | None) -> str:
    return one.municipality.name if one and one.municipality else ""


def _levels(first: RunKept, second: RunKept) -> tuple[tuple[str, float | None, float | None], ...]:
    before, after = (_values(one.summary.get("levels", ())) for one in (first, second))
    return tuple((name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after]))


def _values(levels: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    return {str(one["name"]): float(one["value"]) for one in levels}
