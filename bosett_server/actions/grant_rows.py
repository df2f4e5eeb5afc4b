"""A computed grant line as the row that is stored: with rule, source, facts and a hash of what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from bosett import __version__
from bosett.grants.explain import explain
from bosett.grants.result import GrantLine
from bosett.rules.parameters import Parameters
from bosett.rules.series import Entry
from bosett_server.access import clock
from bosett_server.records.models import GrantLine as LineRow

BATCH = 2000
Row = dict[str, Any]
_IN_COLUMNS = ("scheme", "source", "units")
_COLUMNS = {
    "person_id": "uuid", "claim_id": "bigint", "municipality_id": "text", "year": "integer", "scheme": "text",
    "grant_year": "integer", "share": "text", "units": "integer", "rate_nok": "integer", "amount_nok": "integer",
    "rule": "text", "source": "jsonb", "explanation": "jsonb", "status": "text", "library_version": "text",
    "input_sha256": "text", "computed_at": "timestamptz", "sealed": "boolean",
}  # fmt: skip
_INSERT = (
    f"INSERT INTO records_grantline ({', '.join(_COLUMNS)}) SELECT * FROM jsonb_to_recordset(%s::jsonb)"  # noqa: S608
    f" AS line({', '.join(f'{name} {kind}' for name, kind in _COLUMNS.items())})"
)


def line_row(
    line: GrantLine,
    parameters: Parameters,
    made_from: str,
    *,
    settled_on: date | None,
    moved_on: Sequence[date] = (),
) -> Row:
    """The row of a line; the triggers know better whether it is sealed."""
    return {
        "person_id": line.person_id or None,
        "claim_id": int(line.claim_id) if line.claim_id.isdigit() else None,
        "municipality_id": line.municipality_id,
        "year": line.year,
        "scheme": line.scheme,
        "grant_year": line.grant_year,
        "share": "" if line.share is None else str(line.share),
        "units": line.units,
        "rate_nok": line.rate_nok,
        "amount_nok": line.amount_nok,
        "rule": line.rule,
        "source": _source(line, parameters),
        "explanation": {
            "facts": [[fact.key, dict(fact.values)] for fact in explain(line) if fact.key not in _IN_COLUMNS],
            "settled_on": settled_on.isoformat() if settled_on else None,
            "moved_on": [day.isoformat() for day in moved_on],
        },
        "status": line.status.value,
        "library_version": __version__,
        "input_sha256": made_from,
        "computed_at": clock.now().isoformat(),
        "sealed": False,
    }


def made_from(line: GrantLine, *facts: object) -> str:
    """A hash of the facts and of the rule, rate and share they met."""
    told = [
        *facts, line.year, line.scheme, line.municipality_id, line.rule, line.rate_nok, line.share, line.units,
        line.amount_nok, line.legal, line.assumptions,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def store(rows: Sequence[Row]) -> None:
    """In statements of many lines: the demo has forty thousand."""
    for start in range(0, len(rows), BATCH):
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, [json.dumps(rows[start : start + BATCH])])


def supersede(lines: Iterable[int]) -> None:
    """The lines stand no more; they are kept."""
    gone = list(lines)
    for start in range(0, len(gone), BATCH):
        LineRow.objects.filter(pk__in=gone[start : start + BATCH]).update(superseded_at=clock.now())


def _source(line: GrantLine, parameters: Parameters) -> Row:
    """Title, section, address and day of the source, with how sure the value is; empty without a rate."""
    if line.source is None:
        return {}
    value = _entry(line, parameters)
    published = line.source.published
    return {
        "title": line.source.title, "section": line.source.section, "href": line.source.href,
        "published": published.isoformat() if published else None,
        "certainty": value.certainty.value, "note": value.note,
    }  # fmt: skip


def _entry(line: GrantLine, parameters: Parameters) -> Entry:
    """The stored value that the line's rate is: with its amount and source."""
    stored = parameters.get(line.rule).entries
    return [one for one in stored if (one.value, one.source) == (line.rate_nok, line.source)][-1]
