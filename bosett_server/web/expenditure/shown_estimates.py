"""A closed round's estimates as tables, charts and sentences."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.expenditure.areas import AREA_WORDS
from bosett.expenditure.checks import RESPONDENTS
from bosett.expenditure.decomposition import Change
from bosett.outputs.tables import Cell
from bosett.terms.figure import Figure, State
from bosett_server.queries.expenditure import RoundRow
from bosett_server.web.expenditure.forms import word_language
from bosett_server.web.expenditure.shown import interval_words, lower_first, round_title, share_words
from bosett_server.web.look.charts import BarList, Caption
from bosett_server.web.look.charts.bars import Bar
from bosett_server.web.look.numbers import kroner, number, percent
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.words.expenditure import CHECKS, DIVISIONS, QUOTIENTS, REGISTER_ITEMS

Result = dict[str, Any]


def areas_table(result: Result) -> Table:
    """Kroner per person and year by area."""
    body = tuple(_estimate_row(area_name(one["area"]), one) for one in result["areas"])
    whole = _estimate_row(_("All areas"), result["survey_year"])
    return Table(
        _("Expenditure per person and year by area"),
        _columns(pgettext("expenditure", "Area")),
        (*body, whole),
    )


def areas_chart(row: RoundRow, result: Result) -> BarList | None:
    """A bar an area, the dearest first; None where there is one area, with nothing beside it."""
    if len(result["areas"]) < 2:
        return None
    order = sorted(result["areas"], key=lambda one: -one["nok"])
    told = {"area": area_name(order[0]["area"]), "title": round_title(row)}
    caption = Caption(
        "areas", _("%(area)s costs most per person") % told, _("Kroner per person and year, %(title)s") % told,
        _("Estimates from the approved answers; intervals in the table below"), modelled=row.synthetic,
    )  # fmt: skip
    bars = tuple(
        Bar(area_name(one["area"]), Figure(State.NUMBER, max(0, round(one["nok"]))), modelled=row.synthetic)
        for one in order
    )
    return BarList(caption, bars, pgettext("expenditure", "Area"), pgettext("expenditure", "Kroner"))


def years_table(result: Result) -> Table | None:
    """Each residence year and the five together; None for rounds about one year."""
    if not result["years"]:
        return None
    body = tuple(
        _estimate_row(_("Residence year %(year)s") % {"year": one["area"]}, one) for one in result["years"]
    )
    whole = _estimate_row(_("Five years together"), result["whole"])
    return Table(_("Expenditure per person by residence year"), _columns(_("Residence year")), (*body, whole))


def register_table(result: Result) -> Table | None:
    """The registers by residence year and item; None where none was brought in."""
    if not result["register"]:
        return None
    body = tuple(
        Row((*row.cells[:-1], row.cells[-1] or _("the whole country")))
        for row in (
            _estimate_row(
                f"{_('Residence year %(year)s') % {'year': one['residence_year']}}: {_item(one['item'])}", one
            )
            for one in result["register"]
        )
    )
    columns = (*_columns(pgettext("expenditure", "Item"))[:-1], Column("from", _("Municipalities"), "number"))
    return Table(_("Registers: kroner per person"), columns, body)


def quotients_table(result: Result) -> Table | None:
    """Price per hour, class size, cost per participant; None for other kinds of round."""
    if not result["quotients"]:
        return None
    columns = (
        Column("what", pgettext("expenditure", "What")),
        Column("value", pgettext("expenditure", "Estimate")),
        Column("interval", _("95 % interval")),
        Column("answers", _("Answers"), "number"),
    )
    body = tuple(
        Row((str(QUOTIENTS[one["area"]]), number(one["nok"], 1), _plain_interval(one), one["respondents"]))
        for one in result["quotients"]
    )
    return Table(_("Price and size of classes"), columns, body)


def group_tables(result: Result) -> list[Table]:
    """Each division: the group's own estimate, the model's with its error, or none with too few answers."""
    return [_group_table(str(DIVISIONS[name]), rows) for name, rows in result["groups"].items()]


def coverage_words(result: Result) -> str:
    """The coverage with its interval; nothing when it is not known."""
    found = result["coverage"]
    return share_words(found["share"], found["low95"], found["high95"]) if found else ""


def whole_words(result: Result) -> str:
    """The sum with its interval."""
    one = result["whole"]
    told = {
        "nok": kroner(round(one["nok"])),
        "interval": interval_words(one["low95"], one["high95"], one["why_no_error"]),
    }
    return _("%(nok)s per person (95 %% interval %(interval)s)") % told


def warnings(result: Result) -> list[str]:
    """What few answers, and silence of the largest, mean for the intervals; nothing when all is well."""
    said = []
    if result["few_respondents"]:
        told = {"many": result["respondents"], "enough": RESPONDENTS}
        said.append(
            _(
                "Only %(many)s municipalities answered every kind of question. With fewer than %(enough)s the 95 %%"
                " intervals miss the truth more often than 5 times in 100. Read them as too narrow."
            )
            % told
        )
    if silent := result["certain_silent"]["many"]:
        told = {"many": number(silent), "share": percent(result["certain_silent"]["share"])}
        said.append(
            _(
                "%(many)s of the largest municipalities, with %(share)s of the persons, did not answer everything. No"
                " other is like them: the 95 %% intervals miss the truth more often than 5 times in 100."
            )
            % told
        )
    return said


def change_table(change: tuple[RoundRow, Change] | None) -> Table | None:
    """What changed since the round before; None where there is none."""
    if change is None:
        return None
    before, parts = change
    columns = (
        Column("what", pgettext("expenditure", "Because of")),
        Column("nok", pgettext("expenditure", "Kroner"), "kroner"),
    )
    rows = (
        (_("More or fewer persons (volume)"), parts.volume_nok),
        (_("Other residence years (composition)"), parts.composition_nok),
        (_("Dearer or cheaper per person (price)"), parts.price_nok),
        (_("Together"), parts.whole_nok),
    )
    caption = _("Why yearly expenditure changed since %(year)s") % {"year": before.year}
    return Table(caption, columns, tuple(Row((name, round(nok))) for name, nok in rows))


def check_counts(result: Result) -> list[tuple[str, int]]:
    """What the checks found, in words, without naming a municipality."""
    counts = Counter(one["rule"] for one in result["checks"])
    return [(str(CHECKS[rule]), many) for rule, many in sorted(counts.items())]


def gini_words(result: Result) -> str:
    """How unequal cost per person is; nothing when it cannot be said."""
    return "" if result["gini"] is None else number(result["gini"], 2)


def file_rows(row: RoundRow, result: Result) -> tuple[list[str], list[list[Cell]]]:
    """Every estimate as a row of a file."""
    columns = ["part", "name", "nok", "standard_error", "low95", "high95", "respondents", "synthetic"]
    parts = [
        *(("area", one["area"], one) for one in result["areas"]),
        ("survey_year", "*", result["survey_year"]),
        *(("residence_year", one["area"], one) for one in result["years"]),
        *(("register", f"{one['residence_year']}/{one['item']}", one) for one in result["register"]),
        ("whole", "*", result["whole"]),
        *(("quotient", one["area"], one) for one in result["quotients"]),
        *((division, one["group"], one) for division, rows in result["groups"].items() for one in rows),
    ]
    body: list[list[Cell]] = [
        [
            part,
            name,
            one["nok"],
            one["standard_error"],
            one["low95"],
            one["high95"],
            one["respondents"],
            row.synthetic,
        ]
        for part, name, one in parts
    ]
    if found := result["coverage"]:
        ends = [found["low95"], found["high95"]]
        body.append(["coverage", "*", found["share"], None, *ends, result["respondents"], row.synthetic])
    return columns, body


def area_name(area: str) -> str:
    """An area in words."""
    return AREA_WORDS[area][0].in_language(word_language())


def _columns(first: str) -> tuple[Column, ...]:
    return (
        Column("what", first),
        Column("nok", pgettext("expenditure", "Kroner"), "kroner"),
        Column("interval", _("95 % interval")),
        Column("error", _("Standard error")),
        Column("answers", _("Answers"), "number"),
    )


def _estimate_row(name: str, one: dict[str, Any]) -> Row:
    error = one["standard_error"]
    return Row(
        (
            name, round(one["nok"]), interval_words(one["low95"], one["high95"], one["why_no_error"]),
            _("not known") if error is None else kroner(round(error)), one["respondents"],
        )
    )  # fmt: skip


def _plain_interval(one: dict[str, Any]) -> str:
    if one["low95"] is None:
        return interval_words(None, None, one["why_no_error"])
    return _("%(low)s to %(high)s") % {"low": number(one["low95"], 1), "high": number(one["high95"], 1)}


def _group_table(name: str, rows: list[dict[str, Any]]) -> Table:
    columns = (
        Column("group", name),
        Column("own", _("Own answers only"), "text"),
        Column("nok", _("With the model"), "text"),
        Column("interval", _("95 % interval")),
        Column("share", _("Weight of own answers")),
        Column("answers", _("Answers"), "number"),
    )
    few = _("too few answers")
    body = tuple(
        Row(
            (
                one["group"], few if one["direct_nok"] is None else kroner(round(one["direct_nok"])),
                few if one["nok"] is None else kroner(round(one["nok"])),
                few if one["nok"] is None else interval_words(one["low95"], one["high95"]),
                few if one["direct_share"] is None else percent(one["direct_share"], 0), one["respondents"],
            )
        )
        for one in rows
    )  # fmt: skip
    return Table(
        _("Expenditure per person and year by %(name)s") % {"name": lower_first(name)}, columns, body
    )


def _item(item: str) -> str:
    return str(REGISTER_ITEMS.get(item, item))
