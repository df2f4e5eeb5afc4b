"""Which pairs are not allowed, and by which rule: codes that a page turns into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bosett.placement.problem import BlockTable, Exclusion
from bosett.placement.score import HouseholdFacts, MunicipalityFacts

DECLINED_BEFORE = "declined_before"
TAKES_NO_MINORS = "takes_no_unaccompanied_minors"
OTHER_NEED = "other_need"
"""An exclusion for safety has this code for everybody but named users, whoever reads it."""


@dataclass(frozen=True)
class RuleFacts:
    """What the rules of exclusion ask about beside the facts of the score.

    Parameters
    ----------
    hard_needs
        Needs that must be covered; the others only count in the score.
    declined, unsafe
        (household, municipality) pairs.
    minors, takes_minors
        Households of unaccompanied minors, and municipalities that have said yes to them.
    """

    hard_needs: frozenset[str] = frozenset()
    declined: frozenset[tuple[str, str]] = frozenset()
    unsafe: frozenset[tuple[str, str]] = frozenset()
    minors: frozenset[str] = frozenset()
    takes_minors: frozenset[str] = frozenset()


def excluding_rules(
    household: HouseholdFacts, municipality: MunicipalityFacts, facts: RuleFacts
) -> tuple[str, ...]:
    """Every rule that forbids the pair, sorted; empty = allowed."""
    pair = (household.household_id, municipality.municipality_id)
    lacking = (household.needs & facts.hard_needs) - municipality.services
    found = {f"lacks_{need}" for need in lacking}
    found |= {DECLINED_BEFORE} if pair in facts.declined else set()
    found |= {OTHER_NEED} if pair in facts.unsafe else set()
    no_minors = pair[0] in facts.minors and pair[1] not in facts.takes_minors
    found |= {TAKES_NO_MINORS} if no_minors else set()
    return tuple(sorted(found))


def block_table(
    households: Sequence[HouseholdFacts], municipalities: Sequence[MunicipalityFacts], facts: RuleFacts
) -> BlockTable:
    """The exclusions of all pairs, each with its rules."""
    return BlockTable.of(
        _exclusions(households, municipalities, facts),
        [one.household_id for one in households],
        [one.municipality_id for one in municipalities],
    )


def _exclusions(
    households: Sequence[HouseholdFacts], municipalities: Sequence[MunicipalityFacts], facts: RuleFacts
) -> Iterable[Exclusion]:
    for household in households:
        for municipality in municipalities:
            for rule in excluding_rules(household, municipality, facts):
                yield Exclusion(household.household_id, municipality.municipality_id, rule)
