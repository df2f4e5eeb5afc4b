"""What a target asks for, as tables: rates, the State's cost by year, who gains and loses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.expenditure.target import GroupCoverage, Range
from bosett.outputs.tables import Cell
from bosett_server.queries.expenditure import RoundRow
from bosett_server.queries.expenditure_scenarios import Followed, ScenarioRow
from bosett_server.web.expenditure.shown import FEW, interval_words, lower_first, share_words
from bosett_server.web.expenditure.shown_estimates import gini_words
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.numbers import number, percent
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.words.expenditure import DIVISIONS, PARTIES

GROUP_PARTS = (("expenditure_5y", "expenditure_nok"), ("left_5y", "left_nok"))
"""What a file has of a group beside its grant, in kroner per person over five years."""


def scenarios_table(rows: Sequence[ScenarioRow]) -> Table | None:
    """The party's own and what is shared; None when there is none."""
    if not rows:
        return None
    columns = (
        Column("name", pgettext("expenditure", "Scenario")),
        Column("party", pgettext("expenditure", "Whose")),
        Column("target", _("Target, per cent")),
        Column("made", pgettext("expenditure", "Made")),
        Column("shared", pgettext("expenditure", "Shared")),
    )
    body = tuple(
        Row(
            (
                one.name, str(PARTIES[one.party]), number(one.target_percent, 1), date_digits(one.made_at),
                date_digits(one.shared_at) if one.shared_at else _("only your own party sees it"),
            ),
            key=str(one.id), href=f"/expenditure/{one.round_id}/target/{one.id}/",
        )
        for one in rows
    )  # fmt: skip
    return Table(_("Scenarios"), columns, body)


def followed_shown(row: RoundRow, result: Mapping[str, Any], found: Followed) -> dict[str, Any]:
    """What the page shows of a target; `unknown` when rates or residence years are not known."""
    if found.told is None:
        return {"unknown": True}
    told = found.told
    return {
        "factor": _factor(told.factor),
        "rates": _rates(result, told.rates_nok),
        "state": _state(told.state_nok),
        "divisions": [
            {
                "more": _division(str(DIVISIONS[name]), one.group_nok),
                "covered": _covered_table(str(DIVISIONS[name]), found.covered[name]),
                "finding": _finding(found.covered[name]),
            }
            for name, one in found.groups.items()
        ],
        "stopped_at": found.stopped_at,
        "gini": gini_words(dict(result)),
        "whole": told.state_nok[row.year],
    }


def file_rows(row: RoundRow, kept: ScenarioRow, found: Followed) -> tuple[list[str], list[list[Cell]]]:
    """The same as rows of a file."""
    columns = ["part", "name", "nok", "low95", "high95", "scenario", "target_percent", "synthetic"]
    mark: list[Cell] = [kept.name, kept.target_percent, row.synthetic]
    if found.told is None:
        return columns, []
    parts = [
        *(("rate", str(year), one) for year, one in found.told.rates_nok.items()),
        *(("state", str(year), one) for year, one in found.told.state_nok.items()),
        *((name, group, one) for name, told in found.groups.items() for group, one in told.group_nok.items()),
        *((f"{name}_{part}", group.group, getattr(group, field)) for name, groups in found.covered.items()
          for group in groups for part, field in GROUP_PARTS),
    ]  # fmt: skip
    body: list[list[Cell]] = [[part, name, *_rounded(one), *mark] for part, name, one in parts]
    for place, one in sorted(found.told.municipality_nok.items()):
        numbers = [FEW, FEW, FEW] if place in found.small else _rounded(one)
        body.append(["municipality", place, *numbers, *mark])
    return columns, body


def _rates(result: Mapping[str, Any], rates: Mapping[int, Range]) -> Table:
    columns = (
        Column("year", _("Residence year")),
        Column("now", _("Rate of the baseline"), "kroner"),
        Column("then", _("Rate at the target"), "kroner"),
        Column("interval", _("95 % interval")),
    )
    body = tuple(
        Row(
            (
                str(year),
                int(result["rates_nok"][str(year)]),
                round(one.value),
                interval_words(one.low95, one.high95),
            )
        )
        for year, one in rates.items()
    )
    return Table(_("Rates per person"), columns, body)


def _state(state: Mapping[int, Range]) -> Table:
    columns = (
        Column("year", pgettext("expenditure", "Year")),
        Column("nok", _("More cost to the State"), "kroner"),
        Column("interval", _("95 % interval")),
    )
    body = tuple(
        Row((str(year), round(one.value), interval_words(one.low95, one.high95)))
        for year, one in state.items()
    )
    return Table(_("What it costs the State, by year"), columns, body)


def _division(name: str, groups: Mapping[str, Range]) -> Table:
    columns = (
        Column("group", name),
        Column("nok", _("More grant"), "kroner"),
        Column("interval", _("95 % interval")),
    )
    body = tuple(
        Row((group, round(one.value), interval_words(one.low95, one.high95)))
        for group, one in sorted(groups.items(), key=lambda pair: (len(pair[0]), pair[0]))
    )
    return Table(_("Who gains or loses, by %(name)s") % {"name": lower_first(name)}, columns, body)


def _covered_table(name: str, groups: Sequence[GroupCoverage]) -> Table | None:
    """Each group's five years against the grant; None where no group has enough answers."""
    if not groups:
        return None
    columns = (
        Column("group", name),
        Column("spent", _("Expenditure over five years"), "kroner"),
        Column("now", _("Covered today")),
        Column("then", _("Covered at the target")),
        Column("left", _("Left of the grant"), "kroner"),
        Column("interval", _("95 % interval")),
    )
    body = tuple(
        Row(
            (
                one.group, round(one.expenditure_nok.value), percent(one.now.value),
                share_words(one.then.value, one.then.low95, one.then.high95), round(one.left_nok.value),
                interval_words(one.left_nok.low95, one.left_nok.high95),
            )
        )
        for one in groups
    )  # fmt: skip
    return Table(
        _("What the grant covers per person, by %(name)s") % {"name": lower_first(name)}, columns, body
    )


def _finding(groups: Sequence[GroupCoverage]) -> str:
    """Which groups surely spend more than they would get, and which surely less."""
    short = [one.group for one in groups if one.left_nok.high95 is not None and one.left_nok.high95 < 0]
    over = [one.group for one in groups if one.left_nok.low95 is not None and one.left_nok.low95 > 0]
    said = []
    if short:
        told = {"groups": ", ".join(short)}
        said.append(
            _("Also at the target these groups spend more than they get, interval and all: %(groups)s.")
            % told
        )
    if over:
        told = {"groups": ", ".join(over)}
        said.append(_("These get more than they spend, interval and all: %(groups)s.") % told)
    return " ".join(said) or _("For no group is it sure whether it gets more or less than it spends.")


def _factor(one: Range) -> str:
    told = {"value": percent(one.value - 1), "low": percent(one.low95 - 1) if one.low95 is not None else "–",
            "high": percent(one.high95 - 1) if one.high95 is not None else "–"}  # fmt: skip
    return _("%(value)s (95 %% interval %(low)s to %(high)s)") % told


def _rounded(one: Range) -> list[Cell]:
    return [None if value is None else round(value) for value in (one.value, one.low95, one.high95)]
