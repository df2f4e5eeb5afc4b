"""Rounds as tables and words: the list, the sample, who has answered, what was published."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.agreement.names import source_name
from bosett.expenditure.published import Implied, PublishedFigure, implied, published, published_value
from bosett.expenditure.questionnaire import kind_name
from bosett.outputs.tables import Cell
from bosett.terms.figure import Figure, State
from bosett_server.queries.expenditure import AskedRow, RoundRow, StratumRow
from bosett_server.web.expenditure.forms import word_language
from bosett_server.web.look.charts import BarList, Caption
from bosett_server.web.look.charts.bars import Bar
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.numbers import kroner, number, percent
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.words.expenditure import ANSWER_STATES, ROUND_STATES

FEW = ":"
INTEGRATION, MINORS = "integration", "unaccompanied_minor"


def round_title(row: RoundRow) -> str:
    """What a round is called: its kind and the year of the accounts."""
    return f"{kind_name(row.kind).in_language(word_language())} {row.year}"


def round_state(row: RoundRow) -> tuple[str, str]:
    """State in words and its tone."""
    words, tone = ROUND_STATES[row.state]
    return str(words), tone


def answer_state(state: str) -> tuple[str, str]:
    """Where one answer stands, in words, and its tone."""
    words, tone = ANSWER_STATES[state]
    return str(words), tone


def round_list(rows: Sequence[RoundRow]) -> Table | None:
    """Every round; None when there is none."""
    columns = (
        Column("round", pgettext("expenditure", "Round")),
        Column("state", pgettext("expenditure", "State")),
        Column("due", _("Answers are due"), "date"),
        Column("asked", pgettext("expenditure", "Asked"), "number"),
        Column("approved", pgettext("expenditure", "Approved"), "number"),
        Column("mark", pgettext("expenditure", "Mark")),
    )
    body = tuple(
        Row(
            (
                round_title(row), round_state(row)[0], row.answer_due_on, row.asked, row.approved,
                _("synthetic answers") if row.synthetic else "",
            ),
            key=str(row.id), href=f"/expenditure/{row.id}/{'estimates/' if row.state == 'closed' else ''}",
        )
        for row in rows
    )  # fmt: skip
    return Table(_("Rounds of the mapping"), columns, body) if rows else None


def strata_table(rows: Sequence[StratumRow]) -> Table:
    """How the sample was drawn."""
    columns = (
        Column("stratum", pgettext("expenditure", "Stratum")),
        Column("municipalities", _("Municipalities"), "number"),
        Column("persons", pgettext("expenditure", "Persons"), "number"),
        Column("asked", pgettext("expenditure", "Asked"), "number"),
        Column("panel", _("Of them from last year"), "number"),
    )
    body = tuple(
        Row((_stratum(row.name), row.municipalities, _persons(row.persons), row.asked, row.panel))
        for row in rows
    )
    return Table(_("The sample by stratum"), columns, body)


def responses_table(told: RoundRow, rows: Sequence[AskedRow]) -> Table:
    """Who is asked and where each stands; each opens its answer."""
    columns = (
        Column("name", pgettext("expenditure", "Municipality")),
        Column("state", pgettext("expenditure", "State")),
        Column("stratum", pgettext("expenditure", "Stratum")),
        Column("persons", pgettext("expenditure", "Persons"), "number"),
        Column("lines", _("Lines with a number"), "number"),
        Column("reminders", _("Reminders"), "number"),
        Column("approved", pgettext("expenditure", "Approved")),
    )
    body = tuple(
        Row(
            (
                row.name, answer_state(row.state)[0], _stratum(row.stratum),
                FEW if row.persons is None else _persons(row.persons), row.answered, row.reminders,
                date_digits(row.approved_at) if row.approved_at else "",
            ),
            key=row.municipality,
            href="" if row.state == "planned" else f"/expenditure/{told.id}/answers/{row.municipality}/",
        )
        for row in rows
    )  # fmt: skip
    return Table(_("Who is asked"), columns, body)


def responses_rows(told: RoundRow, rows: Sequence[AskedRow]) -> tuple[list[str], list[list[Cell]]]:
    """The same as a file: columns and rows; few persons are `:`, and every row says whether it is synthetic."""
    columns = [
        "municipality_id", "name", "stratum", "certainty", "eligible_persons", "state", "lines", "reminders",
        "synthetic",
    ]  # fmt: skip
    body: list[list[Cell]] = [
        [
            row.municipality, row.name, row.stratum, row.certainty, FEW if row.persons is None else row.persons,
            row.state, row.answered, row.reminders, told.synthetic,
        ]
        for row in rows
    ]  # fmt: skip
    return columns, body


def response_counts(rows: Sequence[AskedRow]) -> list[tuple[str, str, int]]:
    """(state in words, tone, how many) for the states somebody stands in."""
    found = []
    for state in ANSWER_STATES:
        if many := sum(row.state == state for row in rows):
            found.append((*answer_state(state), many))
    return found


def published_table() -> Table:
    """The coverage that was published 2014-2023, with its source."""
    columns = (
        Column("year", pgettext("expenditure", "Year")),
        Column("integration", _("Integration grant")),
        Column("minors", _("Unaccompanied minors")),
        Column("norwegian", _("Norwegian training")),
        Column("source", pgettext("expenditure", "Source")),
    )
    found = {(one.data_year, one.scheme): one for one in published() if one.measure == "coverage"}
    years = sorted({year for year, _scheme in found})
    sources = {key: source_name(one.source.title).in_language(word_language()) for key, one in found.items()}
    body = tuple(
        Row(
            (
                str(year), *(_share(found.get((year, scheme))) for scheme in (INTEGRATION, MINORS, "norwegian")),
                "; ".join(sorted({told for key, told in sources.items() if key[0] == year})),
            )
        )
        for year in years
    )  # fmt: skip
    return Table(_("Published coverage: the grant as a share of expenditure"), columns, body)


def published_chart() -> BarList:
    """A bar a year of the published coverage of the integration grant."""
    found = {
        one.data_year: one for one in published() if (one.scheme, one.measure) == (INTEGRATION, "coverage")
    }
    years = range(min(found), max(found) + 1)
    caption = Caption(
        "published", _("The integration grant covered from 92 to 106 per cent of the expenditure from 2015 to 2023"),
        _("Five years’ grant as a share of five years’ expenditure, per cent, rounded"),
        _("The committee’s published summaries; no interval was published"),
    )  # fmt: skip
    bars = tuple(
        Bar(
            str(year),
            Figure(State.NUMBER, round(found[year].value))
            if year in found
            else Figure.missing(State.NOT_STORED),
        )
        for year in years
    )  # fmt: skip
    return BarList(caption, bars, pgettext("expenditure", "Year"), _("Per cent"))


def implied_table() -> Table:
    """Five-year figures that the published ones imply, each with how it was reckoned."""
    columns = (
        Column("year", pgettext("expenditure", "Year")),
        Column("what", pgettext("expenditure", "What")),
        Column("nok", _("Kroner per person over five years"), "kroner"),
        Column("how", _("How it follows")),
    )
    names = {"grant_5y": _("Grant"), "expenditure_5y": _("Expenditure")}
    schemes = {INTEGRATION: _("Integration grant"), MINORS: _("Unaccompanied minors")}
    body = tuple(
        Row(
            (
                str(one.data_year),
                f"{schemes[one.scheme]}: {names[one.measure]}",
                round(one.nok),
                _reckoned(one),
            )
        )
        for one in implied()
    )
    return Table(_("What the published figures imply"), columns, body)


def interval_words(low: float | None, high: float | None, why: str = "") -> str:
    """Both ends in kroner; or why there are none."""
    if low is None or high is None:
        return _("no interval: one answer stands for others") if why else _("no interval")
    if low == high:
        return _("counted in full: no sampling error")
    return _("%(low)s to %(high)s") % {"low": kroner(round(low)), "high": kroner(round(high))}


def share_words(share: float, low: float | None, high: float | None) -> str:
    """A coverage with its interval; alone where there is no sampling error."""
    if low is not None and low == high:
        return percent(share)
    told = {"share": percent(share), "low": percent(low) if low is not None else "–",
            "high": percent(high) if high is not None else "–"}  # fmt: skip
    return _("%(share)s (95 %% interval %(low)s to %(high)s)") % told


def _stratum(name: str) -> str:
    if name == "certain":
        return _("Asked for sure: the largest")
    if name == "s0":
        return _("Nobody to ask about")
    return _("Size class %(n)s") % {"n": name.removeprefix("s")}


def _persons(value: Decimal) -> str:
    return number(value, 0 if value == value.to_integral_value() else 1)


def _share(one: PublishedFigure | None) -> str:
    if one is None:
        return _("not found")
    told = {"share": percent(one.value / 100)}
    return str(told["share"]) if one.certainty.value == "source" else _("%(share)s (derived)") % told


def lower_first(name: str) -> str:
    """A name inside a sentence; one that begins with capitals, such as KOSTRA, keeps them."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _reckoned(one: Implied) -> str:
    if one.measure == "grant_5y":
        share = published_value(one.data_year, one.scheme, "coverage").value / 100
        return _("%(share)s of %(nok)s") % {"share": percent(share), "nok": kroner(round(one.nok / share))}
    change = published_value(one.data_year, one.scheme, "expenditure_change").value / 100
    told = {"share": percent(change), "nok": kroner(round(one.nok / (1 + change)))}
    return _("%(nok)s the year before, and %(share)s more") % told
