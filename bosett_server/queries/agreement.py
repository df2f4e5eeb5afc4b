"""The stored facts that decide whether the agreement's commitments are kept, as of a day."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from bosett.agreement.problem import Facts, PlacementAboveVedtak
from bosett_server.access.actor import Actor
from bosett_server.queries.decision_overview import FilterState, overview
from bosett_server.queries.forecast import need_overview
from bosett_server.queries.known import Known
from bosett_server.records.models import Quota, Round

OPEN = (FilterState.AWAITING, FilterState.NO_ANSWER, FilterState.TO_APPROVE)


@dataclass(frozen=True)
class Evidence:
    """The facts, and whether any vedtak in force among them comes out of a model."""

    facts: Facts
    answers_modelled: bool


def evidence(actor: Actor, year: int, known: Known) -> Evidence:
    """What is stored for a year, as of a day; what is not stored for that day is None, never 0.

    The limits that assignments are held against and the waiting times are kept for today only.  When
    expenditure was last mapped is not stored anywhere yet.
    """
    now = need_overview(actor, year, known).now
    country = overview(actor, year, known).country
    first = Round.objects.filter(year=year, state="sent", sent_at__lt=known.until).order_by("number").first()
    told = Facts(
        year=year,
        need_persons=now.figure.value if now else None,
        voted_persons=country.voted.value,
        awaiting_municipalities=sum(country.states.get(state, 0) for state in OPEN) if first else None,
        assigned_against_allowed=_limits(year) if known.is_today and first else None,
        anmodning_sent_on=timezone.localdate(first.sent_at) if first and first.sent_at else None,
        ready_wait_days=_waits(known) if known.is_today else None,
        last_mapping_data_year=None,
    )
    return Evidence(told, answers_modelled=country.modelled and country.voted.value is not None)


def _limits(year: int) -> tuple[PlacementAboveVedtak, ...]:
    return tuple(
        PlacementAboveVedtak(
            row.municipality_id, row.group, row.assigned_general, (row.vedtak or 0) + row.opened
        )
        for row in Quota.objects.filter(year=year).order_by("municipality_id", "group")
    )


def _waits(known: Known) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wait_days, households FROM bosett_ready_waits(%s)", [known.day])
        return tuple(days for days, count in cursor.fetchall() for _ in range(count))
