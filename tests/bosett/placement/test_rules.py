"""Every exclusion carries the rule that makes it."""

from __future__ import annotations

from bosett.placement.rules import RuleFacts, block_table, excluding_rules
from bosett.placement.score import HouseholdFacts, MunicipalityFacts

FAMILY = HouseholdFacts("h1", needs=frozenset({"hospital_near", "kindergarten"}))
SMALL = MunicipalityFacts("5601", frozenset({"kindergarten"}), centrality=6)
LARGE = MunicipalityFacts("0301", frozenset({"kindergarten", "hospital_near"}), centrality=1)


def test_a_hard_need_that_is_not_covered_excludes_and_a_soft_one_does_not() -> None:
    assert excluding_rules(FAMILY, SMALL, RuleFacts(hard_needs=frozenset({"hospital_near"}))) == (
        "lacks_hospital_near",
    )
    assert excluding_rules(FAMILY, SMALL, RuleFacts()) == ()


def test_a_pair_can_be_excluded_by_several_rules_and_all_are_named() -> None:
    pair = frozenset({("h1", "0301")})
    facts = RuleFacts(declined=pair, unsafe=pair, minors=frozenset({"h1"}))
    assert excluding_rules(FAMILY, LARGE, facts) == (
        "declined_before",
        "other_need",
        "takes_no_unaccompanied_minors",
    )


def test_an_exclusion_for_safety_reads_other_need() -> None:
    facts = RuleFacts(unsafe=frozenset({("h1", "0301")}))
    assert block_table([FAMILY], [SMALL, LARGE], facts).codes("h1", "0301") == ("other_need",)
    assert block_table([FAMILY], [SMALL, LARGE], facts).codes("h1", "5601") == ()
