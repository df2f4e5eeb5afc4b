"""Which places to hold: a standing number, a share of last months' residents, and places on standby.

A two-stage stochastic programme.  First stage: three numbers that stand in contracts before anybody
knows what comes.  Second stage, in each draw and period: who is housed where, and what is short.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

import highspy
import numpy as np
from numpy.typing import NDArray

from bosett.terms.errors import BadInput, NoAnswer

Floats = NDArray[np.float64]
COST_ITEMS = ("occupied", "empty", "standby_fee", "standby_call", "short")


@dataclass(frozen=True)
class Prices:
    """Kroner a place and day: held with and without a resident, standby kept and called, bought in need."""

    occupied_nok: float
    empty_nok: float
    standby_fee_nok: float
    standby_call_nok: float
    short_nok: float

    def __post_init__(self) -> None:
        if min(self.occupied_nok, self.empty_nok, self.standby_fee_nok, self.standby_call_nok) < 0:
            raise BadInput("a price below 0", "0 or more kroner a place and day")
        if self.short_nok < self.occupied_nok:
            found = f"a place in need at {self.short_nok:g}, a held one at {self.occupied_nok:g}"
            raise BadInput(found, "a place in need that is not cheaper than a held one")


@dataclass(frozen=True)
class Rule:
    """Places held = standing + share x the most residents in the window of past periods; and standby."""

    standing: float
    share: float
    standby: float

    def __post_init__(self) -> None:
        if min(self.standing, self.share, self.standby) < 0:
            raise BadInput(f"a rule of {self}", "numbers of 0 or more")


@dataclass(frozen=True)
class Demand:
    """Residents by period and draw, and the contracts' clock.

    Parameters
    ----------
    residents
        Shape (periods, draws), >= 0.
    days
        Days a period, >= 1.
    lead
        Periods from order to opening, >= 1.
    bound
        Periods that an order stands at least (lock-in and notice), >= 1.
    """

    residents: Floats
    days: int
    lead: int
    bound: int

    def __post_init__(self) -> None:
        if self.residents.ndim != 2 or not self.residents.size or (self.residents < 0).any():
            raise BadInput("residents that are no table of periods and draws", "persons, 0 or more")
        if min(self.days, self.lead, self.bound) < 1:
            raise BadInput(f"days {self.days}, lead {self.lead}, bound {self.bound}", "1 or more of each")

    @property
    def seen(self) -> Floats:
        """The most residents in the periods that the places of a period were ordered by."""
        periods = len(self.residents)
        out = np.empty_like(self.residents, dtype=float)
        for period in range(periods):
            last = max(0, period - self.lead)
            first = max(0, last - self.bound + 1)
            out[period] = self.residents[first : last + 1].max(axis=0)
        return out


def newsvendor_share(held_nok: float, empty_nok: float, bought_nok: float) -> float:
    """The quantile of residents that a price-only optimum holds places for.

    (bought - held) / (bought - held + empty): what a missing place costs more than a held one, over
    that and what an empty one costs.

    Raises
    ------
    BadInput
        If a bought place is cheaper than a held one, or nothing costs anything.
    """
    missing = bought_nok - held_nok
    if missing < 0 or empty_nok < 0 or missing + empty_nok == 0:
        found = f"held {held_nok:g}, empty {empty_nok:g}, bought {bought_nok:g}"
        raise BadInput(found, "a bought place not cheaper than a held one, and a cost of either")
    return missing / (missing + empty_nok)


def implied_short_price(held_nok: float, empty_nok: float, quantile: float) -> float:
    """The price of a missing place and day at which holding up to this quantile is right.

    Parameters
    ----------
    quantile
        Above 0 and below 1.
    """
    if not 0 < quantile < 1:
        raise BadInput(f"a quantile of {quantile:g}", "above 0 and below 1")
    return held_nok + empty_nok * quantile / (1 - quantile)


def cost_by_draw(demand: Demand, rule: Rule, prices: Prices) -> dict[str, Floats]:
    """Each item's kroner over the whole time, by draw, and their `total`."""
    held = rule.standing + rule.share * demand.seen
    used = np.minimum(demand.residents, held)
    beyond = demand.residents - used
    called = np.minimum(beyond, rule.standby)
    periods = len(held)
    places = {
        "occupied": used.sum(axis=0) * prices.occupied_nok,
        "empty": (held - used).sum(axis=0) * prices.empty_nok,
        "standby_fee": np.full(held.shape[1], rule.standby * periods) * prices.standby_fee_nok,
        "standby_call": called.sum(axis=0) * prices.standby_call_nok,
        "short": (beyond - called).sum(axis=0) * prices.short_nok,
    }
    costs = {item: one * demand.days for item, one in places.items()}
    return {**costs, "total": np.sum(list(costs.values()), axis=0)}


def tail_mean(nok: Floats, level: float) -> float:
    """The mean of the dearest draws beyond a level (conditional value at risk)."""
    most = np.sort(nok)[::-1]
    return float(most[: max(1, round(len(most) * (1 - level)))].mean())


def best_rule(
    demand: Demand, prices: Prices, *, tail_weight: float = 0.0, tail_level: float = 0.95, **fixed: float
) -> Rule:
    """The rule with the least (1 - w) x mean cost + w x mean cost of the dearest draws.

    Parameters
    ----------
    tail_weight, tail_level
        w, 0 to 1; and the level beyond which draws count as the tail, above 0 and below 1.
    fixed
        `standing`, `share` or `standby` held at a number instead of chosen, to see what it is worth.

    Raises
    ------
    NoAnswer
        If the solver does not prove an optimum.
    """
    if not 0 <= tail_weight <= 1 or not 0 < tail_level < 1:
        raise BadInput(f"tail weight {tail_weight}, level {tail_level}", "0 to 1; above 0 and below 1")
    solver = _program(demand, prices, tail_weight, tail_level, fixed)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise NoAnswer("portfolio", f"the solver stopped with {solver.getModelStatus()}")
    standing, share, standby = solver.getSolution().col_value[:3]
    return Rule(max(0.0, standing), max(0.0, share), max(0.0, standby))


