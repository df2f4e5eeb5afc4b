"""One change of many households: all of them or none, and taken back as long as nobody has built on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.queries.household_changes import (
    CHANGES,
    MOST,
    Change,
    rows_to_change,
    target_centre,
    verdict,
)
from bosett_server.queries.need_codes import need_codes
from bosett_server.records.models import Centre, Household, LifeEvent, Stay

Before = dict[str, Any]
"""How one household stood: id, the version that the change gave it, and the values before."""


@action(Permission.HOUSEHOLD_LIST)
def change_households(
    actor: Actor, *, kind: str, value: str = "", households: Sequence[tuple[str, int]]
) -> Done[list[Before]]:
    """Every one of the households is changed, or none is; gives what an undo needs.

    `households` are (id, version as previewed).  Raises Refused: `no_household_chosen`, `too_many_chosen`,
    `no_such_change`, `somebody_changed_it_meanwhile`, `change_does_not_go` (with the household and why).
    """
    change = _allowed(actor, kind, value)
    told = {UUID(one): version for one, version in households}
    if not told:
        raise Refused("no_household_chosen")
    if len(told) > MOST:
        raise Refused("too_many_chosen", {"most": MOST})
    rows = rows_to_change(actor, list(told), locked=True)
    centre = target_centre(change, clock.today())
    for row in rows:
        _check(row, change, centre, told[row.pk])
    before = [_apply(actor, row, change, centre) for row in rows]
    return Done(
        before,
        about=("household", "*"),
        facts={"kind": kind, "value": value, "count": len(rows)},
        many=[("household", row.pk, {"kind": kind, "value": value}) for row in rows],
    )


@action(Permission.HOUSEHOLD_LIST)
def undo_change(actor: Actor, *, kind: str, before: Sequence[Before]) -> Done[int]:
    """Every household stands as before the change, or none does.

    Raises Refused `changed_since` when somebody has changed one of them after the change.
    """
    require(actor, CHANGES[kind])
    told = {UUID(str(one["id"])): one for one in before}
    if not told:
        raise Refused("no_household_chosen")
    rows = rows_to_change(actor, list(told), locked=True)
    for row in rows:
        if row.version != told[row.pk]["version"]:
            raise Refused("changed_since", {"household": row.reference})
    for row in rows:
        _restore(row, kind, told[row.pk])
    facts = {"kind": kind, "count": len(rows)}
    many = [("household", row.pk, {"kind": kind}) for row in rows]
    return Done(len(rows), about=("household", "*"), facts=facts, many=many)


def _allowed(actor: Actor, kind: str, value: str) -> Change:
    if kind not in CHANGES:
        raise Refused("no_such_change", {"kind": kind[:40]})
    require(actor, CHANGES[kind])
    if kind == "add_need" and value not in need_codes():
        raise Refused("no_such_need", {"need": value[:40]})
    return Change(kind, value)


def _check(row: Household, change: Change, centre: Centre | None, version: int) -> None:
    if row.version != version:
        raise Refused("somebody_changed_it_meanwhile", {"household": row.reference})
    found = verdict(row, change, centre)
    if not found.goes:
        raise Refused("change_does_not_go", {"household": row.reference, "why": found.code})


def _apply(actor: Actor, row: Household, change: Change, centre: Centre | None) -> Before:
    kept: Before = {"id": str(row.pk), "version": row.version + 1}
    if change.kind == "resolve_recheck":
        open_events = LifeEvent.objects.filter(household=row, resolved_at__isnull=True)
        kept |= {"recheck": list(row.recheck), "events": list(open_events.values_list("pk", flat=True))}
        open_events.update(resolved_at=clock.now())
        _store(row, recheck=[])
    elif change.kind in {"add_need", "remove_need"}:
        kept["needs"] = list(row.needs)
        adds = change.kind == "add_need"
        _store(
            row,
            needs=sorted({*row.needs, change.value})
            if adds
            else [code for code in row.needs if code != change.value],
        )
    elif centre is not None:
        kept |= {"centre": row.centre_id, "stays": _move(row, centre)}
        _store(row, centre_id=centre.pk)
    return kept


def _move(row: Household, centre: Centre) -> list[int]:
    """The stay that ends and the one that begins."""
    today = clock.today()
    old = Stay.objects.filter(household=row, left_on__isnull=True).first()
    if old is not None:
        Stay.objects.filter(pk=old.pk).update(left_on=max(today, old.arrived_on))
    new = Stay.objects.create(household=row, centre=centre, arrived_on=today)
    return [old.pk if old is not None else 0, new.pk]


def _restore(row: Household, kind: str, kept: Before) -> None:
    if kind == "resolve_recheck":
        LifeEvent.objects.filter(household=row, pk__in=kept["events"]).update(resolved_at=None)
        _store(row, recheck=kept["recheck"])
    elif kind in {"add_need", "remove_need"}:
        _store(row, needs=kept["needs"])
    else:
        old, new = kept["stays"]
        Stay.objects.filter(household=row, pk=new).delete()
        Stay.objects.filter(household=row, pk=old).update(left_on=None)
        _store(row, centre_id=kept["centre"])


def _store(row: Household, **values: Any) -> None:
    Household.objects.filter(pk=row.pk).update(version=row.version + 1, **values)
