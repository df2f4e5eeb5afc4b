"""The scores that are shown are those that a recount gives."""

from __future__ import annotations

import pytest

from bosett.decisions.kept_scores import kept_scores
from bosett.decisions.vote_scores import score_years
from bosett.sources.vote_figures import shipped_panel


def test_the_shipped_scores_are_those_of_a_recount():
    kept = {one.year: one for one in kept_scores()}
    assert set(kept) == set(range(2015, 2026))
    rules, national = score_years(shipped_panel(), [2016, 2025])
    for score in (one for one in rules if one.rule == "bosett"):
        assert kept[score.year].loss_persons == pytest.approx(score.loss_persons, abs=0.001)
        assert kept[score.year].coverage90 == pytest.approx(score.coverage90, abs=0.0001)
    for sums in national:
        told = kept[sums.year]
        assert (told.asked, told.voted, told.inside) == (sums.asked, sums.voted, sums.inside)
        assert (told.p05, told.p95) == pytest.approx((sums.p05, sums.p95), abs=0.1)


def test_a_year_that_was_missed_is_said_to_be_missed():
    # 2025: IMDi's page has 12,640 asked after the cut, and councils had voted on 18,900.
    assert not next(one for one in kept_scores() if one.year == 2025).inside
