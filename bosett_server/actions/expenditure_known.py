"""What registers and KOSTRA have counted: brought in from a file, all of a kind at once, or one figure typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bosett.expenditure.questionnaire import AREAS
from bosett.expenditure.register import YEARS
from bosett.terms.errors import Refused
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.step import Done, action
from bosett_server.records.models import ExpenditureFrameRow, ExpenditureKnown, ExpenditureRound


@dataclass(frozen=True)
class KnownRow:
    """One counted figure; municipality empty = the whole country, `line` its place in the file."""

    line: int
    municipality: str
    item: str
    residence_year: int | None
    amount_nok: int
    persons: Decimal | None


@action(Permission.EXPENDITURE_MANAGE)
def bring_in_known(
    actor: Actor, *, round_id: int, kind: str, rows: Sequence[KnownRow], source: str
) -> Done[int]:
    """The figures of a kind (`register` or `kostra`) are those of the file; earlier ones of that kind are gone.

    Raises Refused: `expenditure_known_kind`, `expenditure_source_missing`, `expenditure_known_row` (names the
    row), `expenditure_round_closed`.
    """
    told = _open_round(round_id, kind, source)
    frame = set(ExpenditureFrameRow.objects.filter(round=told).values_list("municipality_id", flat=True))
    _check(kind, told.kind, rows, frame)
    ExpenditureKnown.objects.filter(round=told, kind=kind).delete()
    ExpenditureKnown.objects.bulk_create(_stored(told, kind, one, source) for one in rows)
    facts = {"kind": kind, "rows": len(rows)}
    return Done(len(rows), about=("expenditure_round", round_id), facts=facts)


@action(Permission.EXPENDITURE_MANAGE)
def set_known_figure(actor: Actor, *, round_id: int, kind: str, figure: KnownRow, source: str) -> Done[int]:
    """One counted figure stands as it was typed; the others of its kind stay.

    Raises Refused as `bring_in_known` does.
    """
    told = _open_round(round_id, kind, source)
    frame = set(ExpenditureFrameRow.objects.filter(round=told).values_list("municipality_id", flat=True))
    _check(kind, told.kind, [figure], frame)
    same = ExpenditureKnown.objects.filter(
        round=told, kind=kind, municipality_id=figure.municipality or None, item=figure.item,
        residence_year=figure.residence_year,
    )  # fmt: skip
    replaced, _ = same.delete()
    row = _stored(told, kind, figure, source)
    row.save()
    facts = {"kind": kind, "item": figure.item, "municipality": figure.municipality, "replaced": replaced}
    return Done(row.pk, about=("expenditure_round", round_id), facts=facts)


def _open_round(round_id: int, kind: str, source: str) -> ExpenditureRound:
    told = ExpenditureRound.objects.select_for_update().filter(pk=round_id).first()
    if told is None:
        raise NotInSight("not_in_sight")
    if told.state == "closed":
        raise Refused("expenditure_round_closed")
    if kind not in ("register", "kostra"):
        raise Refused("expenditure_known_kind")
    if not source.strip():
        raise Refused("expenditure_source_missing")
    return told


def _stored(told: ExpenditureRound, kind: str, one: KnownRow, source: str) -> ExpenditureKnown:
    return ExpenditureKnown(
        round=told, kind=kind, municipality_id=one.municipality or None, item=one.item,
        residence_year=one.residence_year, amount_nok=one.amount_nok, persons=one.persons,
        source=source.strip()[:300],
    )  # fmt: skip


def _check(kind: str, round_kind: str, rows: Sequence[KnownRow], frame: set[str]) -> None:
    seen: set[tuple[str, str, int | None]] = set()
    for one in rows:
        key = (one.municipality, one.item, one.residence_year)
        wrong = (
            "twice" if key in seen
            else "municipality" if one.municipality and one.municipality not in frame
            else "amount" if one.amount_nok < 0
            else _register(one) if kind == "register" else _kostra(one, round_kind)
        )  # fmt: skip
        if wrong:
            raise Refused("expenditure_known_row", {"row": one.line, "column": wrong})
        seen.add(key)


def _register(one: KnownRow) -> str:
    if one.residence_year not in YEARS:
        return "residence_year"
    return "persons" if one.persons is None or one.persons < 0 else ""


def _kostra(one: KnownRow, round_kind: str) -> str:
    if not one.municipality:
        return "municipality"
    return "item" if one.item not in AREAS[round_kind] else "residence_year" if one.residence_year else ""
