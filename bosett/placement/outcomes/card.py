"""The model card: what the scores are made of, how good they are, and what they may not be used for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.placement.outcomes.calibration import Calibration, fit_calibrated
from bosett.placement.outcomes.cases import FEATURES, PastCase
from bosett.placement.outcomes.estimator import Model
from bosett.placement.outcomes.gain import Gain, modelled_gain
from bosett.placement.outcomes.null_world import NullTest, null_test
from bosett.placement.outcomes.report import GroupRow, fairness_report
from bosett.placement.outcomes.scoring import Aggregation


@dataclass(frozen=True)
class Card:
    """Everything the card says, as values."""

    model: Model
    years: tuple[int, int]
    aggregation: Aggregation
    calibration: Calibration
    groups: tuple[GroupRow, ...]
    gain: Gain
    null: NullTest

    @property
    def may_be_used(self) -> bool:
        """Whether the test on a world without effect passed: no score may be used otherwise."""
        return self.null.passed


def learn(
    cases: Sequence[PastCase],
    municipality_ids: Sequence[str],
    rng: np.random.Generator,
    aggregation: Aggregation = Aggregation.NUMBER,
) -> Card:
    """Learn, and measure everything the card tells."""
    model, calibration = fit_calibrated(cases, municipality_ids, rng)
    years = [one.year for one in cases]
    return Card(
        model,
        (min(years), max(years)),
        aggregation,
        calibration,
        fairness_report(cases, municipality_ids, rng),
        modelled_gain(cases, municipality_ids, rng, aggregation),
        null_test(cases, municipality_ids, rng, aggregation=aggregation),
    )


def card_text(card: Card) -> str:
    """The card in Markdown."""
    gain, null = card.gain, card.null
    groups = [
        f"| {one.group or '(none)'} | {one.cases} | {_percent(one.told)} | {_percent(one.reached)} |"
        for one in card.groups
    ]
    bins = [f"| {one.told:.1%} | {one.reached:.1%} | {one.cases} |" for one in card.calibration.bins]
    spread = ", ".join(f"{one:.2f}" for one in card.model.spread)
    used = "May be used." if card.may_be_used else "MAY NOT BE USED: it sees gains where there are none."
    return "\n".join(
        [
            "# Model card",
            "",
            f"{card.model.cases} adults settled {card.years[0]}-{card.years[1]} in"
            f" {len(card.model.municipality_ids)} municipalities. Knows of an adult: {', '.join(FEATURES)};"
            " nothing else can be given to it. Groups are used in the table below and nowhere else.",
            f"Score of a household: {card.aggregation.value}. Spread between municipalities (log odds, level"
            f" and slopes): {spread}.",
            "",
            f"**Test on itself.** In worlds without an effect of place it reports {null.mean:+.2%} in the mean,"
            f" {null.worst:+.2%} at worst (allowed 2 %). {used}",
            "",
            f"**Gain**, judged by cases that did not help to choose: {gain.share:+.1%}; doubly robust"
            f" {gain.robust:+.1%} with a standard error of {gain.robust_error:.1%}. A model of the past, not a"
            " promise: whom it would help must be shown by a trial.",
            "",
            f"**Calibration**, on cases left out: mean error {card.calibration.error:.1%}.",
            "",
            "| told | reached | adults |",
            "|--:|--:|--:|",
            *bins,
            "",
            "| group | adults | told | reached |",
            "|---|--:|--:|--:|",
            *groups,
            "",
            "**Not for**: deciding whether anybody is settled, ranking persons, or any use without a caseworker"
            " who sees the reasons and can override.",
        ]
    )


def _percent(value: float | None) -> str:
    return "fewer than 30 adults" if value is None else f"{value:.1%}"
