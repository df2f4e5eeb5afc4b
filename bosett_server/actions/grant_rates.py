"""Official tables of rates: read and looked at, applied whole or not at all, and taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from bosett.grants.rate_table import RatePreview, RateRow, preview_rates
from bosett.rules.parameters import Parameters
from bosett.sources.rate_rows import read_rate_rows
from bosett.terms.errors import BadInput, Refused
from bosett.terms.source import Source
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.import_files import Incoming, refuse_size
from bosett_server.actions.step import Done, action
from bosett_server.queries.grant_rates import rates_in_force
from bosett_server.records.models import LoadedRate, RateTable

SUFFIXES = (".csv", ".xlsx")
_WORD = {"an overlap": "rates_overlap", "a gap": "rates_have_a_gap"}


@action(Permission.RATES_LOAD)
def check_rate_table(
    actor: Actor, *, file: Incoming, title: str, published: date, href: str = ""
) -> Done[int]:
    """The file is read, checked against the rates in force and kept to be looked at; no rate changes.

    Parameters
    ----------
    title, published, href
        The source of every row that names none itself.

    Raises Refused `rate_has_no_source`, `rate_is_a_fraction`, `rates_overlap`, `rates_have_a_gap`,
    `rate_table_wrong`, `rate_table_changes_nothing`, `published_in_the_future`, `file_type_not_read`,
    `file_is_empty`, `file_too_large`.
    """
    refuse_size(file.size)
    if published > clock.today():
        raise Refused("published_in_the_future", {"day": published.isoformat()})
    source = Source(title.strip(), "", href, published) if title.strip() else None
    preview = _previewed(rates_in_force(), file, source)
    if all(one.old_nok == one.new_nok for one in preview.changes):
        raise Refused("rate_table_changes_nothing")
    table = RateTable.objects.create(
        file_name=file.name[:200], sha256=file.sha256, title=title.strip(), href=href, published=published,
        checked_by_id=actor.user_id, checked_at=clock.now(),
    )  # fmt: skip
    LoadedRate.objects.bulk_create(_rows(table, preview))
    return Done(table.pk, ("rate_table", table.pk), {"rates": len(preview.changes), "sha256": file.sha256})


@action(Permission.RATES_LOAD)
def apply_rate_table(actor: Actor, *, table: int) -> Done[list[int]]:
    """Every rate of the table counts from now on, or none does; the value is the years it touches.

    Raises Refused `rate_table_moved_on`, `rate_table_applied_already`, or what the check would say today.
    """
    row = _locked(table, "checked")
    if RateTable.objects.filter(sha256=row.sha256, state="applied").exists():
        raise Refused("rate_table_applied_already")
    rates = list(row.rates.order_by("rule", "year"))
    _check(rates_in_force(), [_as_row(one) for one in rates])
    row.state, row.applied_by_id, row.applied_at = "applied", actor.user_id, clock.now()
    row.save(update_fields=["state", "applied_by", "applied_at"])
    years = sorted({one.year for one in rates})
    return Done(years, ("rate_table", table), {"rates": len(rates), "years": years})


@action(Permission.RATES_LOAD)
def undo_rate_table(actor: Actor, *, table: int) -> Done[list[int]]:
    """The table counts no more; it stays to be seen, and lines computed with it stay until computed again.

    Raises Refused `rate_table_moved_on`.
    """
    row = _locked(table, "applied")
    row.state, row.undone_by_id, row.undone_at = "undone", actor.user_id, clock.now()
    row.save(update_fields=["state", "undone_by", "undone_at"])
    years = sorted(set(row.rates.values_list("year", flat=True)))
    return Done(years, ("rate_table", table), {"years": years})


def _locked(table: int, state: str) -> RateTable:
    row = RateTable.objects.select_for_update().filter(pk=table).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.state != state:
        raise Refused("rate_table_moved_on")
    return row


def _previewed(parameters: Parameters, file: Incoming, source: Source | None) -> RatePreview:
    suffix = Path(file.name).suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused("file_type_not_read", {"endings": ", ".join(SUFFIXES)})
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"rates{suffix}"
        path.write_bytes(file.content)
        try:
            rows = read_rate_rows(path, source=source)
        except BadInput as wrong:
            raise _refusal(wrong) from wrong
    return _check(parameters, rows)


def _check(parameters: Parameters, rows: tuple[RateRow, ...] | list[RateRow]) -> RatePreview:
    try:
        return preview_rates(parameters, rows)
    except BadInput as wrong:
        raise _refusal(wrong) from wrong


def _refusal(wrong: BadInput) -> Refused:
    """The library's refusal with a name of its own where it has one, and where in the file it is."""
    facts = {"row": wrong.row or "?", "column": wrong.column or "?", "found": wrong.found,
             "allowed": wrong.allowed}  # fmt: skip
    code = next((code for word, code in _WORD.items() if word in wrong.found), "rate_table_wrong")
    if wrong.column == "source_title":
        code = "rate_has_no_source"
    if wrong.column == "amount_nok" and wrong.allowed == "whole kroner":
        code = "rate_is_a_fraction"
    return Refused(code, facts)


def _rows(table: RateTable, preview: RatePreview) -> list[LoadedRate]:
    return [
        LoadedRate(
            table=table, rule=one.rule, year=one.year, amount_nok=one.new_nok, title=one.source.title[:300],
            section=one.source.section[:300], href=one.source.href[:400], published=one.source.published,
            certainty=one.certainty.value, note=one.note[:500],
        )
        for one in preview.changes
    ]  # fmt: skip


def _as_row(row: LoadedRate) -> RateRow:
    source = Source(row.title, row.section, row.href, row.published)
    return RateRow(row.rule, date(row.year, 1, 1), Decimal(row.amount_nok), source)
