"""The overview's pictures: the funnel from asked to settled, and the map of answers."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bosett.agreement.names import source_name
from bosett.terms.figure import Figure
from bosett_server.queries.decision_lines import Line
from bosett_server.queries.decision_overview import Overview
from bosett_server.web.look.charts import Caption, Funnel, Stage
from bosett_server.web.look.dates import date_words
from bosett_server.web.look.hexmap import HexMap, HexValue, places
from bosett_server.web.look.language import reading_language
from bosett_server.web.look.numbers import number


def funnel(told: Overview, need: Figure) -> Funnel:
    """Need, asked, voted, agreed, settled for the country, each gap with its name."""
    country = told.country
    return Funnel(
        Caption(
            "funnel",
            _funnel_finding(told),
            _("Persons, all municipalities, as of %(day)s") % {"day": date_words(told.known.day)},
            _("Requests: %(source)s. Vedtak, agreed and settled: this service.") % {"source": _source(told.source)},
            modelled=country.modelled,
        ),
        (
            Stage(_("Need"), need),
            Stage(pgettext("stage", "Asked"), country.asked, _("not asked for"), _("more than the need")),
            Stage(pgettext("stage", "Voted"), country.voted, _("not voted"), _("more than asked"), country.modelled),
            Stage(pgettext("stage", "Agreed"), country.agreed, _("not agreed yet"), _("more than voted")),
            Stage(pgettext("stage", "Settled"), country.settled, _("not settled yet"), _("more than agreed")),
        ),
        _("Persons"),
    )  # fmt: skip


def _funnel_finding(told: Overview) -> str:
    country = told.country
    if country.asked.value is None:
        return _("Nobody is asked yet")
    if country.voted.value is None:
        return _("No vedtak is in force yet")
    facts = {"voted": number(country.voted.value), "asked": number(country.asked.value)}
    return _("%(voted)s of the %(asked)s persons asked for are voted") % facts


def answer_map(told: Overview, lines: tuple[Line, ...]) -> HexMap:
    """Each municipality's vedtak in per cent of what it was asked for; what has no number says why."""
    cells = places()
    values = tuple(
        HexValue(line.code, line.name, _share(line), f"/municipalities/{line.code}/")
        for line in lines
        if line.code in cells
    )
    fewer = sum(1 for line in lines if (line.gap or 0) < 0)
    caption = Caption(
        "answers-map",
        ngettext(
            "%(count)s municipality has voted for fewer than it was asked",
            "%(count)s municipalities have voted for fewer than they were asked",
            fewer,
        )
        % {"count": number(fewer)},
        _("Vedtak in force in per cent of the request, as of %(day)s") % {"day": date_words(told.known.day)},
        _("Requests: %(source)s. Vedtak: this service.") % {"source": _source(told.source)},
        modelled=told.country.modelled,
    )
    return HexMap(caption, values, _("Municipality"), _("Per cent"))


def _source(title: str) -> str:
    return source_name(title).in_language(reading_language()) if title else "Bosett"


def _share(line: Line) -> Figure:
    if line.asked.value is None:
        return line.asked
    if line.voted.value is None:
        return line.voted
    return Figure.of(round(100 * line.voted.value / line.asked.value)) if line.asked.value else line.voted
