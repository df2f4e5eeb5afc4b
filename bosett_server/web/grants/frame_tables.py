"""A frame as tables and a drawing: every sum with its interval, what is assumed marked as assumed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.grants.frame_result import FrameYear, Spread
from bosett.grants.frame_words import word
from bosett.terms.figure import Figure, State
from bosett_server.queries.grant_frames import FrameShown
from bosett_server.web.look.charts import BarList, Caption
from bosett_server.web.look.charts.bars import Bar
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.language import current_language
from bosett_server.web.look.numbers import kroner, number
from bosett_server.web.look.tables import Column, Row, Table

UNKNOWN = "?"
FEW_MILLIONS, IN_MILLIONS = 100_000_000, 1_000_000_000


@dataclass(frozen=True)
class Other:
    """One alternative side by side with the others."""

    number: int
    name: str
    total: str
    difference: str
    years: list[tuple[int, str]]


def years(shown: FrameShown) -> Table:
    """The sum of each year, with the interval that nine of ten courses lie in."""
    columns = (
        Column("year", pgettext("grants", "Year")),
        Column("likely", pgettext("grants", "Likely"), "kroner"),
        Column("interval", pgettext("grants", "9 of 10 times between")),
    )
    rows = tuple(Row((str(one.year), _likely(one.nok), _between(one.nok))) for one in shown.frame.years)
    return Table(_("Grants by year"), columns, rows)


def lines(shown: FrameShown) -> Table:
    """What the sums are made of, by year, origin and scheme."""
    columns = (
        Column("year", pgettext("grants", "Year")),
        Column("origin", pgettext("grants", "For")),
        Column("scheme", pgettext("grants", "Scheme")),
        Column("persons", pgettext("grants", "Persons"), "number"),
        Column("likely", pgettext("grants", "Likely"), "kroner"),
        Column("interval", pgettext("grants", "9 of 10 times between")),
        Column("mark", pgettext("grants", "Mark")),
    )
    rows = tuple(
        Row(
            (
                str(one.year), _word(one.origin.value), _word(one.scheme), _persons(one.persons),
                _likely(one.nok), _between(one.nok),
                _("a rate is assumed") if one.assumed else _("rates from sources"),
            ),
            label=f"{one.year} {_word(one.origin.value)} {_word(one.scheme)}",
        )
        for one in shown.frame.lines
    )  # fmt: skip
    return Table(_("What the sums are made of"), columns, rows)


def residents(shown: FrameShown) -> Table:
    """Innbyggertilskudd: who is counted, on which day, and kroner when an amount is given."""
    columns = (
        Column("year", pgettext("grants", "Year")),
        Column("counted", pgettext("grants", "Counted on")),
        Column("persons", pgettext("grants", "Persons"), "number"),
        Column("persons_interval", pgettext("grants", "9 of 10 times between")),
        Column("nok", pgettext("grants", "Kroner"), "kroner"),
    )
    rows = tuple(
        Row(
            (
                str(one.year), date_digits(one.counted_on), number(round(one.persons.likely)),
                _persons_between(one.persons), _likely(one.nok),
            )
        )
        for one in shown.frame.residents
    )  # fmt: skip
    return Table(_("Innbyggertilskudd"), columns, rows)


def unused(shown: FrameShown) -> Table | None:
    """Places voted for that nobody comes to, and who carries them; None without a vote."""
    if not shown.frame.unused:
        return None
    columns = (
        Column("year", pgettext("grants", "Year")),
        Column("voted", pgettext("grants", "Voted"), "number"),
        Column("places", pgettext("grants", "Unused places"), "number"),
        Column("interval", pgettext("grants", "9 of 10 times between")),
        Column("cost", pgettext("grants", "Cost"), "kroner"),
        Column("who", pgettext("grants", "Carried by")),
    )
    rows = tuple(
        Row(
            (
                str(one.year), one.voted, number(round(one.places.likely)), _persons_between(one.places),
                _likely(one.cost_nok), _carrier(one.carried_by, one.compensated_nok),
            )
        )
        for one in shown.frame.unused
    )  # fmt: skip
    return Table(_("Unused places"), columns, rows)


def alternatives(shown: FrameShown) -> list[Other]:
    """0, what was asked, what was voted and the reader's own number, each with its name."""
    found = []
    for one in shown.alternatives:
        names = [
            words
            for words, value in (
                (_("nobody"), 0), (_("as asked"), shown.asked), (_("as voted"), shown.voted),
            )
            if value == one.number
        ]  # fmt: skip
        found.append(
            Other(
                one.number,
                ", ".join(names) or _("your own number"),
                _whole(one.frame.total_nok),
                _whole(one.difference_nok),
                [(year.year, _likely_text(year)) for year in one.frame.years],
            )
        )
    return found


