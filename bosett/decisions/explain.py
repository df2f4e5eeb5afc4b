"""Answers, effects and gaps in sentences: keys and facts."""

from __future__ import annotations

from bosett.decisions.result import Effect, Gap
from bosett.decisions.vedtak import MINORS, AnswerKind, Vedtak
from bosett.terms.sentence import Sentence


def explain_vedtak(vedtak: Vedtak) -> tuple[Sentence, ...]:
    """The answer, the minors in it and each reservation, with whether the rule allows it."""
    told = [_head(vedtak)]
    for group in MINORS:
        figure = vedtak.figure(group)
        if figure.value is None:
            told.append(Sentence.of(f"decisions.minors.{figure.state.value}", group=group.value))
        else:
            told.append(Sentence.of("decisions.minors.number", group=group.value, persons=figure.value))
    for one in vedtak.reservations:
        key = f"decisions.reservation.{'allowed' if one.allowed else 'against_the_rule'}"
        told.append(Sentence.of(key, reservation=one.code.value))
    return tuple(told)


def _head(vedtak: Vedtak) -> Sentence:
    if vedtak.kind is AnswerKind.AWAITING and vedtak.meeting_on is not None:
        return Sentence.of("decisions.awaiting", meeting_on=vedtak.meeting_on, year=vedtak.year)
    if vedtak.total.value is None or vedtak.decided_on is None:
        raise ValueError("a decided vedtak has a number and a date")
    return Sentence.of(
        f"decisions.{vedtak.kind.value}",
        persons=vedtak.total.value,
        decided_on=vedtak.decided_on,
        standing=vedtak.standing.value,
        year=vedtak.year,
    )


def explain_effect(effect: Effect) -> tuple[Sentence, ...]:
    """What the new request means for the answer given before."""
    told = [Sentence.of("decisions.effect.stands" if effect.stands else "decisions.effect.not_decided")]
    if effect.ask_again:
        told.append(Sentence.of("decisions.effect.ask_again"))
    if effect.unanswered:
        told.append(Sentence.of("decisions.effect.unanswered", persons=effect.unanswered))
    if effect.above_request:
        told.append(Sentence.of("decisions.effect.above_request", persons=effect.above_request))
    return tuple(told)


def explain_gap(gap: Gap) -> tuple[Sentence, ...]:
    """Asked, voted, short, above and open, and how many municipalities stand in each state."""
    sums = Sentence.of(
        "decisions.gap",
        asked=gap.asked,
        voted=gap.voted,
        short=gap.short,
        above=gap.above,
        open=gap.asked_open,
    )
    states = tuple(
        Sentence.of(f"decisions.gap.{state.value}", municipalities=count)
        for state, count in sorted(gap.states.items())
    )
    return (sums, *states)
