"""The need in sentences: keys and facts."""

from __future__ import annotations

from bosett.forecast.result import Need, Revision
from bosett.terms.sentence import Sentence


def explain_need(need: Need) -> tuple[Sentence, ...]:
    """The need, each of its parts, and how the interval was made."""
    persons = need.persons
    head = Sentence.of(
        "forecast.need",
        year=need.year,
        group=need.group.value,
        as_of=need.as_of,
        low=persons.low,
        point=persons.point,
        high=persons.high,
    )
    parts = tuple(
        Sentence.of(
            f"forecast.part.{part.key}",
            low=part.persons.low,
            point=part.sign * part.persons.point,
            high=part.persons.high,
        )
        for part in need.parts
    )
    interval = Sentence.of(f"forecast.interval.{need.combination.value}", level=need.level)
    cut = (Sentence.of("forecast.low_was_cut"),) if need.low_was_cut else ()
    return (head, *parts, interval, *cut)


def explain_revision(revision: Revision) -> tuple[Sentence, ...]:
    """Each reason for a new division, or that the change lies within the limits."""
    return tuple(
        Sentence.of(f"forecast.revision.{reason.value}", mandate=revision.mandate)
        for reason in revision.reasons
    )
