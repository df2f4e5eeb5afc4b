"""The plan's answer as tables, a chart and sentences."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bosett.decisions.commitments import ToldBy
from bosett.decisions.planner import Alternative, Resource
from bosett.terms.figure import Figure
from bosett_server.queries.plan_paper import PlanChoices
from bosett_server.queries.planner import PlanAnswer
from bosett_server.web.look.charts import Bar, BarList, Caption
from bosett_server.web.look.dates import month_words
from bosett_server.web.look.numbers import kroner, number
from bosett_server.web.look.tables import Column, Row, Table
from bosett_server.words.planner_codes import KINDS, RESOURCES, TOLD_BY


def names(resources: Iterable[Resource]) -> str:
    """Resources with commas; a dash for none."""
    told = [str(RESOURCES[one]) for one in resources]
    return ", ".join([told[0], *(one[:1].lower() + one[1:] for one in told[1:])]) if told else "–"


def finding(answer: PlanAnswer) -> str:
    """The answer in one sentence."""
    capacity = answer.capacity
    if capacity is None:
        return _("Nothing can be said yet: no resource has numbers for every month.")
    binds = "" if capacity.binds_first is None else str(RESOURCES[capacity.binds_first]).lower()
    if capacity.nothing_left:
        return _("There is no room for more. What stops it is: %(binds)s.") % {"binds": binds}
    told = ngettext("Room for %(count)s person more.", "Room for %(count)s persons more.", capacity.total)
    stops = _("What stops more is: %(binds)s.") % {"binds": binds}
    return f"{told % {'count': number(capacity.total)}} {stops}"


def chart(answer: PlanAnswer) -> BarList | None:
    """Persons that fit by the end of each month."""
    if answer.capacity is None:
        return None
    year = answer.sheet.year
    caption = Caption(
        "plan-months",
        finding(answer),
        _("Most persons who can have come by the end of each month of %(year)s, beside what is promised")
        % {"year": year},
        _("The municipality's own numbers, and the register"),
        modelled=answer.sheet.synthetic,
    )
    bars = tuple(
        Bar(month_words(one.month), Figure.of(one.so_far), modelled=answer.sheet.synthetic)
        for one in answer.capacity.months
    )
    return BarList(caption, bars, _("Month"), _("Persons"))


def months(answer: PlanAnswer) -> Table | None:
    """New persons by month, the sum, and what stops one more."""
    if answer.capacity is None:
        return None
    rows = tuple(
        Row((month_words(one.month), one.new, one.so_far, names(one.binding)))
        for one in answer.capacity.months
    )
    columns = (
        Column("month", _("Month")),
        Column("new", _("Room for new"), "number"),
        Column("so_far", _("In all"), "number"),
        Column("binds", _("Stops one more")),
    )
    return Table(_("Month by month"), columns, rows)


def gains(answer: PlanAnswer) -> Table | None:
    """What one more of each would give."""
    if not answer.gains:
        return None
    rows = tuple(
        Row(
            (
                str(RESOURCES[one.resource]),
                one.more_persons,
                _("Does not help alone") if one.units_for_one is None else number(one.units_for_one),
            )
        )
        for one in answer.gains
    )
    columns = (
        Column("resource", _("Resource")),
        Column("more", _("Persons more with one more each month"), "number"),
        Column("units", _("Needed each month for one person more"), "number"),
    )
    return Table(_("What a little more would give"), columns, rows)


def alternatives(choices: PlanChoices) -> Table:
    """Each number with what it lacks and the grants that follow, as far as rates are known."""
    rows = tuple(
        Row((_kind(one, choices), one.persons, _lacks(one, choices), _known(one)))
        for one in choices.alternatives
    )
    columns = (
        Column("kind", _("Alternative")),
        Column("persons", _("Persons"), "number"),
        Column("lacks", _("Lacks")),
        Column("money", _("Grants in five years, beside none"), "number"),
    )
    return Table(_("The alternatives"), columns, rows)


def money(choices: PlanChoices) -> Table | None:
    """Grants by year for each alternative that somebody comes with."""
    paid = [one for one in choices.alternatives if one.persons]
    if not paid:
        return None
    years = [year for year, _amount in paid[0].money]
    columns = (
        Column("year", _("Year")),
        *(
            Column(
                str(one.persons),
                ngettext("%(count)s person", "%(count)s persons", one.persons)
                % {"count": number(one.persons)},
                "kroner",
            )
            for one in paid
        ),
    )
    rows = tuple(Row((str(year), *(_kroner(dict(one.money)[year]) for one in paid))) for year in years)
    return Table(_("Grants year by year, beside answering none"), columns, rows)


def lacking(answer: PlanAnswer) -> list[str]:
    """Why a resource with numbers is still not counted."""
    told = []
    for one in answer.lacking:
        named = {"resource": RESOURCES[one.resource]}
        if one.use_missing:
            told.append(_("%(resource)s: what one person uses is not given.") % named)
        if one.months:
            first = ", ".join(month_words(month) for month in one.months[:3])
            more = " …" if len(one.months) > 3 else ""
            told.append(_("%(resource)s: no number for %(months)s.") % {**named, "months": first + more})
    return told


def not_known(answer: PlanAnswer) -> str:
    """The resources that nothing is entered of."""
    told = {one.resource for one in answer.lacking} | {one.resource for one in answer.plans}
    missing = [one for one in Resource if one not in told]
    return names(missing) if missing else ""


def counted(answer: PlanAnswer) -> list[tuple[str, int, str, str]]:
    """(who, persons, when they come, from whom it is known and whether a home is held) of what is promised."""
    return [
        (
            str(KINDS[one.commitment.kind]),
            one.commitment.persons,
            pgettext("commitment", "Not known")
            if one.commitment.month is None
            else month_words(one.commitment.month),
            _source(one.commitment.told_by, housed=one.commitment.housed),
        )
        for one in answer.expected
    ]


def commitments(answer: PlanAnswer) -> Table | None:
    """What is promised, as a table."""
    if not answer.expected:
        return None
    columns = (
        Column("kind", _("Who")),
        Column("persons", _("Persons"), "number"),
        Column("month", _("Come")),
        Column("source", _("Known from")),
    )
    return Table(_("Promised already"), columns, tuple(Row(one) for one in counted(answer)))


def _source(told_by: ToldBy, *, housed: bool) -> str:
    words = str(TOLD_BY[told_by])
    return f"{words} · {_('home held')}" if housed else words


def _kind(one: Alternative, choices: PlanChoices) -> str:
    sheet = choices.answer.sheet
    kinds = {
        _("None"): one.persons == 0,
        _("What there is room for"): one.persons == choices.answer.total,
        _("As asked"): one.persons == choices.asked.persons,
        _("Your own number"): one.persons == sheet.own_number,
        _("Recommended"): one.persons == sheet.recommended,
    }
    return ", ".join(words for words, is_so in kinds.items() if is_so)


def _lacks(one: Alternative, choices: PlanChoices) -> str:
    if choices.answer.capacity is None:
        return _("Not worked out: no numbers")
    if one.fits:
        return _("Nothing")
    told = _("%(resource)s: %(units)s from %(month)s")
    return "; ".join(
        told
        % {
            "resource": RESOURCES[lack.resource],
            "units": number(lack.units),
            "month": month_words(lack.month),
        }
        for lack in one.lacks
    )


def _known(one: Alternative) -> str:
    if not one.persons:
        return kroner(0)
    if len(one.years_without_rate) == len(one.money):
        return _("Not known: rates are missing")
    told = kroner(one.money_known)
    return _("%(sum)s in the years with known rates") % {"sum": told} if one.years_without_rate else told


def _kroner(amount: int | None) -> object:
    return _("rate missing") if amount is None else amount
