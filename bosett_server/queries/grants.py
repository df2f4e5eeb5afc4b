"""Grant lines as stored: sums by municipality, scheme and year, and each line with its reason.

Lines of persons with a protected address are in no list and no sum here (`sealed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from bosett.grants.result import Status
from bosett.grants.solve import ALL
from bosett.terms.source import Source
from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.records.models import GrantLine, Municipality, Person

PAGE_SIZE = 100
YEARS = range(2000, 2101)
YEARS_SHOWN = 5
NATIONAL = frozenset({Role.IMDI_CASEWORKER, Role.IMDI_LEAD})


@dataclass(frozen=True)
class SchemeSum:
    """One municipality's lines of one scheme and year.

    Parameters
    ----------
    amount_nok
        Sum of the lines with an amount; None when no line has one.
    missing
        Lines whose rate is not known; `missing_rules` are the rules that have none for the year.
    """

    municipality: str
    year: int
    scheme: str
    lines: int
    amount_nok: int | None
    missing: int
    missing_rules: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the sum holds every line."""
        return self.missing == 0


@dataclass(frozen=True)
class LineRow:
    """One line; household and birth year only while the person's file is in the reader's sight."""

    id: int
    person: UUID | None
    claim: int | None
    municipality: str
    year: int
    scheme: str
    grant_year: int
    share: Fraction | None
    units: int
    rate_nok: int | None
    amount_nok: int | None
    rule: str
    status: Status
    source: Source | None
    certainty: str
    note: str
    facts: tuple[tuple[str, dict[str, Any]], ...]
    settled_on: date | None
    moved_on: tuple[date, ...]
    computed_at: datetime
    superseded_at: datetime | None
    library_version: str
    input_sha256: str
    household: str = ""
    household_id: UUID | None = None
    birth_year: int | None = None
    synthetic: bool | None = None


def years_shown(today: date) -> list[int]:
    """The years that the overview offers, the newest first."""
    return list(range(today.year, today.year - YEARS_SHOWN, -1))


def scheme_sums(actor: Actor, years: Sequence[int], municipality: str = "") -> list[SchemeSum]:
    """Sums by municipality, year and scheme, for IMDi all of them, for a municipality its own; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bosett_grant_sums(%s, %s)", [list(years), municipality])
        return _summed(cursor.fetchall())


def ground_not_stored(actor: Actor, year: int, municipality: str = "") -> dict[str, int]:
    """Municipality -> settled persons on family ground whose reference person's ground is not stored; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bosett_ground_not_stored(%s, %s)", [date(year + 1, 1, 1), municipality])
        return {str(code): int(persons) for code, persons in cursor.fetchall()}


def grant_lines_of(
    actor: Actor, municipality: str, year: int, *, scheme: str = "", after: int = 0, limit: int = PAGE_SIZE
) -> list[LineRow]:
    """A municipality's lines of a year in the order they were stored, from the one after `after`.

    Three queries whatever the number; the reading of persons is logged.
    """
    check_sight(actor, municipality, year)
    rows = _standing().filter(municipality_id=municipality, year=year, pk__gt=after)
    if scheme:
        rows = rows.filter(scheme=scheme)
    return _with_persons(list(rows.order_by("pk")[:limit]), "grant_lines")


def lines_for_export(actor: Actor, municipality: str, year: int, scheme: str = "") -> list[LineRow]:
    """Every line of the municipality and year, logged as an export."""
    check_sight(actor, municipality, year)
    rows = _standing().filter(municipality_id=municipality, year=year)
    if scheme:
        rows = rows.filter(scheme=scheme)
    audit.append("export_grant_lines", ("municipality", municipality), {"year": year}, "read")
    return _with_persons(list(rows.order_by("pk")), "export_grant_lines")


def line(actor: Actor, number: int) -> tuple[LineRow, list[LineRow]]:
    """One line and the earlier versions of it, newest first.  Raises NotInSight."""
    row = GrantLine.objects.filter(pk=number).first()
    if row is None or not _may_see(actor, row.municipality_id):
        raise NotInSight("not_in_sight")
    others = GrantLine.objects.filter(
        person=row.person_id, claim=row.claim_id, scheme=row.scheme, year=row.year,
        municipality_id=row.municipality_id,
    ).exclude(pk=row.pk)  # fmt: skip
    (shown,) = _with_persons([row], "grant_line")
    return shown, [_line(one) for one in others.order_by("-computed_at", "-pk")]


