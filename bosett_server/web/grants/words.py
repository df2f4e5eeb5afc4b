"""A grant line in sentences that a municipal accountant can check."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bosett.grants.rate_table import WITHOUT_VALUE
from bosett.rules.parameters import Parameters
from bosett_server.queries.grants import LineRow
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.language import current_language
from bosett_server.web.look.numbers import kroner, number
from bosett_server.words.grants import MOVE_RULES, assumption, of_library

LABELLED = ("en", "nb", "nn")


def rule_label(rule: str) -> str:
    """What the rule is called in the reader's language; the path itself for one that is not stored any more."""
    rates, language = Parameters.shipped(), current_language()
    spoken = language if language in LABELLED else "nb"
    if rule in rates.paths():
        return rates.get(rule).label.in_language(spoken)
    return WITHOUT_VALUE[rule].in_language(spoken) if rule in WITHOUT_VALUE else rule


def sentence(row: LineRow) -> str:
    """Why the amount is what it is, or why there is none."""
    return " ".join([*_settled(row), *_moved(row), _amount(row), *_source(row)])


def _settled(row: LineRow) -> list[str]:
    """Nothing for a claim that is not for a person."""
    if row.settled_on is None:
        return []
    told = {"day": date_digits(row.settled_on), "year": row.year, "number": row.grant_year}
    if row.claim is not None:
        return [_("Settled %(day)s; the claim is for grant year %(number)s.") % told]
    return [_("Settled %(day)s, so %(year)s is grant year %(number)s.") % told]


def _moved(row: LineRow) -> list[str]:
    if not row.moved_on:
        return []
    days = ", ".join(date_digits(day) for day in row.moved_on)
    return [_("Moved on %(days)s.") % {"days": days}]


def _amount(row: LineRow) -> str:
    told: dict[str, object] = {"rule": rule_label(row.rule), "year": row.year}
    if row.amount_nok is None or row.rate_nok is None:
        return _("%(rule)s: no value is stored for %(year)s, so the amount cannot be said.") % told
    told |= {"rate": kroner(row.rate_nok), "amount": kroner(row.amount_nok)}
    if row.scheme == "special_2":
        return _("Documented cost is paid up to %(rate)s (%(rule)s): %(amount)s.") % told
    if row.units != 1:
        told["units"] = number(row.units)
        if row.share is not None and row.share != 1:
            told["part"] = f"{row.share.numerator}/{row.share.denominator}"
            return _("%(rule)s: %(units)s times %(rate)s for %(part)s of the year: %(amount)s.") % told
        return _("%(rule)s: %(units)s times %(rate)s is %(amount)s.") % told
    if row.share is None or row.share == 1:
        return _("%(rule)s: %(rate)s, all of it to this municipality: %(amount)s.") % told
    told |= {"above": row.share.numerator, "below": row.share.denominator}
    return _("%(rule)s: %(rate)s. Of this %(above)s/%(below)s falls to this municipality: %(amount)s.") % told


def _source(row: LineRow) -> list[str]:
    """Where the rate stands, and since when."""
    if row.source is None:
        return []
    where = ", ".join(of_library(part) for part in (row.source.title, row.source.section) if part)
    if row.source.published is None:
        return [_("Source: %(source)s.") % {"source": where}]
    told = {"source": where, "day": date_digits(row.source.published)}
    return [_("Source: %(source)s, published %(day)s.") % told]


def grounds(row: LineRow) -> list[str]:
    """The rule of division and the open questions that the line rests on."""
    told = [str(values.get("assumption", "")) for key, values in row.facts if key == "assumption"]
    division = [str(words) for name, words in MOVE_RULES.items() if legal(row).endswith(name)]
    return [*division, *(assumption(text) for text in told)]


def legal(row: LineRow) -> str:
    """The legal reference as stored."""
    return next((str(values["reference"]) for key, values in row.facts if key == "legal"), "")


def legal_shown(row: LineRow) -> str:
    """The legal reference without the name of the rule of division, which has its own sentence."""
    return of_library(legal(row).partition("; grants/")[0])
