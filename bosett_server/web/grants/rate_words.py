"""Rates in the reader's words and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.grants.loaded import LoadedRate
from bosett.grants.names import CERTAINTIES, SCHEME_NAMES
from bosett.grants.rate_table import WITHOUT_VALUE
from bosett.outputs.tables import Cell
from bosett.rules.parameters import Parameters
from bosett.terms.errors import NoRuleInForce
from bosett.terms.label import Label
from bosett.terms.source import Source
from bosett_server.queries.grant_rates import RateMissing, RateShown
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.language import current_language
from bosett_server.web.look.numbers import kroner
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.words.grants import RATE_STATES, of_library

FILE_COLUMNS = (
    "rule", "from", "amount_nok", "source_title", "source_section", "source_href", "published", "certainty", "note",
)  # fmt: skip
TONES = {"checked": "warning", "applied": "success", "undone": "neutral"}


@dataclass(frozen=True)
class Group:
    """The rates of one scheme."""

    ident: str
    name: str
    table: Table


def said(label: Label) -> str:
    """A label in the reader's language; bokmål where it has none."""
    language = current_language()
    return label.in_language(language if language in ("en", "nb", "nn") else "nb")


def state(code: str) -> tuple[str, str]:
    """A table's state in words, and its tone."""
    return str(RATE_STATES[code]), TONES[code]


def groups(shown: Sequence[RateShown]) -> list[Group]:
    """The rates by scheme, in the order of their paths."""
    found: dict[str, list[RateShown]] = {}
    for one in shown:
        found.setdefault(one.rule.split("/")[1], []).append(one)
    return [Group(scheme, _scheme(scheme), _table(scheme, rows)) for scheme, rows in found.items()]


def missing(rates: Iterable[RateMissing]) -> list[tuple[str, str, str]]:
    """(label, years in words, path) of what no source gives."""
    return [(said(one.label), _years(one.years), one.rule) for one in rates]


def file_row(one: RateShown) -> tuple[Cell, ...]:
    """A rate in the columns that a table of rates is read from."""
    return (
        one.rule, one.start, one.value, one.source.title, one.source.section, one.source.href,
        one.source.published, one.certainty.value, one.note,
    )  # fmt: skip


def changes(parameters: Parameters, loaded: Sequence[LoadedRate], table_state: str) -> Table:
    """What a table would change, or what it holds once it is applied or taken back."""
    looked_at = table_state == "checked"
    columns = [
        Column("rate", pgettext("grants", "Rate")),
        Column("year", pgettext("grants", "Year")),
        *([Column("before", pgettext("grants", "Counts today"), "kroner")] if looked_at else []),
        Column("after", pgettext("grants", "In the table"), "kroner"),
        Column("source", _("Source")),
    ]
    rows = []
    for one in loaded:
        cells: list[object] = [_named(one.rule, _label(parameters, one.rule)), str(one.year)]
        if looked_at:
            cells.append(_today(parameters, one))
        rows.append(Row((*cells, one.nok, _source(one.source)), label=f"{one.rule} {one.year}"))
    return Table(_("The rates of the table"), tuple(columns), tuple(rows))


def _today(parameters: Parameters, rate: LoadedRate) -> object:
    try:
        return parameters.lookup(rate.rule, date(rate.year, 1, 1)).whole
    except NoRuleInForce:
        return _("not known")


def _label(parameters: Parameters, rule: str) -> str:
    if rule in parameters.paths():
        return said(parameters.get(rule).label)
    return said(WITHOUT_VALUE[rule]) if rule in WITHOUT_VALUE else rule


def _scheme(code: str) -> str:
    if code in SCHEME_NAMES:
        return said(SCHEME_NAMES[code])
    return {
        "host": pgettext("grants", "Host municipality"),
        "special": pgettext("grants", "Reduced functioning or behaviour"),
        "norwegian": pgettext("grants", "Norwegian and social studies"),
        "unused_places": pgettext("grants", "Unused places"),
        "amot": pgettext("grants", "AMOT"),
        "mamot": pgettext("grants", "MAMOT"),
    }.get(code, code.replace("_", " "))


def _table(scheme: str, rows: Sequence[RateShown]) -> Table:
    columns = (
        Column("rate", pgettext("grants", "Rate")),
        Column("from", pgettext("grants", "Holds for")),
        Column("value", pgettext("grants", "Value"), "kroner"),
        Column("sure", pgettext("grants", "How sure")),
        Column("source", _("Source")),
    )
    return Table(_scheme(scheme), columns, tuple(_row(one) for one in rows))


def _row(one: RateShown) -> Row:
    value: object = _("repealed")
    if one.value is not None:
        value = kroner(int(one.value)) if one.value.isdigit() else one.value
    holds = (
        str(one.start.year)
        if one.yearly
        else _("from %(day)s until changed") % {"day": date_digits(one.start)}
    )
    sure = said(CERTAINTIES[one.certainty])
    name = said(one.label)
    return Row((_named(one.rule, name), holds, value, sure, _source(one.source)), label=f"{name} {holds}")


def _named(rule: str, label: str) -> SafeString:
    return format_html('{} <code class="path">{}</code>', label, rule)


def _source(source: Source) -> SafeString:
    """Title as a link, section and day."""
    title = format_html(
        '<a class="ds-link" href="{}">{}</a>' if source.href else "{1}", source.href, of_library(source.title)
    )
    section = f", {of_library(source.section)}" if source.section else ""
    day = f" ({date_digits(source.published)})" if source.published else ""
    return format_html("{}{}{}", title, section, day)


def _years(years: Sequence[int]) -> str:
    """2019, 2021-2024: runs of years put together."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(one[0]) if len(one) == 1 else f"{one[0]}–{one[-1]}" for one in runs)
