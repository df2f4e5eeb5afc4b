"""The revision rule by mandate (Nasjonalt utvalg 2016-17, about 2018-21, and none in 2023)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bosett.forecast import RevisionRule, revision_due, revision_rule
from bosett.forecast.explain import explain_revision
from bosett.forecast.result import Revision, RevisionReason
from bosett.rules import Parameters
from bosett.terms.errors import NoRuleInForce
from bosett.terms.source import Source

SOURCE = Source("a mandate")
OF_2016 = RevisionRule("2016-17", SOURCE, rise_persons=750, rise_minors=150)
OF_2018 = RevisionRule("2018-21", SOURCE, change_share=Fraction(1, 10))


@pytest.mark.parametrize(("now", "due"), [(10_750, False), (10_751, True), (2000, False)])
def test_the_mandate_of_2016_asks_for_a_new_division_when_the_need_rises_by_more_than_750(
    now: int, due: bool
) -> None:
    assert revision_due(10_000, now, OF_2016).due is due


def test_a_rise_of_minors_alone_is_enough_under_the_mandate_of_2016() -> None:
    revision = revision_due(10_000, 10_100, OF_2016, first_minors=400, now_minors=551)
    assert revision.reasons == (RevisionReason.MINORS_ROSE,)


def test_minors_that_are_not_known_are_not_judged() -> None:
    assert not revision_due(10_000, 10_000, OF_2016, first_minors=400).due


@pytest.mark.parametrize(
    ("now", "due"), [(9001, False), (9000, True), (10_999, False), (11_000, True), (10_000, False)]
)
def test_the_mandate_of_2018_asks_at_a_change_of_a_tenth_either_way(now: int, due: bool) -> None:
    assert revision_due(10_000, now, OF_2018).due is due


def test_a_need_that_rises_from_nothing_is_a_change() -> None:
    assert revision_due(0, 1, OF_2018).due
    assert not revision_due(0, 0, OF_2018).due


def test_a_mandate_without_a_limit_gives_no_rule_and_no_guess() -> None:
    with pytest.raises(NoRuleInForce):
        revision_due(1, 2, RevisionRule("2023", SOURCE))


def test_the_rules_in_force_are_those_of_the_mandates() -> None:
    shipped = Parameters.shipped()
    in_2017 = revision_rule(shipped, date(2017, 6, 1))
    assert (in_2017.rise_persons, in_2017.rise_minors, in_2017.change_share) == (750, 150, None)
    in_2020 = revision_rule(shipped, date(2020, 6, 1))
    assert (in_2020.rise_persons, in_2020.rise_minors, in_2020.change_share) == (None, None, Fraction(1, 10))
    with pytest.raises(NoRuleInForce):
        revision_rule(shipped, date(2026, 3, 1))


def test_the_cut_of_june_2016_and_the_rise_of_2019_by_the_rules_of_their_time() -> None:
    # Need 18 000 -> 16 000 in June 2016: a fall is not in that mandate.  5 120 -> 3 602 in 2020 is.
    assert not revision_due(18_000, 16_000, OF_2016).due
    assert revision_due(5120, 3602, OF_2018).reasons == (RevisionReason.PERSONS_CHANGED,)


def test_a_revision_without_a_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="does not go with"):
        Revision(True, (RevisionReason.WITHIN_LIMITS,), "2016-17")


def test_every_reason_is_told() -> None:
    revision = revision_due(100, 2000, OF_2016, first_minors=0, now_minors=200)
    assert [one.key for one in explain_revision(revision)] == [
        "forecast.revision.persons_rose",
        "forecast.revision.minors_rose",
    ]
