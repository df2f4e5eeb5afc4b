"""The formula that would reproduce a year's published requests best: fitted, never known."""

from __future__ import annotations

from functools import cache

import numpy as np

from bosett.distribution.fit import FittedFormula, fit_formula
from bosett.registry import Registry
from bosett.sources.anmodning import shipped_round
from bosett.sources.vote_figures import shipped_panel
from bosett.terms.errors import NoAnswer
from bosett.terms.groups import Group

FITTED_YEARS = (2024, 2025, 2026)
NEWEST_POPULATION = 2026
COLUMNS = ("population", "even_part", "settled_before")


@cache
def fitted_requests(year: int) -> FittedFormula:
    """The requests of a year by population, an even part for each, and what was settled the year before.

    Municipalities whose settlement of the year before is not known are left out of the fit.

    Raises
    ------
    NoAnswer
        If no municipal requests of the year are stored.
    """
    if year not in FITTED_YEARS:
        raise NoAnswer("requests", f"no published requests of {year} to fit a formula to")
    registry = Registry.shipped()
    requests = {one.municipality: one.asked for one in shipped_panel() if one.year == year and one.asked}
    if not requests:
        rows = shipped_round(year).rows
        requests = {str(row.municipality_id): asked for row in rows if (asked := row.figure(Group.ALL).value)}
    settled = {
        one.municipality: float(one.settled)
        for one in shipped_panel()
        if one.year == year - 1 and one.settled is not None
    }
    known = {code: asked for code, asked in requests.items() if code in settled and asked}
    people = {
        code: float(registry.population(code, min(year, NEWEST_POPULATION)).value or 0) for code in known
    }
    candidates = {
        "population": people,
        "even_part": dict.fromkeys(known, 1.0),
        "settled_before": {code: settled[code] for code in known},
    }
    return fit_formula(known, candidates, np.random.default_rng(year))
