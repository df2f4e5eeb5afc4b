"""What a request changed in the middle of the year means for the answers: who must answer anew, what is counted on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bosett.decisions.mid_year import AfterChange
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.queries.distribution_versions import Version, versions, what_follows
from bosett_server.records.models import Round


@dataclass(frozen=True)
class Changed:
    """One municipality whose request was changed after the year's first round, by the last round that did.

    Parameters
    ----------
    asked_before, asked_now
        Persons; None = not asked.
    voted
        None while the council has decided nothing.
    counted
        Places of the vedtak that the State counts on.
    again
        Whether a vedtak stands and the council is asked to answer anew.
    """

    municipality: str
    number: int
    sent_on: date
    due_on: date
    policy: AfterChange
    asked_before: int | None
    asked_now: int | None
    voted: int | None
    counted: int
    again: bool

    @property
    def not_counted(self) -> int:
        """Voted places that the State no longer counts on."""
        return (self.voted or 0) - self.counted

    @property
    def late(self) -> bool:
        """Whether the deadline of a new answer has passed."""
        return self.again and self.due_on < clock.today()


def changed_in_year(year: int) -> dict[str, Changed]:
    """Municipality -> what the last change of its request means now; empty while the year has one round.

    One query while there is one round; with more rounds two, and two for each of them.
    """
    if Round.objects.filter(year=year, state="sent").count() < 2:
        return {}
    found: dict[str, Changed] = {}
    for version in reversed(versions(year)[1:]):
        left = version.changed - found.keys()
        found |= {one.municipality: one for one in _changed(version, left)} if left else {}
    return dict(sorted(found.items()))


def changed_in_sight(actor: Actor, year: int) -> dict[str, Changed]:
    """`changed_in_year` of the municipalities that the reader sees: a county its own."""
    own = actor.county if actor.role is Role.COUNTY else ""
    return {code: one for code, one in changed_in_year(year).items() if code.startswith(own)}


def counted_on(year: int) -> dict[str, int]:
    """Municipality whose request was changed in the year -> places of its vedtak that the State counts on."""
    return {code: one.counted for code, one in changed_in_year(year).items()}


def must_answer_again(year: int) -> frozenset[str]:
    """Municipalities with a vedtak that are asked to answer anew and have not."""
    return frozenset(code for code, one in changed_in_year(year).items() if one.again)


def _changed(version: Version, codes: Collection[str]) -> list[Changed]:
    return [
        Changed(
            one.municipality, version.number, version.sent_on, version.answer_due_on, version.policy,
            one.asked_before, one.asked_now, one.voted, one.counted, one.ask_again and one.voted is not None,
        )
        for one in what_follows(version).answers
        if one.municipality in codes and one.asked_before != one.asked_now
    ]  # fmt: skip
