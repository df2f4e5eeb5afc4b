"""The settlement need: stated anew, never overwritten."""

from __future__ import annotations

from datetime import date

from bosett.forecast import NeedInputs, settlement_need
from bosett.terms.errors import NoAnswer, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.forecast import Limit, RevisionView, need_in_force, revision_view
from bosett_server.queries.known import Known
from bosett_server.records.models import Notice, VersionedFigure

YEARS = range(2016, 2100)
MOST_PERSONS = 1_000_000
CONCERNED = (
    Role.MUNICIPALITY_DECIDER,
    Role.MUNICIPALITY_COORDINATOR,
    Role.COUNTY,
    Role.KS,
    Role.MINISTRY,
    Role.IMDI_CASEWORKER,
    Role.UDI_RECEPTION,
)


@action(Permission.NEED_SET)
def set_need(
    actor: Actor,
    *,
    year: int,
    value: int,
    source: str,
    valid_from: date,
    reason: str = "",
    parts: NeedInputs | None = None,
) -> Done[int]:
    """The year's need has a new version; everybody concerned is told when the division may change.

    Told are all when the rule in force on the day says that a new division is due, and when no rule is
    in force (from 2022), since nobody can then say that it is not.

    Raises Refused: `year_out_of_range`, `number_not_whole`, `number_negative`, `number_too_large`,
    `source_missing`, `day_in_future`, `older_than_need_in_force`, `nothing_changed`,
    `parts_of_another_year`, `parts_do_not_sum`, `parts_contradict`.
    """
    today = clock.today()
    _check(year, value, source, valid_from, today)
    told = _parts(year, value, parts)
    old = need_in_force(year)
    if old is not None:
        _check_against(old, value, valid_from, told)
    view = revision_view(year, value, valid_from, Known(today, today))
    now = clock.now()
    if old is not None:
        VersionedFigure.objects.filter(pk=old.pk, superseded_at__isnull=True).update(superseded_at=now)
    row = VersionedFigure.objects.create(
        what="need", year=year, value=value, parts=told, valid_from=valid_from, recorded_at=now,
        recorded_by_id=actor.user_id, source=source.strip(), reason=reason, supersedes=old,
    )  # fmt: skip
    before = old.value if old is not None else None
    return Done(
        row.pk,
        about=("figure", row.pk),
        facts={"year": year, "value": value, "before": before, "limit": view.limit.value},
        notices=_notices(year, before, value, view),
    )


def _check(year: int, value: int, source: str, valid_from: date, today: date) -> None:
    if year not in YEARS:
        raise Refused("year_out_of_range", {"year": year, "first": YEARS.start, "last": YEARS.stop - 1})
    if value != int(value):
        raise Refused("number_not_whole", {"found": str(value)})
    if value < 0:
        raise Refused("number_negative", {"found": str(value)})
    if value > MOST_PERSONS:
        raise Refused("number_too_large", {"found": value, "most": MOST_PERSONS})
    if not source.strip():
        raise Refused("source_missing")
    if valid_from > today:
        raise Refused("day_in_future", {"day": valid_from.isoformat()})


def _check_against(old: VersionedFigure, value: int, valid_from: date, parts: dict[str, object]) -> None:
    if valid_from < old.valid_from:
        raise Refused("older_than_need_in_force", {"day": old.valid_from.isoformat()})
    if (value, valid_from, parts) == (old.value, old.valid_from, old.parts):
        raise Refused("nothing_changed")


def _parts(year: int, value: int, inputs: NeedInputs | None) -> dict[str, object]:
    """The parts as they are kept, after the library has summed them."""
    if inputs is None:
        return {}
    if inputs.year != year:
        raise Refused("parts_of_another_year", {"year": inputs.year})
    try:
        need = settlement_need(inputs)
    except NoAnswer:
        raise Refused("parts_contradict") from None
    if need.persons.point != value:
        raise Refused("parts_do_not_sum", {"sum": need.persons.point, "value": value})
    kept: dict[str, object] = {
        part.key: [part.persons.low, part.persons.point, part.persons.high] for part in need.parts
    }
    return kept | {"low": need.persons.low, "high": need.persons.high, "combination": need.combination.value}


def _notices(year: int, before: int | None, now: int, view: RevisionView) -> list[Notice]:
    if before is None or before == now or view.limit is Limit.WITHIN:
        return []
    code = {Limit.DUE: "need_changed_division_due", Limit.NO_RULE: "need_changed_no_rule"}.get(
        view.limit, "need_changed"
    )
    facts = {"year": year, "before": before, "now": now}
    return [
        Notice(code=code, to_role=role.value, facts=facts, url=f"/need/?year={year}") for role in CONCERNED
    ]
