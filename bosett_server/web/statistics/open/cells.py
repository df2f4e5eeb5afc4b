"""Published figures as cells: the number leads to its source, a sum says what it lacks."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.sources.citizenships import name_of_alpha3
from bosett.statistics.breakdown_words import code_name, dimension_name
from bosett.statistics.measures import MEASURES
from bosett.statistics.ratios import Ratio
from bosett.statistics.todays_places import Sum, TodayFigure
from bosett.terms.figure import Figure, State
from bosett.terms.label import Label
from bosett.terms.observation import Breakdown, Observation
from bosett_server.queries.figures import FigureRow
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.look.figures import figure_html
from bosett_server.web.look.language import reading_language
from bosett_server.web.look.numbers import number

NOTHING = Figure.missing(State.NOT_STORED)


def said(label: Label) -> str:
    """A label of the library in the reader's language."""
    return label.in_language(reading_language())


def breakdown_words(breakdown: Breakdown) -> list[tuple[str, str]]:
    """(dimension, code) in words."""
    language = reading_language()
    return [
        (
            dimension_name(dimension).in_language(language),
            name_of_alpha3(code, language)
            if dimension == "citizenship"
            else code_name(dimension, code).in_language(language),
        )
        for dimension, code in breakdown
    ]


def measure_name(measure: str) -> str:
    """What the measure is called."""
    return said(MEASURES[measure].name)


def figure_of(cell: TodayFigure | None) -> Figure:
    """A municipality's figure; a year without one is not stored."""
    if cell is None:
        return NOTHING
    return Figure.of(int(cell.value)) if cell.value is not None else Figure.missing(cell.state)


def figure_of_sum(total: Sum | None) -> Figure:
    """What is shown of a sum, without what it lacks; for charts, which say so beside."""
    if total is None:
        return NOTHING
    if total.value is not None:
        return Figure.of(total.value)
    return Figure.missing(next(iter(total.without), State.NOT_ASKED))


def figure_of_row(row: FigureRow | None) -> Figure:
    """One published figure."""
    if row is None:
        return NOTHING
    value = row.observation.value
    return Figure.of(int(value)) if value is not None else Figure.missing(row.observation.state)


def rounded(one: Ratio) -> Figure:
    """A ratio as a whole number, for charts and maps."""
    return Figure.of(round(one.value)) if one.value is not None else Figure.missing(one.state)


def ratio_cell(one: Ratio, decimals: int = 0) -> SafeString:
    """A ratio; of a sum that lacks a part, that it is at least so much."""
    if one.value is None:
        return figure_html(Figure.missing(one.state))
    told = number(round(float(one.value), decimals), decimals)
    return format_html(
        '<span class="figure">{}</span>', _("at least %(n)s") % {"n": told} if one.at_least else told
    )


def place_cell(figures: PublicFigures, cell: TodayFigure | None, decimals: int = 0) -> SafeString:
    """The figure as a link to its source; one put together from several has its parts beside it."""
    if cell is None:
        return figure_html(NOTHING)
    if len(cell.parts) == 1 and not cell.split and not cell.missing:
        return linked(figures, cell.parts[0], decimals)
    return number_or_sign(cell.value, cell.state, decimals)


def linked(figures: PublicFigures, one: Observation, decimals: int = 0) -> SafeString:
    """A published figure that leads to its source, version and definition."""
    return format_html(
        '<a class="figure-link" href="/statistics/figures/{}/">{}</a>',
        figures.ids[one.key],
        number_or_sign(one.value, one.state, decimals),
    )


def number_or_sign(value: object, state: State, decimals: int = 0) -> SafeString:
    """The number, or the state's sign and word."""
    if value is None:
        return figure_html(Figure.missing(state))
    return format_html('<span class="figure">{}</span>', number(value, decimals))  # type: ignore[arg-type]


def sum_cell(total: Sum | None) -> SafeString:
    """The sum of what is shown; where a place has no number it is told, and the sum is at least that."""
    if total is None or (total.value is None and total.complete):
        return figure_html(figure_of_sum(total))
    lacking = sum(total.without.values())
    if not lacking:
        return number_or_sign(total.value, State.NUMBER)
    words = ngettext("%(count)s without a number", "%(count)s without a number", lacking) % {
        "count": number(lacking)
    }
    shown = (
        figure_html(figure_of_sum(total))
        if total.value is None
        else _("at least %(n)s") % {"n": number(total.value)}
    )
    return format_html('{}<small class="aside aside--below">{}</small>', shown, words)


def parts_cell(figures: PublicFigures, cell: TodayFigure | None) -> SafeString:
    """What a merged figure was published as: each part under its code of the time."""
    if cell is None or (len(cell.parts) < 2 and not cell.missing and not cell.split):
        return SafeString("")
    told = format_html_join(" + ", "{} {}", ((one.place, linked(figures, one)) for one in cell.parts))
    if cell.split:
        return format_html('{} <small class="aside">{}</small>', told, _("divided since"))
    if cell.missing:
        lacks = _("no figure for %(codes)s") % {"codes": ", ".join(cell.missing)}
        return format_html('{} <small class="aside">{}</small>', told, lacks)
    return told
