"""Why a municipality is asked for its number: keys and facts."""

from __future__ import annotations

from bosett.distribution.result import Bound, Distribution, MunicipalityShare
from bosett.terms.sentence import Sentence


def explain_share(distribution: Distribution, identifier: str) -> tuple[Sentence, ...]:
    """The number, each criterion's persons, what bounds did, and each group.

    Raises
    ------
    KeyError
        If the municipality is not in the division.
    """
    share = distribution.of(identifier)
    head = Sentence.of(
        "distribution.asked", municipality=identifier, asked=share.asked, need=distribution.need
    )
    if share.bound in (Bound.EXCLUDED, Bound.TOO_SMALL):
        return (head, Sentence.of(f"distribution.bound.{share.bound.value}"))
    criteria = tuple(
        Sentence.of("distribution.from_criterion", column=column, persons=persons)
        for column, persons in share.contributions
    )
    return (head, *criteria, *_changes(share), *_groups(share), *_assumptions(distribution))


def _changes(share: MunicipalityShare) -> tuple[Sentence, ...]:
    told = [Sentence.of("distribution.exact_share", persons=share.exact_share)]
    for cause, persons in share.deductions:
        told.append(Sentence.of("distribution.deduction", cause=cause, persons=persons))
    if share.after_deduction != share.exact_share:
        told.append(Sentence.of("distribution.after_deduction", persons=share.after_deduction))
    if share.bounded_share != share.after_deduction:
        told.append(Sentence.of("distribution.after_bounds", persons=share.bounded_share))
    if share.bound is not Bound.NONE:
        told.append(Sentence.of(f"distribution.bound.{share.bound.value}"))
    return tuple(told)


def _groups(share: MunicipalityShare) -> tuple[Sentence, ...]:
    return tuple(
        Sentence.of("distribution.group", group=group, persons=persons) for group, persons in share.groups
    )


def _assumptions(distribution: Distribution) -> tuple[Sentence, ...]:
    return tuple(Sentence.of("distribution.assumption", assumption=key) for key in distribution.assumptions)
