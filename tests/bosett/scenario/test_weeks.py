"""The chain in weeks: people are conserved in every draw, chance is right, any number of workers agrees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bosett.scenario.weeks.bands import LEVELS, bands
from bosett.scenario.weeks.chunk import FLOWS
from bosett.scenario.weeks.delays import below_diagonal, expected_ends, kernel, lookup, matrix
from bosett.scenario.weeks.dice import Dice
from bosett.scenario.weeks.municipal import Towns
from bosett.scenario.weeks.places import hold
from bosett.scenario.weeks.plan import (
    Delay,
    FlowGroup,
    KnownContract,
    PlaceKind,
    Policy,
    SettlementPlan,
    SimulationPlan,
)
from bosett.scenario.weeks.sweep import Sweep, simulate
from bosett.scenario.weeks.thinning import Flow, Thinning, Way, ended, split
from bosett.scenario.weeks.workers import pool, threads
from bosett.terms.errors import BadInput

ORDINARY = PlaceKind("ordinary", (KnownContract(400),), 6, 13, 26, 650, 556, 781)
MINORS = PlaceKind("minors", (KnownContract(80),), 6, 13, 26, 1500, 1300, 2000)
LARGE = FlowGroup(
    "collective", (60.0,), Delay(5, 3), Delay(2, 1), Delay(8, 4), "ordinary", 0.1, 0.4, 0.3, 0.95, 100, 50
)
SMALL = FlowGroup("em", (4.0,), Delay(12, 6), Delay(3, 2), Delay(6, 3), "minors", 0.2, 0.0, 0.3, 0.95, 20, 5)
PLAN = SimulationPlan(
    52,
    (LARGE, SMALL),
    SettlementPlan((55.0,), ("em", "collective")),
    (ORDINARY, MINORS),
    (Policy("today"),),
)


def everything(sweep: Sweep) -> dict[tuple[str, str], bytes]:
    rows = {key: sweep.row(key).tobytes() for key in sweep.row_keys()}
    return rows | {("cost", item): nok.tobytes() for (_, item), nok in sweep.costs().items()}


@pytest.mark.parametrize("thinning", Thinning)
def test_people_are_conserved_in_every_draw_and_week(thinning: Thinning) -> None:
    sweep = simulate(PLAN, 300, 1, thinning)
    assert sweep.balance().tolist() == [[0] * 300, [0] * 300]
    # And from the rows that are written: in = settled + left + waiting + in reception.
    total = np.cumsum(sweep.row(("arrivals", "all")), axis=0) + 175
    for flow in ("settled", "left"):
        total -= np.cumsum(sweep.row((flow, "all")), axis=0)
    assert (total == sweep.row(("waiting", "all")) + sweep.row(("in_reception", "all"))).all()


def test_the_same_seed_gives_the_same_and_another_seed_other_draws() -> None:
    first, again, other = (everything(simulate(PLAN, 260, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_gives_the_same_bytes(workers: int) -> None:
    assert everything(simulate(PLAN, 2300, 1)) == everything(simulate(PLAN, 2300, 1, mapper=pool(workers)))


def test_threads_give_the_same_bytes_too() -> None:
    assert everything(simulate(PLAN, 1300, 1)) == everything(simulate(PLAN, 1300, 1, mapper=threads(2)))


def test_the_last_block_is_cut_and_not_another_one() -> None:
    assert simulate(PLAN, 1, 1).row(("arrivals", "em")).shape == (52, 1)
    whole, cut = simulate(PLAN, 250, 1), simulate(PLAN, 7, 1)
    for key in whole.row_keys():
        assert (whole.row(key)[:, :7] == cut.row(key)).all()


def test_expected_arrivals_are_the_plans_whatever_their_spread() -> None:
    came = simulate(PLAN, 4000, 1).row(("arrivals", "collective"))
    assert came.mean() == pytest.approx(60, rel=0.02)


def test_a_policy_that_changes_only_places_meets_exactly_the_same_people() -> None:
    two = replace(PLAN, policies=(Policy("today"), Policy("lean", buffer=0.0)))
    sweep = simulate(two, 250, 1)
    assert (
        sweep.row(("in_reception", "all")).tobytes()
        == simulate(PLAN, 250, 1).row(("in_reception", "all")).tobytes()
    )
    costs = sweep.costs()
    assert (costs["lean", "empty"] <= costs["today", "empty"]).all()
    assert (costs["lean", "short"] >= costs["today", "short"]).all()


def test_faster_settlement_empties_reception() -> None:
    two = replace(PLAN, policies=(Policy("fast", settlement_factor=2.0),))
    fast, slow = simulate(two, 250, 1), simulate(PLAN, 250, 1)
    assert fast.row(("in_reception", "all"))[-1].mean() < slow.row(("in_reception", "all"))[-1].mean()


def test_nobody_is_settled_above_the_weeks_places() -> None:
    sweep = simulate(PLAN, 300, 1)
    assert sweep.row(("settled", "all")).max() <= 55


def test_unused_places_of_a_week_can_be_kept_to_the_end_of_the_year() -> None:
    keep = replace(PLAN, settlement=replace(PLAN.settlement, keep_unused=True, places_per_week=(70.0,)))
    lose = replace(PLAN, settlement=replace(PLAN.settlement, places_per_week=(70.0,)))
    kept, lost = (simulate(plan, 300, 1).row(("settled", "all")).sum(axis=0) for plan in (keep, lose))
    assert kept.mean() > lost.mean()
    assert kept.max() <= 70 * 52


@pytest.mark.parametrize(("mean", "sd"), [(0.7, 0.5), (6.0, 3.0), (20.0, 10.0)])
def test_a_delay_in_whole_weeks_keeps_its_mean_exactly_and_its_spread_but_for_the_rounding(
    mean: float, sd: float
) -> None:
    # A uniform start plus the delay, cut down to weeks: mean d, variance within 1/4 of the delay's own.
    chances = np.array(kernel(Delay(mean, sd)))
    weeks = np.arange(len(chances))
    assert chances.sum() == pytest.approx(1)
    assert chances @ weeks == pytest.approx(mean, abs=1e-3)
    assert chances @ weeks**2 - mean**2 == pytest.approx(sd**2 + 1 / 6, abs=0.02)
    assert lookup(Delay(mean, sd)).mean() == pytest.approx(mean, abs=1e-2)


def test_the_kernel_is_the_gamma_distribution_against_drawn_persons() -> None:
    rng = np.random.default_rng(1)
    drawn = np.floor(rng.random(400_000) + rng.gamma((5 / 3) ** 2, 9 / 5, 400_000)).astype(int)
    seen = np.bincount(drawn, minlength=60)[:20] / drawn.size
    assert np.array(kernel(Delay(5, 3)))[:20] == pytest.approx(seen, abs=0.003)


@pytest.mark.parametrize("way", [Way.PERSONS, Way.NORMAL])
def test_a_stage_has_the_mean_and_the_covariance_of_persons(way: Way) -> None:
    # 400 begin in each of 30 weeks: the sums ended by week w are binomial over cohorts.
    weeks, many = 30, 400
    dice = Dice([np.random.default_rng(seed) for seed in range(16)])
    began = Flow.of(np.full((weeks, dice.draws), many, dtype=np.int32), np.full(weeks, float(many)))
    sums = ended(began, Delay(6, 4), way, dice).sums
    upto = np.cumsum(matrix(Delay(6, 4), weeks).astype(float), axis=0)
    for week in (5, 15, 29):
        chance = upto[week]
        assert sums[week].mean() == pytest.approx(many * chance.sum(), rel=0.002)
        assert sums[week].std() == pytest.approx(np.sqrt(many * (chance * (1 - chance)).sum()), rel=0.05)


def test_expected_thinning_makes_the_spread_too_narrow() -> None:
    steady = replace(PLAN, groups=tuple(replace(group, spread=0.0) for group in PLAN.groups))
    persons, expected = (
        simulate(steady, 1000, 1, thinning).row(("in_reception", "em"))[30:].std(axis=1).mean()
        for thinning in (Thinning.AUTO, Thinning.EXPECTED)
    )
    assert expected < 0.95 * persons


def test_a_split_keeps_its_share_and_never_takes_more_than_there_are() -> None:
    dice = Dice([np.random.default_rng(1)])
    counts = np.full((40, 250), 900, dtype=np.int32)
    for way in Way:
        taken = split(counts, 0.3, way, dice)
        assert taken.mean() == pytest.approx(270, rel=0.005)
        assert (taken <= counts).all()
    assert split(counts, 0.3, Way.NORMAL, dice).std() == pytest.approx(np.sqrt(900 * 0.3 * 0.7), rel=0.05)


@pytest.mark.parametrize(("many", "share"), [(1, 0.3), (12, 0.05), (80, 0.4), (256, 0.03), (900, 0.02)])
def test_chosen_persons_are_binomial(many: int, share: float) -> None:
    dice = Dice([np.random.default_rng(seed) for seed in range(40)])
    taken = dice.binomial(np.full((100, dice.draws), many, dtype=np.int32), share)
    assert taken.mean() == pytest.approx(many * share, rel=0.005)
    assert taken.var() == pytest.approx(many * share * (1 - share), rel=0.01)
    assert taken.min() >= 0
    assert taken.max() <= many


def test_quantiles_are_those_of_numpys_default_rule() -> None:
    rows = np.random.default_rng(2).integers(0, 1000, (5, 333)).astype(np.int32)
    told = bands(rows.copy())
    assert told[:, :7] == pytest.approx(np.quantile(rows, LEVELS, axis=1).T)
    assert told[:, 7] == pytest.approx(rows.mean(axis=1))
    assert told[:, 8] == pytest.approx(rows.std(axis=1, ddof=1))


def test_places_open_after_the_lead_time_and_close_after_notice_and_lock_in() -> None:
    # 100 residents from week 2 on, none before and none from week 10: ordered in week 3 (last week's
    # residents are seen), open in week 5, locked for 4 weeks, notice in week 11, closed in week 14.
    residents = np.zeros((20, 1), dtype=np.int32)
    residents[2:10] = 100
    kind = PlaceKind("ordinary", (), 2, 3, 4, 10, 8, 20)
    held = hold(residents, kind, Policy("p", buffer=0.1))
    assert held.open[:, 0].tolist() == [0] * 5 + [110] * 9 + [0] * 6
    assert held.short[:, 0].tolist() == [0, 0] + [100] * 3 + [0] * 15
    assert held.costs_nok["occupied"][0] == 5 * 100 * 7 * 10
    assert held.costs_nok["empty"][0] == (5 * 10 + 4 * 110) * 7 * 8
    assert held.costs_nok["short"][0] == 3 * 100 * 7 * 20


def test_a_contract_with_an_end_closes_by_itself_and_a_locked_one_cannot_be_given_up() -> None:
    contracts = (KnownContract(50, -4, 3), KnownContract(30, -4, None, 8), KnownContract(20, 5))
    kind = PlaceKind("ordinary", contracts, 1, 1, 0, 10, 8, 20)
    held = hold(np.zeros((12, 1), dtype=np.int32), kind, Policy("p", buffer=0.0))
    assert held.open[:, 0].tolist() == [80, 80, 80, 30, 30, 50, 30, 30, 30, 0, 0, 0]


def test_standby_is_called_before_anything_is_short() -> None:
    residents = np.full((4, 1), 100, dtype=np.int32)
    kind = PlaceKind("ordinary", (KnownContract(60),), 9, 9, 0, 10, 8, 20)
    policy = Policy("p", buffer=0.0, standby={"ordinary": 30}, standby_fee_nok=1, standby_call_nok=12)
    held = hold(residents, kind, policy)
    assert held.short[:, 0].tolist() == [10] * 4
    assert held.costs_nok["standby_fee"][0] == 30 * 28
    assert held.costs_nok["standby_call"][0] == 30 * 28 * 12


def test_a_policy_that_can_never_meet_demand_is_refused_and_says_by_how_much() -> None:
    capped = replace(PLAN, policies=(Policy("tiny", most_places={"minors": 3}),))
    with pytest.raises(BadInput, match=r"policy tiny: at most 3 places of minors.*needs \d+ more"):
        simulate(capped, 250, 1)


def test_municipal_settlements_sum_to_the_whole_and_stay_below_each_municipalitys_places() -> None:
    rng = np.random.default_rng(3)
    centre = rng.integers(5, 60, (1, 40)).astype(float)
    spread = np.stack([centre * share for share in (0.6, 0.9, 1.0, 1.0, 1.2)], axis=2)
    towns = Towns(tuple(f"{1100 + n}" for n in range(40)), spread)
    sweep = simulate(PLAN, 300, 1, towns=towns)
    settled = sweep.municipal()
    assert settled is not None
    assert (settled.sum(axis=2) == sweep.row(("settled", "all"))).all()
    assert (settled.sum(axis=0) <= np.ceil(spread[0, :, 4]) + 1).all()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"place": "hotel"}, "place 'hotel' of group em"),
        ({"refused_share": 1.2}, "refused_share of em: 1.2"),
        ({"arrivals_per_week": (-1.0,)}, "arrivals of em"),
        ({"persistence": 1.0}, "em: persistence 1.0"),
    ],
)
def test_a_group_that_cannot_be_is_refused_by_name(change: dict[str, object], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        replace(PLAN, groups=(LARGE, replace(SMALL, **change)))  # type: ignore[arg-type]


def test_the_order_of_settlement_holds_each_group_once() -> None:
    with pytest.raises(BadInput, match="order"):
        replace(PLAN, settlement=SettlementPlan((1.0,), ("em",)))
    assert FLOWS == ("arrivals", "decided", "settled", "left")


@pytest.mark.parametrize("weeks", [1, 7, 52, 53, 260])
def test_a_product_without_the_zeros_is_the_whole_product(weeks: int) -> None:
    rng = np.random.default_rng(1)
    lower = np.tril(rng.random((weeks, weeks))).astype(np.float32)
    columns = rng.random((weeks, 5)).astype(np.float32)
    assert below_diagonal(lower, columns) == pytest.approx(lower @ columns, rel=1e-5)
    delay = Delay(6, 4)
    assert expected_ends(delay, columns) == pytest.approx(matrix(delay, weeks) @ columns, rel=1e-5)
