"""What can be drawn on the map: measures and ratios by municipality and year, worked out once a version."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bosett.registry import Registry
from bosett.statistics.ratios import by_year
from bosett.terms.figure import Figure
from bosett_server.queries.figures import Version
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.look.figures import SIGNS, figure_text
from bosett_server.web.look.hexmap import class_bounds
from bosett_server.web.look.numbers import number
from bosett_server.web.statistics.open import cells

MEASURES = ("settled", "voted", "asked", "population")
RATIOS: dict[str, tuple[str, str, int, str | Promise, str | Promise]] = {
    "per": (
        "settled",
        "population",
        10_000,
        gettext_lazy("Settled by 10 000 inhabitants"),
        gettext_lazy("Persons by 10 000 inhabitants"),
    ),
    "asked_per": (
        "asked",
        "population",
        10_000,
        gettext_lazy("Asked for by 10 000 inhabitants"),
        gettext_lazy("Persons by 10 000 inhabitants"),
    ),
    "share": (
        "settled",
        "asked",
        100,
        gettext_lazy("Settled of those asked for, per cent"),
        gettext_lazy("Per cent"),
    ),
}
"""Key -> upper measure, lower measure, by how many, what it is called, its unit."""
KEYS = (*MEASURES, *RATIOS)
ByYear = Mapping[int, Mapping[str, Figure]]
MOST_KEPT = 21
_kept: OrderedDict[tuple[Version, str], tuple[ByYear, tuple[int, ...]]] = OrderedDict()


@dataclass(frozen=True)
class Drawn:
    """One measure on the map: year -> code -> figure, and class bounds that hold for all years."""

    key: str
    name: str
    unit: str
    by_year: ByYear
    bounds: tuple[int, ...]

    @property
    def years(self) -> list[int]:
        """Years that can be drawn, newest first."""
        return sorted(self.by_year, reverse=True)


def name_of(key: str) -> str:
    """What can be chosen."""
    return str(RATIOS[key][3]) if key in RATIOS else cells.measure_name(key)


def asked_measure(query: QueryDict, figures: PublicFigures) -> Drawn:
    """The measure in the address, else the settled."""
    key = query.get("measure", "settled")
    key = key if key in KEYS else "settled"
    years, bounds = _drawn(figures, key)
    return Drawn(key, name_of(key), str(RATIOS[key][4]) if key in RATIOS else _("Persons"), years, bounds)


def codes() -> list[str]:
    """Every municipality of today, in order of code."""
    return [str(one.code) for one in sorted(Registry.shipped().all_municipalities, key=lambda one: one.code)]


def finding(drawn: Drawn, year: int) -> str:
    """What the map shows to be so."""
    held = {code: figure.value for code, figure in drawn.by_year[year].items() if figure.value is not None}
    if not held:
        return _("No number is shown for %(year)s") % {"year": year}
    most = max(held, key=lambda code: (held[code], code))
    told = {
        "year": year,
        "name": Registry.shipped().municipality(most).name,
        "number": number(held[most]),
        "count": number(sum(1 for value in held.values() if value > 0)),
        "all": number(357),
    }
    words = _(
        "%(year)s: %(count)s of %(all)s municipalities are above zero; %(name)s has the highest, %(number)s"
    )
    return words % told


def measure_line(drawn: Drawn, year: int) -> str:
    """What is measured."""
    told = {"measure": drawn.name, "year": year}
    return _("%(measure)s in %(year)s. The classes hold for every year.") % told


def frame(drawn: Drawn, year: int) -> dict[str, object]:
    """One year for the slider: the words, and class, text, sign and state of each cell in order of code."""
    held = drawn.by_year[year]
    return {
        "finding": finding(drawn, year),
        "measure": measure_line(drawn, year),
        "cells": [_cell(drawn, held.get(code, cells.NOTHING)) for code in codes()],
    }


def _cell(drawn: Drawn, figure: Figure) -> list[object]:
    if figure.value is not None:
        return [bisect_left(drawn.bounds, figure.value) + 1, figure_text(figure), "", ""]
    return [0, figure_text(figure), SIGNS[figure.state].sign, figure.state.value]


def _drawn(figures: PublicFigures, key: str) -> tuple[ByYear, tuple[int, ...]]:
    """The measure's figures and class bounds, worked out once for each version of the figures."""
    held = _kept.get((figures.version, key))
    if held is None:
        years = _ratios(figures, key) if key in RATIOS else _plain(figures, key)
        every = [one.value for year in years.values() for one in year.values() if one.value is not None]
        held = _kept[figures.version, key] = (years, tuple(class_bounds(every)))
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return held


def _plain(figures: PublicFigures, measure: str) -> dict[int, dict[str, Figure]]:
    found: dict[int, dict[str, Figure]] = {}
    for code, held in figures.municipal(measure).items():
        for year, cell in held.items():
            found.setdefault(year, {})[code] = cells.figure_of(cell)
    return found


def _ratios(figures: PublicFigures, key: str) -> dict[int, dict[str, Figure]]:
    """In whole units, known where both are shown."""
    upper, lower, per, *_words = RATIOS[key]
    wholes = figures.municipal(lower)
    found: dict[int, dict[str, Figure]] = {}
    for code, held in figures.municipal(upper).items():
        for year, one in by_year(held, wholes.get(code, {}), per).items():
            found.setdefault(year, {})[code] = cells.rounded(one)
    return found
