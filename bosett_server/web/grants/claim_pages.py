"""What the pages of claims show: tables, conditions with their source, and what a claim would give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.grants.claim_sheet import PERSON_SCHEMES, SHEETS, Agency
from bosett.grants.result import GrantLine, NoGrant
from bosett.grants.rulebook import rules_of
from bosett.grants.wording import told
from bosett.rules.parameters import Parameters
from bosett.terms.errors import NoRuleInForce
from bosett_server.queries.grant_claims import ClaimRow, ClaimShown
from bosett_server.queries.grant_rates import rates_in_force
from bosett_server.web.grants.claim_forms import LABELS, PLACE_NAMES
from bosett_server.web.grants.words import rule_label
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.language import current_language
from bosett_server.web.look.numbers import kroner, number
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.words.grants import CLAIM_STATES, REASONS, SCHEMES, in_language, of_library

AGENCIES = {Agency.IMDI: "IMDi", Agency.UDI: "UDI"}


@dataclass(frozen=True)
class Condition:
    """One rule of a scheme, where it stands, and the values it reads."""

    says: str
    legal: str
    values: tuple[tuple[str, str], ...]


def of_claims(rows: Iterable[ClaimRow]) -> Table:
    """Scheme, year, for whom, state and deadline; each opens its claim."""
    columns = (
        Column("scheme", pgettext("grants", "Scheme")),
        Column("year", pgettext("grants", "Year")),
        Column("municipality", pgettext("grants", "Municipality")),
        Column("whom", pgettext("grants", "For")),
        Column("state", pgettext("grants", "Status")),
        Column("due", _("Deadline")),
        Column("agency", pgettext("claim", "Decided by")),
    )
    listed = tuple(
        Row(
            (
                str(SCHEMES[one.claim.scheme]), str(one.claim.year), one.municipality, _whom(one),
                str(CLAIM_STATES[one.state]), one.due_on or _none(), AGENCIES[one.agency],
            ),
            href=f"/grants/claims/{one.id}/",
            label=f"{SCHEMES[one.claim.scheme]} {one.claim.year} {one.household or one.municipality}",
        )
        for one in rows
    )  # fmt: skip
    return Table(_("Claims, the newest first"), columns, listed)


def _whom(one: ClaimRow) -> object:
    if not one.claim.person_id:
        return pgettext("grants", "the municipality")
    if not one.household:
        return pgettext("grants", "has moved on")
    told = {"household": one.household, "year": one.claim.grant_year}
    return _("%(household)s, grant year %(year)s") % told


def _none() -> object:
    return format_html(
        '<span aria-hidden="true">–</span><span class="ds-sr-only">{}</span>', _("no rule gives a deadline")
    )


def facts(row: ClaimRow) -> list[tuple[str, str]]:
    """(what, value) of everything that the claim tells."""
    found = []
    for name in SHEETS[row.claim.scheme].fields:
        value = getattr(row.claim, name)
        if name == "person_id":
            continue
        found.append((_label(name), _shown(name, value)))
    return found


def _label(name: str) -> str:
    if name in LABELS:
        return str(LABELS[name])
    return {"grant_year": _("Grant year"), "place_type": _("Type of place")}[name]


def _shown(name: str, value: object) -> str:
    if value is None or value == "":
        return pgettext("claim", "not checked") if name not in ("from_date", "to_date") else _("not given")
    if isinstance(value, bool):
        return pgettext("claim", "yes") if value else pgettext("claim", "no")
    if name == "place_type":
        return str(PLACE_NAMES[str(value)])
    if name == "cost_nok" and isinstance(value, int):
        return kroner(value)
    return number(value) if isinstance(value, int) else date_digits(value)  # type: ignore[arg-type]


def conditions(scheme: str, year: int) -> list[Condition]:
    """The rules of a scheme with their values in a year; a value that nobody knows says so."""
    rates = rates_in_force()
    return [
        Condition(
            in_language(rule.says), of_library(rule.legal),
            tuple((rule_label(path), _in_force(path, year, rates)) for path in rule.values if _is_number(path, rates)),
        )
        for rule in rules_of(scheme)
    ]  # fmt: skip


def _in_force(path: str, year: int, rates: Parameters) -> str:
    try:
        value = rates.lookup(path, date(year, 1, 1)).value
    except NoRuleInForce:
        return _("not known for %(year)s") % {"year": year}
    return kroner(int(value)) if rates.get(path).unit.startswith("NOK") else number(value)


def _is_number(path: str, rates: Parameters) -> bool:
    """Whether it is a value, and not the name of a version of the logic."""
    return path in rates.paths() and not any(isinstance(one.value, str) for one in rates.get(path).entries)


def outcome(shown: ClaimShown) -> tuple[str, list[str]]:
    """(sum or state, sentences) of what the rules give."""
    found = shown.outcome
    if isinstance(found, NoGrant):
        return _("Nothing"), [str(REASONS[found.code])]
    if not isinstance(found, GrantLine):
        return _("Not calculated: it counts no more"), []
    language = current_language()
    said = list(told(found, language if language in ("nb", "nn", "en") else "nb", shown.rates))
    return _("cannot be said") if found.amount_nok is None else kroner(found.amount_nok), said


def groups() -> list[tuple[str, list[Mapping[str, str]]]]:
    """Every scheme that can be claimed, by whom it is for and who decides: what it is, and when it has a rate."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for code, sheet in SHEETS.items():
        heading = _("For a person; IMDi decides")
        if code not in PERSON_SCHEMES:
            agency = {"agency": AGENCIES[sheet.agency]}
            heading = _("For the municipality; %(agency)s decides") % agency
        says = in_language(rules_of(code)[0].says)
        card = {"code": code, "name": str(SCHEMES[code]), "says": says, "known": _known(code)}
        found.setdefault(heading, []).append(card)
    return list(found.items())


def _known(scheme: str) -> str:
    """The years that a rate of the scheme is known for."""
    rates = rates_in_force()
    paths = [path for path in rules_of(scheme)[0].values if _is_number(path, rates)]
    years = {
        one.start.year for path in paths if rates.get(path).unit.startswith("NOK") for one in rates.get(path).entries
    }  # fmt: skip
    return _("A rate is known for %(years)s.") % {"years": ", ".join(str(one) for one in sorted(years))}
