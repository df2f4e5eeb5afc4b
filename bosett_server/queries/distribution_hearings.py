"""Who is heard on a round before it is sent, and what each has said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.decisions import Anmodning, Round
from bosett.decisions.before_sending import Heard, Hearing, not_heard
from bosett.terms.figure import Figure, State
from bosett.terms.groups import Group
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import County, Municipality, RoundLine
from bosett_server.records.models import Hearing as HearingRow
from bosett_server.records.models import Round as RoundRow

KS = Heard.KS.value


@dataclass(frozen=True)
class Proposed:
    """One number that was put before the body, and the one it recommends instead."""

    code: str
    name: str
    proposed: int
    recommended: int | None


@dataclass(frozen=True)
class HearingView:
    """One body's hearing.

    Parameters
    ----------
    body, name
        The county's code and name, or "ks" twice.
    lines
        By municipality for a county, by county for KS.
    """

    id: int
    round: int
    year: int
    body: str
    name: str
    asked_on: date
    due_on: date
    answered_on: date | None
    comment: str
    lines: tuple[Proposed, ...]

    @property
    def proposed(self) -> int:
        """Persons in what was put before the body."""
        return sum(line.proposed for line in self.lines)

    @property
    def differs(self) -> int:
        """How many numbers it recommends to change."""
        return sum(line.recommended not in (None, line.proposed) for line in self.lines)


def hearings(actor: Actor, round_id: int) -> list[HearingView]:
    """The hearings of a round in sight, counties first; three queries."""
    return _views(list(HearingRow.objects.filter(round_id=round_id).order_by("heard", "body")))


def own_hearings(actor: Actor) -> list[HearingView]:
    """What the actor's own body is or was asked about, newest first."""
    return _views(list(HearingRow.objects.order_by("-id")[:50]))


def hearing(actor: Actor, hearing_id: int) -> HearingView:
    """One hearing; NotInSight when it is another body's."""
    found = _views(list(HearingRow.objects.filter(pk=hearing_id)))
    if not found:
        raise NotInSight("not_in_sight")
    return found[0]


def unheard(row: RoundRow, lines: list[RoundLine]) -> tuple[str, ...]:
    """The bodies without an answer: codes of counties with a request, and "ks"."""
    kept = [
        Hearing(row.year, Heard(one.heard), one.body, one.asked_on, one.answered_on)
        for one in HearingRow.objects.filter(round=row)
    ]
    return not_heard(_as_round(row, lines), kept)


def unheard_in(actor: Actor, round_id: int) -> tuple[str, ...]:
    """As `unheard`, for a page."""
    row = RoundRow.objects.filter(pk=round_id).first()
    return unheard(row, list(RoundLine.objects.filter(round=row))) if row else ()


def _as_round(row: RoundRow, lines: list[RoundLine]) -> Round:
    return Round(
        row.year,
        tuple(
            Anmodning(
                row.year, MunicipalityCode(line.municipality_id), Group.ALL,
                Figure.of(line.asked) if line.asked else Figure.missing(State.NOT_ASKED),
                Figure.missing(State.NOT_STORED), row.answer_due_on, row.answer_due_on,
            )
            for line in lines
        ),
    )  # fmt: skip


def _views(rows: list[HearingRow]) -> list[HearingView]:
    counties = dict(County.objects.values_list("code", "name"))
    codes = {code for row in rows for code in row.proposal}
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        HearingView(
            id=row.pk,
            round=row.round_id,
            year=row.year,
            body=row.body,
            name=counties.get(row.body, row.body),
            asked_on=row.asked_on,
            due_on=row.due_on,
            answered_on=row.answered_on,
            comment=row.comment,
            lines=tuple(
                Proposed(
                    code, names.get(code) or counties.get(code, code), persons, row.recommended.get(code)
                )
                for code, persons in sorted(row.proposal.items())
            ),
        )
        for row in rows
    ]