def _program(
    demand: Demand, prices: Prices, weight: float, level: float, fixed: dict[str, float]
) -> highspy.Highs:
    """Columns: standing, share, standby, the tail's threshold; excess by draw; used and called by cell."""
    periods, draws = demand.residents.shape
    cells = periods * draws
    solver: highspy.Highs = cast("Any", highspy).Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    lower, upper, cost = _columns(demand, prices, weight, level, fixed)
    solver.addVars(len(lower), lower, upper)
    solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
    seen, residents = demand.seen.ravel(), demand.residents.ravel()
    first_used = 4 + draws
    for cell in range(cells):
        used, called = first_used + cell, first_used + cells + cell
        columns = np.array([0, 1, used], dtype=np.int32)
        solver.addRow(0.0, highspy.kHighsInf, 3, columns, np.array([1.0, seen[cell], -1.0]))
        solver.addRow(
            -highspy.kHighsInf,
            float(residents[cell]),
            2,
            np.array([used, called], dtype=np.int32),
            np.ones(2),
        )
        solver.addRow(0.0, highspy.kHighsInf, 2, np.array([2, called], dtype=np.int32), np.array([1.0, -1.0]))
    if weight:
        _tail_rows(solver, demand, prices)
    return solver


def _columns(
    demand: Demand, prices: Prices, weight: float, level: float, fixed: dict[str, float]
) -> tuple[Floats, Floats, Floats]:
    periods, draws = demand.residents.shape
    cells = periods * draws
    size = 4 + draws + 2 * cells
    lower, upper, cost = np.zeros(size), np.full(size, highspy.kHighsInf), np.zeros(size)
    for place, name in enumerate(("standing", "share", "standby")):
        if name in fixed:
            lower[place] = upper[place] = fixed[name]
    lower[3] = -highspy.kHighsInf
    mean = (1 - weight) / draws
    cost[:3] = mean * np.array(_first_stage(demand, prices).sum(axis=1))
    cost[3], cost[4 : 4 + draws] = weight, weight / ((1 - level) * draws)
    saved_used, saved_called = _savings(demand, prices)
    cost[4 + draws : 4 + draws + cells] = -mean * saved_used
    cost[4 + draws + cells :] = -mean * saved_called
    if not weight:
        lower[3] = upper[3] = 0.0
        upper[4 : 4 + draws] = 0.0
    return lower, upper, cost


def _first_stage(demand: Demand, prices: Prices) -> Floats:
    """Cost in each draw of one standing place, of the whole share and of one standby place; (3, draws)."""
    periods, draws = demand.residents.shape
    held = prices.empty_nok * demand.days
    return np.stack(
        [
            np.full(draws, held * periods),
            held * demand.seen.sum(axis=0),
            np.full(draws, prices.standby_fee_nok * demand.days * periods),
        ]
    )


def _savings(demand: Demand, prices: Prices) -> tuple[float, float]:
    """What a resident costs less in a held place, and in a standby place, than bought in need.

    A held place is paid as empty in the first stage; a resident in it costs the difference.
    """
    used = prices.short_nok - (prices.occupied_nok - prices.empty_nok)
    return used * demand.days, (prices.short_nok - prices.standby_call_nok) * demand.days


def _tail_rows(solver: highspy.Highs, demand: Demand, prices: Prices) -> None:
    """Excess of a draw >= its cost - the threshold."""
    periods, draws = demand.residents.shape
    cells, first_used = periods * draws, 4 + draws
    stage, bought = (
        _first_stage(demand, prices),
        demand.residents.sum(axis=0) * prices.short_nok * demand.days,
    )
    saved_used, saved_called = _savings(demand, prices)
    for draw in range(draws):
        own = np.arange(periods) * draws + draw
        columns = np.concatenate([[0, 1, 2, 3, 4 + draw], first_used + own, first_used + cells + own])
        values = np.concatenate(
            [-stage[:, draw], [1.0, 1.0], np.full(periods, saved_used), np.full(periods, saved_called)]
        )
        solver.addRow(float(bought[draw]), highspy.kHighsInf, len(columns), columns.astype(np.int32), values)


@dataclass(frozen=True)
class Worth:
    """What an option is worth: the mean and the tail cost without it, less with it, in kroner."""

    option: str
    mean_nok: float
    tail_nok: float


def worth_of_options(
    chosen_on: Demand, tried_on: Demand, prices: Prices, *, tail_weight: float, tail_level: float = 0.95
) -> tuple[Rule, tuple[Worth, ...]]:
    """The best rule, and what each of its parts is worth on draws it was not chosen on.

    A negative worth means that the draws it was chosen on promised more than the others held.
    """
    told = {"tail_weight": tail_weight, "tail_level": tail_level}
    best = best_rule(chosen_on, prices, **told)
    whole = cost_by_draw(tried_on, best, prices)["total"]
    found = []
    for option in ("standing", "share", "standby"):
        rule = best_rule(chosen_on, prices, **told, **{option: 0.0})
        without = cost_by_draw(tried_on, replace(rule, **{option: 0.0}), prices)["total"]
        tail = tail_mean(without, tail_level) - tail_mean(whole, tail_level)
        found.append(Worth(option, float(without.mean() - whole.mean()), tail))
    return best, tuple(found)
