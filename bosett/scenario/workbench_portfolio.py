"""Which ordinary places to hold in contracts: the best rule for the chain's draws, beside today's rule."""

from __future__ import annotations

from dataclasses import dataclass

from bosett.scenario.assumptions import ChainAssumptions
from bosett.scenario.portfolio import (
    Demand,
    Prices,
    Rule,
    Worth,
    cost_by_draw,
    implied_short_price,
    newsvendor_share,
    tail_mean,
    worth_of_options,
)
from bosett.scenario.weeks.sweep import Mapper, one_by_one, simulate
from bosett.scenario.weeks.thinning import Thinning
from bosett.scenario.workbench import PLACE_OF, Dials, Start, plan_of

WEEKS_A_PERIOD, BOUND_PERIODS = 4, 4
CHOSEN_ON, TRIED_ON = 100, 400
TAIL = 0.95
HELD = "ordinary"


@dataclass(frozen=True)
class RuleCost:
    """A rule's cost over the whole time in kroner: means, P95, and the mean of the dearest 5 in 100 draws.

    Parameters
    ----------
    short_nok
        Places bought in need, and standby kept and called.
    """

    rule: Rule
    total_nok: float
    empty_nok: float
    short_nok: float
    p95_nok: float
    tail_nok: float


@dataclass(frozen=True)
class Portfolio:
    """Today's rule and the best one on draws that neither was chosen on.

    Parameters
    ----------
    worth
        What each part of the best rule is worth.
    held_share, implied_nok
        The quantile of residents that prices alone would hold places for; and the price of a missing place at which
        today's share of places in use would be right.
    """

    today: RuleCost
    best: RuleCost
    worth: tuple[Worth, ...]
    prices: Prices
    held_share: float
    implied_nok: float
    weeks: int
    tried_on: int


def shipped_prices(told: ChainAssumptions | None = None) -> Prices:
    """The prices of ordinary places in the table of assumptions."""
    table = told or ChainAssumptions.shipped()
    return Prices(
        table.of(HELD, "price_occupied_nok"), table.of(HELD, "price_empty_nok"), table.of("standby", "fee_nok"),
        table.of("standby", "call_nok"), table.of(HELD, "price_short_nok"),
    )  # fmt: skip


def best_portfolio(
    start: Start, dials: Dials, prices: Prices, tail_weight: float, seed: int = 1, mapper: Mapper = one_by_one
) -> Portfolio:
    """Choose a rule on some draws of the chain and try it on others.

    The same start, dials, prices, weight and seed give the same answer.

    Parameters
    ----------
    tail_weight
        0 = the mean cost alone, 1 = only the dearest draws.

    Raises
    ------
    BadInput
        If prices or the weight do not go together.
    NoAnswer
        If the solver does not prove an optimum.
    """
    plan = plan_of(start, dials, ChainAssumptions.shipped())
    sweep = simulate(plan, CHOSEN_ON + TRIED_ON, seed, Thinning.AUTO, mapper)
    groups = [sweep.row(("in_reception", name)) for name, kind in PLACE_OF.items() if kind == HELD]
    residents = sum(groups[1:], groups[0])[::WEEKS_A_PERIOD].astype(float)
    clock = (7 * WEEKS_A_PERIOD, 1, BOUND_PERIODS)
    known, tried = Demand(residents[:, :CHOSEN_ON], *clock), Demand(residents[:, CHOSEN_ON:], *clock)
    best, worth = worth_of_options(known, tried, prices, tail_weight=tail_weight, tail_level=TAIL)
    today = Rule(0, 1 + Dials().buffer, 0)
    held = (prices.occupied_nok, prices.empty_nok)
    return Portfolio(
        _cost(tried, today, prices), _cost(tried, best, prices), worth, prices,
        newsvendor_share(*held, prices.short_nok), implied_short_price(*held, 1 / (1 + Dials().buffer)),
        dials.weeks, TRIED_ON,
    )  # fmt: skip


def _cost(demand: Demand, rule: Rule, prices: Prices) -> RuleCost:
    told = cost_by_draw(demand, rule, prices)
    total = told["total"]
    short = told["short"] + told["standby_fee"] + told["standby_call"]
    dear = sorted(total)[int(TAIL * (len(total) - 1))]
    return RuleCost(
        rule, float(total.mean()), float(told["empty"].mean()), float(short.mean()), float(dear),
        tail_mean(total, TAIL),
    )  # fmt: skip
