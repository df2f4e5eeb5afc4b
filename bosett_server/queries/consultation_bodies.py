"""Who is meant by the code of a party, a directorate, a municipality or a county."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bosett.agreement.names import name
from bosett.registry.agreements import Agreement, Agreements
from bosett.terms.errors import NoRuleInForce
from bosett.terms.label import Label
from bosett_server.access.actor import Actor
from bosett_server.records.models import County, Municipality

BODIES = ("IMDi", "UDI", "Bufetat")
"""Through whom the State's parties act; they sit at the table beside them."""
COUNTY_DIGITS = 2


def in_force(day: date) -> Agreement | None:
    """The agreement of a day; None when none is stored."""
    try:
        return Agreements.shipped().in_force(day)
    except NoRuleInForce:
        return None


def seats(agreement: Agreement) -> tuple[str, ...]:
    """Who can be called to a meeting and given something to do: the agreement's parties, then the directorates."""
    return (*agreement.parties, *BODIES)


def body_names(codes: Iterable[str]) -> dict[str, Label]:
    """Names by code; a municipality and a county have one name in every language.  Two queries at most."""
    wanted = set(codes)
    found: dict[str, Label] = {}
    for party in Agreements.shipped().parties:
        if party.code in wanted:
            found[party.code] = party.name
    found |= {code: name("body", code) for code in BODIES if code in wanted}
    places = [code for code in wanted if code.isdigit()]
    municipalities = [code for code in places if len(code) > COUNTY_DIGITS]
    counties = [code for code in places if len(code) == COUNTY_DIGITS]
    if municipalities:
        for row in Municipality.objects.filter(pk__in=municipalities):
            found[row.code] = Label(row.name_norwegian, row.name_norwegian, row.name_norwegian)
    for county in County.objects.filter(pk__in=counties) if counties else ():
        norwegian = county.name.split(" - ")[0]
        found[county.code] = Label(
            f"{norwegian} county authority", f"{norwegian} fylkeskommune", f"{norwegian} fylkeskommune"
        )
    return found


def own_voices(actor: Actor) -> list[str]:
    """In whose names the actor may speak, by code."""
    return sorted(actor.voices)
