"""What comes with an answer beside its numbers: the council's case, reasons by code, what more would take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from bosett.decisions import Answer, Round, Vedtak
from bosett.decisions.before_sending import CouncilMatter
from bosett.decisions.supplement import Shortage, Supplement, check_supplement
from bosett.terms.errors import BadInput, Refused
from bosett.terms.municipality import MunicipalityCode
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.records.models import AnswerDetail, VersionedFigure

MOST_CASE, MOST_MINUTES = 60, 300


@dataclass(frozen=True)
class Beside:
    """Beside the numbers.

    Parameters
    ----------
    reasons
        Why the number is lower than the request.
    it_takes
        What it would take to settle more.
    agenda_on
        Last day for papers to the council's agenda.
    case_number, minutes
        The council's case, and where its record stands.
    """

    reasons: tuple[Shortage, ...] = ()
    it_takes: tuple[Shortage, ...] = ()
    agenda_on: date | None = None
    case_number: str = ""
    minutes: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is said."""
        return not (self.reasons or self.it_takes or self.agenda_on or self.case_number or self.minutes)


NOTHING = Beside()


def check_beside(round_: Round | None, vedtak: Vedtak, told: Beside, more: int | None) -> None:
    """Raise Refused when what is said beside the answer does not go with it.

    Codes: `it_takes_without_more`, `reasons_without_a_lower_number`, `agenda_after_meeting`.
    """
    try:
        said = supplement(vedtak.municipality, vedtak.year, told.reasons, more, told.it_takes)
    except BadInput as fault:
        raise Refused("it_takes_without_more") from fault
    try:
        if round_ is not None:
            check_supplement(round_, vedtak, said)
    except BadInput as fault:
        raise Refused("reasons_without_a_lower_number") from fault
    meeting = vedtak.meeting_on or vedtak.decided_on
    try:
        if meeting is not None:
            CouncilMatter(meeting, told.agenda_on, told.case_number, told.minutes)
    except BadInput as fault:
        raise Refused("agenda_after_meeting", {"meeting": meeting.isoformat() if meeting else ""}) from fault


def supplement(
    municipality: MunicipalityCode,
    year: int,
    reasons: Iterable[Shortage],
    more: int | None,
    it_takes: Iterable[Shortage],
) -> Supplement:
    """As the library counts it."""
    return Supplement(municipality, year, frozenset(reasons), more, frozenset(it_takes))


def store_beside(figure: VersionedFigure, told: Beside) -> None:
    """With the version of the answer that it came with; nothing said is nothing stored."""
    if told.empty:
        return
    AnswerDetail.objects.create(
        figure=figure,
        reasons=sorted(one.value for one in set(told.reasons)),
        it_takes=sorted(one.value for one in set(told.it_takes)),
        agenda_on=told.agenda_on,
        case_number=told.case_number.strip()[:MOST_CASE],
        minutes=told.minutes.strip()[:MOST_MINUTES],
    )


def same_vedtak(actor: Actor, old: VersionedFigure, **said: object) -> VersionedFigure:
    """The same vedtak in a new version, approved as it was; only what is `said` beside it is new."""
    now = clock.now()
    VersionedFigure.objects.filter(pk=old.pk, superseded_at__isnull=True).update(superseded_at=now)
    kept = {
        "what": "voted", "municipality_id": old.municipality_id, "year": old.year, "group": old.group,
        "state": old.state, "value": old.value, "reservations": old.reservations, "can_take_more": old.can_take_more,
        "meeting_on": old.meeting_on, "valid_from": old.valid_from, "source": old.source, "modelled": old.modelled,
        "reason": old.reason, "approved_at": old.approved_at, "approved_by_id": old.approved_by_id,
    }  # fmt: skip
    return VersionedFigure.objects.create(
        **(kept | said), recorded_at=now, recorded_by_id=actor.user_id, supersedes=old
    )


def beside_of(figure: VersionedFigure) -> Beside:
    """What came with a version of an answer."""
    kept = AnswerDetail.objects.filter(figure=figure).first()
    if kept is None:
        return NOTHING
    return Beside(
        tuple(Shortage(code) for code in kept.reasons), tuple(Shortage(code) for code in kept.it_takes),
        kept.agenda_on, kept.case_number, kept.minutes,
    )  # fmt: skip


def check_seen(
    answer: Answer, asked: VersionedFigure | None, held: VersionedFigure | None, seen: Seen | None
) -> None:
    """Raise Refused when request or answer is another than the writer had before their eyes.

    Codes: `request_replaced`, `answered_meanwhile`.
    """
    if seen is None:
        return
    if seen.request is not None and asked is not None and asked.pk != seen.request:
        told: dict[str, str | int] = {
            "year": answer.year,
            "sent_on": asked.valid_from.isoformat(),
            "asked": asked.value or 0,
        }
        raise Refused("request_replaced", told)
    if seen.answer is not None and (held.pk if held else 0) != seen.answer:
        on = timezone.localdate(held.recorded_at).isoformat() if held else ""
        raise Refused("answered_meanwhile", {"year": answer.year, "on": on})


@dataclass(frozen=True)
class Seen:
    """What the writer had before their eyes.

    Parameters
    ----------
    request
        The stored request's number; None where nobody says.
    answer
        The stored answer's number, 0 for none; None where nobody says.
    """

    request: int | None = None
    answer: int | None = None
