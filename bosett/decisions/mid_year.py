"""A round changed in the middle of the year: what follows for the answers that are already given.

The council's decision is never changed by the State.  What can differ is how many of its places the
State counts on: all of them, a scaled part, or all until the council has answered anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bosett.decisions.anmodning import Round
from bosett.decisions.change import effect_of_new_anmodning
from bosett.decisions.vedtak import AnswerKind, Vedtak
from bosett.terms.errors import BadInput
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode


class AfterChange(StrEnum):
    """What the State does with answers to the former request."""

    KEEP = "keep"
    SCALE = "scale"
    ASK_AGAIN = "ask_again"


@dataclass(frozen=True)
class AnswerAfter:
    """One municipality's answer after the change.

    Parameters
    ----------
    asked_before, asked_now
        None = not asked.
    voted
        None while the council has not decided.
    counted
        Places that the State counts on from the change: never above `voted`.
    ask_again
        Whether a new answer is needed.
    unanswered
        Persons of the new request that no place covers; None while the council has not decided.
    """

    municipality: MunicipalityCode
    asked_before: int | None
    asked_now: int | None
    voted: int | None
    counted: int
    ask_again: bool
    unanswered: int | None

    def __post_init__(self) -> None:
        if not 0 <= self.counted <= (self.voted or 0):
            raise ValueError(f"{self.municipality}: counted {self.counted} of {self.voted} voted")

    @property
    def not_used(self) -> int:
        """Voted places that the State no longer counts on, and that somebody has prepared."""
        return (self.voted or 0) - self.counted


@dataclass(frozen=True)
class RoundChange:
    """The whole round after the change, in order of municipality."""

    policy: AfterChange
    answers: tuple[AnswerAfter, ...]

    @property
    def asked_before(self) -> int:
        """Persons asked for by the former requests."""
        return sum(one.asked_before or 0 for one in self.answers)

    @property
    def asked_now(self) -> int:
        """Persons asked for by the new requests."""
        return sum(one.asked_now or 0 for one in self.answers)

    @property
    def counted(self) -> int:
        """Places that the State counts on."""
        return sum(one.counted for one in self.answers)

    @property
    def not_used(self) -> int:
        """Voted places that it no longer counts on."""
        return sum(one.not_used for one in self.answers)

    @property
    def to_ask(self) -> tuple[MunicipalityCode, ...]:
        """The municipalities that must answer again, or for the first time."""
        return tuple(one.municipality for one in self.answers if one.ask_again)


def change_round(
    before: Round,
    now: Round,
    answers: Iterable[Vedtak],
    policy: AfterChange,
    answered: Collection[MunicipalityCode] = frozenset(),
    voted_on: Mapping[MunicipalityCode, int] | None = None,
) -> RoundChange:
    """What follows from a new request, for all persons (`Group.ALL`).

    `KEEP` counts on every voted place.  `SCALE` counts on the same part of the vote as the new request
    is of the one that was voted on, when it was cut; a rise never makes more places than were voted.  `ASK_AGAIN`
    keeps the votes and asks everybody whose request changed.  A rise is asked about whatever the
    policy, and so is a municipality that is asked for the first time.

    Parameters
    ----------
    answered
        Municipalities whose vedtak was made with the new request before them: it counts in full, and
        nobody asks again.
    voted_on
        Persons of the request that a vedtak was made on, where that is an older one than `before`.

    Raises
    ------
    BadInput
        If the rounds are of different years, or a vedtak is of a municipality in neither.
    """
    if before.year != now.year:
        raise BadInput(f"rounds of {before.year} and {now.year}", "two versions of one year's round")
    voted = {one.municipality: one for one in answers}
    asked = {request.municipality for round_ in (before, now) for request in round_.requests}
    outside = sorted(set(voted) - asked)
    if outside:
        raise BadInput(f"a vedtak of {outside[0]}", "vedtak of municipalities in the round")
    rows = tuple(
        _answered(code, before, now, voted[code])
        if code in answered and code in voted
        else _after(
            code, before, now, voted.get(code), policy, (voted_on or {}).get(code, before.asked(code))
        )
        for code in sorted(asked)
    )
    return RoundChange(policy, rows)


def _answered(code: MunicipalityCode, before: Round, now: Round, vedtak: Vedtak) -> AnswerAfter:
    """A vedtak on the new request itself."""
    asked, voted = now.asked(code), vedtak.total.value or 0
    return AnswerAfter(code, before.asked(code), asked, voted, voted, False, max(0, (asked or 0) - voted))


def _after(
    code: MunicipalityCode,
    before: Round,
    now: Round,
    vedtak: Vedtak | None,
    policy: AfterChange,
    voted_on: int | None,
) -> AnswerAfter:
    was, is_ = before.asked(code), now.asked(code)
    decided = vedtak is not None and vedtak.kind is not AnswerKind.AWAITING
    if vedtak is None or not decided:
        return AnswerAfter(code, was, is_, None, 0, (is_ or 0) > 0 and was != is_, None)
    voted = vedtak.total.value or 0
    counted = _scaled(voted, voted_on, is_) if policy is AfterChange.SCALE else voted
    unanswered = max(0, (is_ or 0) - voted)
    again = _must_answer(code, before, now, vedtak) or (policy is AfterChange.ASK_AGAIN and was != is_)
    return AnswerAfter(code, was, is_, voted, counted, again, unanswered)


def _must_answer(code: MunicipalityCode, before: Round, now: Round, vedtak: Vedtak) -> bool:
    """A rise that the vote does not cover, or a first request."""
    earlier, later = before.request(code, Group.ALL), now.request(code, Group.ALL)
    if earlier is None or later is None:
        return later is not None and (later.asked.value or 0) > (vedtak.total.value or 0)
    return effect_of_new_anmodning(vedtak, earlier, later).ask_again


def _scaled(voted: int, voted_on: int | None, now: int | None) -> int:
    """The part of the vote that the new request is of the one voted on, halves upwards; never more than voted."""
    if not voted_on or (now or 0) >= voted_on:
        return voted
    exact = Fraction(voted * (now or 0), voted_on)
    return min(voted, (2 * exact.numerator + exact.denominator) // (2 * exact.denominator))
