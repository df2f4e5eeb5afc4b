"""The lines of granted claims: stored when a claim is granted, replaced when what they rest on has changed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from bosett.grants.claim_lines import BASE_OF
from bosett.grants.result import GrantLine
from bosett_server.actions.grant_rows import line_row, made_from, store, supersede
from bosett_server.queries.grant_claim_lines import as_claim, claim_year
from bosett_server.records.models import GrantClaim
from bosett_server.records.models import GrantLine as LineRow

Counts = dict[str, int]


def store_claims_of(municipality: str, year: int) -> Counts:
    """The lines of a municipality's granted claims of a year stand as the rules give them today.

    To be called as the system.
    """
    found = claim_year(municipality, year)
    granted = {
        row.pk: row
        for row in GrantClaim.objects.filter(municipality_id=municipality, year=year, state="granted")
    }
    standing = _standing(municipality, year)
    rows, kept = [], set()
    for key, line in found.lines.items():
        made = made_from(line, _facts(line, granted))
        if standing.get(key, (0, ""))[1] == made:
            kept.add(key)
            continue
        person = found.persons.get(line.person_id)
        rows.append(line_row(line, found.rates, made, settled_on=person.settled_date if person else None))
    gone = [pk for key, (pk, _) in standing.items() if key not in kept]
    supersede(gone)
    store(rows)
    return {"stored": len(rows), "unchanged": len(kept), "superseded": len(gone)}


def store_all_claims(year: int) -> Counts:
    """As `store_claims_of` for every municipality with a granted claim, or a line of one, in the year."""
    places = {
        *GrantClaim.objects.filter(year=year, state="granted").values_list("municipality_id", flat=True),
        *_lines(year).values_list("municipality_id", flat=True),
    }
    total = {"stored": 0, "unchanged": 0, "superseded": 0}
    for place in sorted(places):
        for name, count in store_claims_of(place, year).items():
            total[name] += count
    return total


def _standing(municipality: str, year: int) -> dict[str, tuple[int, str]]:
    """Claim id, or the id of a base that follows from places -> (line, hash)."""
    rows = _lines(year).filter(municipality_id=municipality)
    return {
        str(claim) if claim else f"{BASE_OF}{municipality}": (pk, made)
        for pk, claim, made in rows.values_list("pk", "claim_id", "input_sha256")
    }


def _lines(year: int) -> QuerySet[LineRow]:
    return LineRow.objects.filter(year=year, superseded_at__isnull=True).exclude(
        claim__isnull=True, person__isnull=False
    )


def _facts(line: GrantLine, granted: Mapping[int, GrantClaim]) -> dict[str, object]:
    """What the claim says; a base that follows from places says nothing of its own."""
    row = granted.get(int(line.claim_id)) if line.claim_id.isdigit() else None
    return vars(as_claim(row)) if row else {}
