"""Meetings between the parties: what is on the agenda and why, what was decided, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import combinations

from bosett.agreement.problem import Held, Verdict
from bosett.terms.errors import BadInput

WORSE = (Verdict.KEPT, Verdict.AT_RISK, Verdict.NOT_KEPT)


class MeetingKind(StrEnum):
    """The consultation scheme, the national committee, and working groups."""

    CONSULTATION = "consultation"
    COMMITTEE = "committee"
    WORKING_GROUP = "working_group"


class ItemKind(StrEnum):
    """Why something is on the agenda, in the order it is taken up."""

    ACTION = "action"
    INDICATOR = "indicator"
    MATTER = "matter"


@dataclass(frozen=True)
class Meeting:
    """A meeting of parties.

    Parameters
    ----------
    starts, ends
        With their time zone, the end after the beginning.

    Raises
    ------
    BadInput
        If it ends before it begins, lacks a time zone, a title or a party.
    """

    code: str
    kind: MeetingKind
    title: str
    starts: datetime
    ends: datetime
    parties: tuple[str, ...]
    place: str = ""

    def __post_init__(self) -> None:
        if self.starts.tzinfo is None or self.ends.tzinfo is None:
            raise BadInput(f"{self.title}: a time without a zone", "a time with its zone")
        if self.ends <= self.starts:
            raise BadInput(f"{self.title}: {self.starts} to {self.ends}", "an end after the beginning")
        if not self.title.strip() or not self.parties:
            raise BadInput(
                f"{self.title!r} with {len(self.parties)} parties", "a title and at least one party"
            )


def check_meetings(meetings: Sequence[Meeting]) -> None:
    """Refuse two meetings at the same time that a party is called to; one may begin when the other ends.

    Raises
    ------
    BadInput
        Names both meetings and the party.
    """
    for one, other in combinations(sorted(meetings, key=lambda each: each.starts), 2):
        both = [party for party in one.parties if party in other.parties]
        if both and other.starts < one.ends:
            raise BadInput(
                f"{one.title} and {other.title} at the same time for {', '.join(both)}", "one at a time"
            )


@dataclass(frozen=True)
class Matter:
    """Something that a municipality, a county authority or a party raises.

    Parameters
    ----------
    raised_by
        Code of who raises it; shown only when `named`.  Empty for what an indicator has raised.
    about
        The commitment it is about; empty for none.
    supported_by
        Others who stand behind it.
    into
        The code of the matter it was merged into; empty when it stands by itself.

    Raises
    ------
    BadInput
        If it has no title, supports itself or is merged into itself.
    """

    code: str
    raised_by: str
    raised_on: date
    title: str
    named: bool = True
    about: str = ""
    supported_by: tuple[str, ...] = ()
    into: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise BadInput(f"matter {self.code} without a title", "a title")
        if self.raised_by in self.supported_by or len(set(self.supported_by)) < len(self.supported_by):
            raise BadInput(f"matter {self.code} supported by {self.supported_by}", "others, each once")
        if self.into == self.code:
            raise BadInput(f"matter {self.code} merged into itself", "another matter")


@dataclass(frozen=True)
class Action:
    """What was decided that somebody does.

    Raises
    ------
    BadInput
        If nobody owns it, or its days are out of order.
    """

    code: str
    text: str
    owner: str
    decided_on: date
    due: date
    done_on: date | None = None

    def __post_init__(self) -> None:
        if not self.owner.strip() or not self.text.strip():
            raise BadInput(f"action {self.code} of {self.owner!r}", "a text and an owner")
        if self.due < self.decided_on or (self.done_on is not None and self.done_on < self.decided_on):
            raise BadInput(
                f"action {self.code}: due {self.due}, done {self.done_on}", f"from {self.decided_on} on"
            )

    def is_late(self, on: date) -> bool:
        """Not done by its date, as seen on a day."""
        return self.due < on and (self.done_on is None or self.done_on > on)


@dataclass(frozen=True)
class Item:
    """One thing on the agenda.

    Parameters
    ----------
    code
        Of the action or matter, or `commitment/indicator`.
    why
        late, open or done for an action; the new verdict for an indicator; empty for a matter.
    behind
        How many stand behind a matter, the merged ones counted with it; each body once.
    merged
        Codes of the matters that were merged into it.
    """

    kind: ItemKind
    code: str
    why: str = ""
    behind: int = 0
    merged: tuple[str, ...] = ()


Verdicts = Mapping[tuple[str, str], Verdict]
"""(commitment, indicator) -> what was found."""


def verdicts(found: Iterable[Held]) -> Verdicts:
    """What was found, to be kept until the next meeting compares with it."""
    return {(one.commitment.code, told.indicator): told.verdict for one in found for told in one.findings}


def crossed(before: Verdicts, now: Iterable[Held]) -> tuple[tuple[str, str, Verdict], ...]:
    """(commitment, indicator, verdict) of what has become worse, or can be said now and is not kept; worst first."""
    found = [
        (one.commitment.code, told.indicator, told.verdict)
        for one in now
        for told in one.findings
        if _is_worse(before.get((one.commitment.code, told.indicator)), told.verdict)
    ]
    return tuple(sorted(found, key=lambda one: -WORSE.index(one[2])))


def _is_worse(before: Verdict | None, now: Verdict) -> bool:
    if now not in (Verdict.AT_RISK, Verdict.NOT_KEPT):
        return False
    return before not in WORSE or WORSE.index(now) > WORSE.index(before)


def agenda(
    on: date,
    last: date | None,
    *,
    before: Verdicts | None = None,
    now: Iterable[Held] = (),
    matters: Sequence[Matter] = (),
    actions: Sequence[Action] = (),
) -> tuple[Item, ...]:
    """What a meeting takes up: what came of the last one, what crossed a limit since, and what was raised.

    Parameters
    ----------
    on, last
        The day of the meeting and of the one before; None when it is the first.
    before
        The verdicts that the meeting before saw; None for none.

    Raises
    ------
    BadInput
        If a matter is merged into one that is not there, or in a ring.
    """
    followed = [
        Item(ItemKind.ACTION, one.code, _came_of(one, on))
        for one in sorted(actions, key=lambda each: each.due)
        if one.done_on is None or last is None or one.done_on >= last  # the same day: told twice, never lost
    ]
    late = sorted(followed, key=lambda one: ("late", "open", "done").index(one.why))
    signs = [
        Item(ItemKind.INDICATOR, f"{c}/{i}", verdict.value) for c, i, verdict in crossed(before or {}, now)
    ]
    return (*late, *signs, *_raised([one for one in matters if one.raised_on <= on]))


def _came_of(one: Action, on: date) -> str:
    if one.done_on is not None and one.done_on <= on:
        return "done"
    return "late" if one.is_late(on) else "open"


def _raised(matters: Sequence[Matter]) -> list[Item]:
    by_code = {one.code: one for one in matters}
    folded: dict[str, list[Matter]] = {}
    for one in matters:
        folded.setdefault(_stands_in(one, by_code), []).append(one)
    items = [
        Item(
            ItemKind.MATTER, code,
            behind=len({body for one in group for body in (one.raised_by, *one.supported_by) if body}),
            merged=tuple(one.code for one in group if one.code != code),
        )
        for code, group in folded.items()
    ]  # fmt: skip
    return sorted(items, key=lambda one: (-one.behind, by_code[one.code].raised_on, one.code))


def _stands_in(one: Matter, by_code: Mapping[str, Matter]) -> str:
    seen = {one.code}
    while one.into:
        if one.into not in by_code or one.into in seen:
            raise BadInput(f"matter {one.code} merged into {one.into}", "a raised matter, and no ring")
        one = by_code[one.into]
        seen.add(one.code)
    return one.code
