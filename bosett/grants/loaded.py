"""Rates that somebody has loaded, beside those that come with the version: one history of each rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bosett.grants.rate_table import WITHOUT_VALUE
from bosett.rules.parameters import Parameters
from bosett.rules.series import Entry, Series
from bosett.rules.value import Certainty, Validity
from bosett.terms.source import Source


@dataclass(frozen=True)
class LoadedRate:
    """One rate of one calendar year, as an official table gave it."""

    rule: str
    year: int
    nok: int
    source: Source
    certainty: Certainty = Certainty.SOURCE
    note: str = ""


def with_loaded(parameters: Parameters, loaded: Iterable[LoadedRate]) -> Parameters:
    """The parameters with the loaded rates among them; the ones given stay as they are.

    Promise: what was published last counts, whichever was loaded or shipped first; of two from the same
    day the loaded one counts, and of two loaded the later.  A rate that no rule asks for is left out.
    """
    series = dict(parameters.series)
    for one in loaded:
        if one.rule in series or one.rule in WITHOUT_VALUE:
            series[one.rule] = _with(series.get(one.rule), one)
    return Parameters(series)


def _with(series: Series | None, rate: LoadedRate) -> Series:
    entry = Entry(date(rate.year, 1, 1), rate.nok, rate.source, rate.certainty, rate.note)
    if series is None:
        label = WITHOUT_VALUE[rate.rule]
        return Series(rate.rule, label, "NOK per person per year", Validity.CALENDAR_YEAR, (entry,))
    return replace(series, entries=tuple(sorted((*series.entries, entry), key=_order)))


def _order(entry: Entry) -> tuple[date, date]:
    """By the day it holds from, then by the day it was published; without that day it counts as always known."""
    return entry.start, entry.source.published or date.min
