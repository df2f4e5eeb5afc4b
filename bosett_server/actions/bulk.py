"""One change of many households: all of them or none, and taken back as long as nobody has built on it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.actions.bulk_rows import Before, apply_to, put_back
from bosett_server.actions.step import Done, action
from bosett_server.queries.household_changes import (
    CHANGES,
    MOST,
    Change,
    consenting,
    matching_rows,
    rows_to_change,
    stamp_of,
    target_centre,
    verdict,
)
from bosett_server.queries.household_filters import Filters
from bosett_server.queries.need_codes import need_codes
from bosett_server.records.models import Household


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
    for row in rows:
        if row.version != told[row.pk]:
            raise Refused("somebody_changed_it_meanwhile", {"household": row.reference})
    going, stopped = _parted(rows, change)
    for row, why in stopped:
        raise Refused("change_does_not_go", {"household": row.reference, "why": why})
    return _changed(going, change)


@action(Permission.HOUSEHOLD_LIST)
def change_matching(
    actor: Actor, *, kind: str, value: str = "", filters: Filters, stamp: str, count: int
) -> Done[list[Before]]:
    """Every household that the filters keep and that the change goes through for is changed, or none is.

    `stamp` and `count` are those of the preview: which households matched, in which version, and how many of
    them go through.  Raises Refused: `too_many_match`, `no_such_change`, and `cut_has_changed` when one has
    come, gone or been changed since.
    """
    change = _allowed(actor, kind, value)
    rows = matching_rows(actor, filters, clock.today(), locked=True)
    going, _stopped = _parted(rows, change)
    if stamp_of(rows) != stamp or len(going) != count:
        raise Refused("cut_has_changed", {"was": count, "now": len(going)})
    if not going:
        raise Refused("no_household_chosen")
    return _changed(going, change)


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
    put_back(rows, kind, told)
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


def _parted(rows: Sequence[Household], change: Change) -> tuple[list[Household], list[tuple[Household, str]]]:
    """Those that the change goes through for, and the others with the code of why not."""
    centre, consents = target_centre(change, clock.today()), consenting(rows, change)
    found = [(row, verdict(row, change, centre, consents)) for row in rows]
    return [row for row, one in found if one.goes], [(row, one.code) for row, one in found if not one.goes]


def _changed(rows: Sequence[Household], change: Change) -> Done[list[Before]]:
    facts = {"kind": change.kind, "value": change.value}
    return Done(
        apply_to(rows, change, target_centre(change, clock.today())),
        about=("household", "*"),
        facts={**facts, "count": len(rows)},
        many=[("household", row.pk, facts) for row in rows],
    )
