"""Pressure on housing and services: what there is, from shown figures, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bosett.statistics.ratios import ratio
from bosett.statistics.todays_places import TodayFigure
from bosett.terms.figure import Figure, State
from bosett.terms.observation import breakdown_of
from bosett_server.queries.statistics_public import PublicFigures
from bosett_server.web.statistics.open import cells

FULLY = breakdown_of(work_status="fully")
YEARS = (2022, 2023, 2024, 2025)
PER = 10_000


@dataclass(frozen=True)
class Indicator:
    """One indicator of one municipality: its name, its cell, the year it speaks of."""

    key: str
    name: str
    cell: SafeString
    year: int | None


MISSING: tuple[tuple[str | Promise, str | Promise], ...] = (
    (
        _("Homes: vacant, for rent, municipal, waiting list"),
        _("No open figures for every municipality were found; the municipality states its own."),
    ),
    (_("Places in kindergarten and school"), _("KOSTRA holds them; they can be imported by the template.")),
    (
        _("Results of the introduction programme"),
        _("Published by Statistics Norway with small numbers hidden; not loaded yet."),
    ),
    (
        _("Registered unemployed"),
        _("Stored for the country, the counties and the municipalities of Telemark only."),
    ),
    (_("Travel time to hospital, school and work"), _("No open source for every municipality was found.")),
)


def per_inhabitants(figures: PublicFigures, code: str) -> Figure:
    """Settled in the four years by 10 000 inhabitants of the last; known only when every year is."""
    held = figures.municipal("settled").get(code, {})
    settled = [held.get(year) for year in YEARS]
    without = next((cells.figure_of(one) for one in settled if one is None or one.value is None), None)
    if without is not None:
        return without
    whole = TodayFigure(State.NUMBER, sum(int(one.value or 0) for one in settled if one))
    return cells.rounded(ratio(whole, figures.municipal("population").get(code, {}).get(YEARS[-1]), PER))


def latest(figures: PublicFigures, code: str) -> list[Indicator]:
    """Every indicator of a municipality, as it was last measured."""
    found = [Indicator("settled", str(NAMES["settled"]), _shown(per_inhabitants(figures, code)), YEARS[-1])]
    for key, (measure, breakdown, decimals) in READ.items():
        held = figures.municipal(measure, breakdown).get(code, {})
        year = max(held, default=None)
        if year is not None:
            found.append(
                Indicator(key, str(NAMES[key]), cells.place_cell(figures, held[year], decimals), year)
            )
    return found


def _shown(figure: Figure) -> SafeString:
    return cells.number_or_sign(figure.value, figure.state)


READ: dict[str, tuple[str, tuple[tuple[str, str], ...], int]] = {
    "population": ("population", (), 0),
    "without_gp": ("patients_without_gp_share", (), 1),
    "gp_reserve": ("gp_reserve_capacity", (), 0),
    "unemployed": ("unemployed_share", FULLY, 1),
    "refugees": ("refugees_resident", (), 0),
}
NAMES: dict[str, str | Promise] = {
    "settled": _("Settled 2022–2025 by 10 000 inhabitants"),
    "population": _("Inhabitants"),
    "without_gp": _("Without a regular GP, per cent"),
    "gp_reserve": _("GP lists: places by 100 patients"),
    "unemployed": _("Fully unemployed, per cent"),
    "refugees": _("Refugees living here"),
}


def value_of(figures: PublicFigures, key: str) -> Callable[[str], object]:
    """Code -> the number to sort by, None where there is none."""
    if key == "settled":
        return lambda code: per_inhabitants(figures, code).value
    measure, breakdown, _decimals = READ[key]
    held = figures.municipal(measure, breakdown)
    return lambda code: held[code][max(held[code])].value if held.get(code) else None