def chart(shown: FrameShown, name: str) -> BarList:
    """A bar a year, from zero; every one is out of a model."""
    first, last = shown.frame.problem.first_year, shown.frame.problem.budget_years[-1]
    told = {"name": name, "first": first, "last": last, "sum": _millions(shown.frame.total_nok)}
    finding = _("%(name)s can count on about %(sum)s million kroner from %(first)s to %(last)s") % told
    if shown.frame.total_nok is None:
        finding = _("What %(name)s can count on cannot be said for every year") % told
    largest = max((one.nok.likely for one in shown.frame.years if one.nok is not None), default=0.0)
    per, measure, unit = _scale(largest)
    caption = Caption(
        "frame", finding[:1].upper() + finding[1:], measure,
        _("Settlements and votes in Bosett; rates by the rates page; the rest is assumed"), modelled=True,
    )  # fmt: skip
    bars = tuple(
        Bar(
            str(one.year),
            Figure.missing(State.UNKNOWN)
            if one.nok is None
            else Figure(State.NUMBER, round(one.nok.likely / per)),
            modelled=True,
        )
        for one in shown.frame.years
    )
    return BarList(caption, bars, pgettext("grants", "Year"), unit)


def _scale(largest: float) -> tuple[int, str, str]:
    """Kroner a step, the measure and the unit: millions where thousands would be too many to read."""
    if largest >= IN_MILLIONS:
        return 1_000_000, _("Likely grants by year, in million kroner"), pgettext("grants", "Million kroner")
    return 1_000, _("Likely grants by year, in thousand kroner"), pgettext("grants", "Thousand kroner")


def _word(key: str) -> str:
    language = current_language()
    return word(key, language if language in ("nb", "nn", "en") else "nb")


def _millions(amount: float | None) -> str:
    """Rounded, since a title has no room for an interval: an estimate is not known to the krone."""
    if amount is None:
        return _("cannot be said")
    return number(amount / 1_000_000, 0 if amount >= FEW_MILLIONS else 1)


def _whole(amount: float | None) -> str:
    return _("cannot be said") if amount is None else kroner(round(amount))


def _likely_text(year: FrameYear) -> str:
    return _whole(None if year.nok is None else year.nok.likely)


def _likely(spread: Spread | None) -> object:
    if spread is None:
        return _mark(_("not known"))
    return kroner(round(spread.likely))


def _between(spread: Spread | None) -> object:
    if spread is None:
        return _mark(_("not known"))
    told = {"low": kroner(round(spread.low)), "high": kroner(round(spread.high))}
    return _("%(low)s and %(high)s") % told


def _persons_between(spread: Spread) -> str:
    if spread.low == spread.high:
        return pgettext("grants", "counted, no estimate")
    told = {"low": number(round(spread.low)), "high": number(round(spread.high))}
    return _("%(low)s and %(high)s") % told


def _persons(persons: float | None) -> object:
    """A likely number of persons; hidden when it would be fewer than five of the settled."""
    return _mark(_("fewer than five"), ":") if persons is None else number(persons, 1)


def _mark(words: str, sign: str = UNKNOWN) -> SafeString:
    return format_html('<span aria-hidden="true">{}</span><span class="ds-sr-only">{}</span>', sign, words)


def _carrier(code: str, compensated: Spread | None) -> str:
    if code == "municipality":
        return _("the municipality: no rule in force pays for it")
    return _("the State in part: %(sum)s") % {"sum": _whole(compensated.likely if compensated else None)}