def lines_of_household(actor: Actor, persons: Iterable[UUID]) -> list[LineRow]:
    """The standing lines of a household's persons, the newest year first; for the household's own page."""
    rows = GrantLine.objects.filter(person_id__in=list(persons), superseded_at__isnull=True)
    return [_line(row) for row in rows.order_by("-year", "scheme", "pk")]


def names_in_order() -> dict[str, str]:
    """Municipality -> official name, in the order of names; one query."""
    return dict(Municipality.objects.order_by("sort_key").values_list("code", "name"))


def check_sight(actor: Actor, municipality: str, year: int) -> None:
    """Raise NotInSight for a municipality that is none, or not the reader's, and for a year without grants."""
    if year not in YEARS:
        raise NotInSight("not_in_sight")
    if not _may_see(actor, municipality) or not Municipality.objects.filter(code=municipality).exists():
        raise NotInSight("not_in_sight")


def _may_see(actor: Actor, municipality: str) -> bool:
    return actor.role in NATIONAL or municipality in actor.municipalities


def _standing() -> QuerySet[GrantLine]:
    return GrantLine.objects.filter(superseded_at__isnull=True, sealed=False)


def _summed(rows: Iterable[tuple[Any, ...]]) -> list[SchemeSum]:
    """One sum per municipality, year and scheme out of one row per rule."""
    found: dict[tuple[str, int, str], dict[str, Any]] = {}
    for municipality, year, scheme, status, rule, lines, amount in rows:
        one = found.setdefault(
            (municipality, year, scheme), {"lines": 0, "amount": None, "missing": 0, "rules": set()}
        )
        one["lines"] += int(lines)
        if status == Status.RATE_MISSING:
            one["missing"] += int(lines)
            one["rules"].add(rule)
        else:
            one["amount"] = (one["amount"] or 0) + int(amount)
    order = {name: place for place, name in enumerate(ALL)}
    keys = sorted(found, key=lambda key: (key[0], -key[1], order.get(key[2], len(order))))
    return [
        SchemeSum(
            *key, found[key]["lines"], found[key]["amount"], found[key]["missing"], tuple(sorted(found[key]["rules"]))
        )
        for key in keys
    ]  # fmt: skip


def _with_persons(rows: list[GrantLine], verb: str) -> list[LineRow]:
    """Lines with household and birth year of the persons in sight; a person who moved on is not."""
    wanted = {row.person_id for row in rows if row.person_id}
    seen = {
        pk: (reference, home, born.year, made_up)
        for pk, reference, home, born, made_up in Person.objects.filter(pk__in=wanted).values_list(
            "pk", "household__reference", "household_id", "birth_date", "synthetic"
        )
    }
    audit.log_read(verb, "person", sorted(str(pk) for pk in seen))
    return [_line(row, *(seen.get(row.person_id, ()) if row.person_id else ())) for row in rows]


def _line(
    row: GrantLine,
    household: str = "",
    household_id: UUID | None = None,
    birth_year: int | None = None,
    synthetic: bool | None = None,
) -> LineRow:
    told = row.explanation
    return LineRow(
        id=row.pk,
        person=row.person_id,
        claim=row.claim_id,
        municipality=row.municipality_id,
        year=row.year,
        scheme=row.scheme,
        grant_year=row.grant_year,
        share=Fraction(row.share) if row.share else None,
        units=row.units,
        rate_nok=row.rate_nok,
        amount_nok=row.amount_nok,
        rule=row.rule,
        status=Status(row.status),
        source=_source(row.source),
        certainty=row.source.get("certainty", ""),
        note=row.source.get("note", ""),
        facts=tuple((key, values) for key, values in told["facts"]),
        settled_on=date.fromisoformat(told["settled_on"]) if told["settled_on"] else None,
        moved_on=tuple(date.fromisoformat(day) for day in told["moved_on"]),
        computed_at=row.computed_at,
        superseded_at=row.superseded_at,
        library_version=row.library_version,
        input_sha256=row.input_sha256,
        household=household,
        household_id=household_id,
        birth_year=birth_year,
        synthetic=synthetic,
    )


def _source(told: dict[str, Any]) -> Source | None:
    if not told:
        return None
    published = date.fromisoformat(told["published"]) if told["published"] else None
    return Source(told["title"], told["section"], told["href"], published)
