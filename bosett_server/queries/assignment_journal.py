"""Assignment decisions of a period as the archive is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bosett.registry import LanguageDecision
from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.records.models import Assignment


@dataclass(frozen=True)
class Decided:
    """One decision; codes, no name of anybody in the household.

    Parameters
    ----------
    decline_reason
        The code of the municipality's refusal, or of the withdrawal.
    """

    number: int
    household: str
    municipality: str
    municipality_name: str
    nynorsk: bool
    year: int
    persons: int
    state: str
    decided_on: date
    decided_by: str
    reasons: tuple[str, ...]
    override_code: str
    override_reason: str
    proposed: bool
    self_settled: bool
    decline_reason: str
    answered_on: date | None


def decided_count(actor: Actor, start: date, end: date) -> int:
    """Decisions in sight from `start` up to but not including `end`."""
    return _rows(start, end).count()


def decided_between(actor: Actor, start: date, end: date) -> Sequence[Decided]:
    """Every decision in sight from `start` up to but not including `end`, in order; logged as a reading.

    Protected households are in no export, whoever asks.
    """
    rows = list(_rows(start, end).select_related("household", "municipality", "decided_by").order_by("id"))
    audit.log_read("assignment_journal", "household", [row.household_id for row in rows])
    return [_decided(row) for row in rows]


def _rows(start: date, end: date) -> QuerySet[Assignment]:
    first, last = (timezone.make_aware(datetime.combine(day, time.min)) for day in (start, end))
    return Assignment.objects.filter(
        decided_at__gte=first, decided_at__lt=last, sealed=False, household__protection="none"
    )


def day_after(day: date) -> date:
    """The first day that a period ending with `day` does not hold."""
    return day + timedelta(days=1)


def _decided(row: Any) -> Decided:
    return Decided(
        row.pk, row.household.reference, row.municipality_id, row.municipality.name,
        row.municipality.language_decision == LanguageDecision.NYNORSK.value, row.year, row.persons, row.state,
        timezone.localdate(row.decided_at), row.decided_by.get_full_name() if row.decided_by else "",
        tuple(one["code"] for one in row.reasons if one["code"] not in {"rank", "blocked"}), row.override_code,
        row.override_reason, row.proposal_id is not None, row.self_settled, row.decline_reason,
        timezone.localdate(row.answered_at) if row.answered_at else None,
    )  # fmt: skip
