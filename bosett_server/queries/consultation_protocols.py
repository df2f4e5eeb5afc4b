"""What came of a meeting: minutes, decisions, approvals, and what everybody may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.queries.consultation_matters import TextRow
from bosett_server.records.models import (
    ConsultationApproval,
    ConsultationDecision,
    ConsultationPack,
    ConsultationProtocol,
    ConsultationText,
)

PUBLIC_PAGE = 50


@dataclass(frozen=True)
class DecisionRow:
    """What was decided in a matter, or in none."""

    id: int
    matter: int | None
    text: str
    open: bool
    made_at: datetime


@dataclass(frozen=True)
class PackRow:
    """One version of a meeting's papers."""

    number: int
    made_at: datetime
    content: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What is written of a meeting: every version, the newest first; who has approved the newest protocol."""

    minutes: tuple[TextRow, ...]
    protocol: tuple[TextRow, ...]
    approved: tuple[str, ...]
    decisions: tuple[DecisionRow, ...]
    published: tuple[ProtocolRow, ...]


@dataclass(frozen=True)
class ProtocolRow:
    """What everybody may read of a meeting, as it was published."""

    id: int
    meeting: int
    version: int
    content: dict[str, Any]
    published_on: date

    @property
    def title(self) -> str:
        """The meeting's."""
        return str(self.content["title"])


def outcome(actor: Actor, meeting: int) -> Outcome:
    """Row-level security decides what there is to see; four queries."""
    rows = list(ConsultationText.objects.filter(meeting_id=meeting).order_by("-version"))
    told = {kind: [one for one in rows if one.kind == kind] for kind in ("minutes", "protocol")}
    newest = told["protocol"][0].pk if told["protocol"] else None
    approved = (
        ConsultationApproval.objects.filter(text_id=newest).order_by("at").values_list("party", flat=True)
    )
    decided = ConsultationDecision.objects.filter(meeting_id=meeting, withdrawn_at__isnull=True).order_by(
        "id"
    )
    return Outcome(
        minutes=tuple(_text(one) for one in told["minutes"]),
        protocol=tuple(_text(one) for one in told["protocol"]),
        approved=tuple(approved),
        decisions=tuple(
            DecisionRow(one.pk, one.matter_id, one.text, one.open, one.made_at) for one in decided
        ),
        published=tuple(_protocol(one) for one in _protocols().filter(meeting_id=meeting)),
    )


def decisions_of(actor: Actor, matter: int) -> list[DecisionRow]:
    """What was decided in a matter, the newest first."""
    rows = ConsultationDecision.objects.filter(matter_id=matter, withdrawn_at__isnull=True).order_by("-id")
    return [DecisionRow(one.pk, one.matter_id, one.text, one.open, one.made_at) for one in rows]


def packs(actor: Actor, meeting: int) -> list[PackRow]:
    """The papers made for a meeting, the newest first."""
    rows = ConsultationPack.objects.filter(meeting_id=meeting).order_by("-number")
    return [PackRow(one.number, one.made_at, one.content) for one in rows]


def pack(actor: Actor, meeting: int, number: int) -> PackRow:
    """One version.  Raises NotInSight when there is none in sight."""
    found = next((one for one in packs(actor, meeting) if one.number == number), None)
    if found is None:
        raise NotInSight("not_in_sight")
    return found


def protocols() -> list[ProtocolRow]:
    """The newest published protocol of each meeting, the last meeting first; for everybody."""
    rows = _protocols().order_by("meeting_id", "-version").distinct("meeting_id")
    return sorted((_protocol(one) for one in rows), key=lambda one: str(one.content["starts"]), reverse=True)


def protocol(number: int) -> ProtocolRow:
    """The newest of a meeting, for everybody.  Raises NotInSight where nothing is published."""
    row = _protocols().filter(meeting_id=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return _protocol(row)


def _protocols() -> Any:
    return ConsultationProtocol.objects.order_by("-version")


def _protocol(one: ConsultationProtocol) -> ProtocolRow:
    return ProtocolRow(one.pk, one.meeting_id, one.version, one.content, timezone.localdate(one.published_at))


def _text(one: ConsultationText) -> TextRow:
    return TextRow(one.kind, one.party, one.version, one.text, one.made_at, one.shared_at)
