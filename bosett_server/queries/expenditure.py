"""Rounds of the mapping of expenditure, who answers them, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum

from bosett.expenditure.questionnaire import AREAS
from bosett.grants.frame_cohorts import SMALLEST
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import (
    ExpenditureBaseline,
    ExpenditureFrameRow,
    ExpenditureKnown,
    ExpenditureResponse,
    ExpenditureRound,
    Municipality,
)


@dataclass(frozen=True)
class RoundRow:
    """A round as lists and headings show it; `asked` of `frame` municipalities, so many `approved`."""

    id: int
    year: int
    kind: str
    state: str
    seed: int
    asked: int
    minimum: int
    overlap_percent: int
    answer_due_on: date
    frame_source: str
    synthetic: bool
    opened_at: datetime | None
    closed_at: datetime | None
    frame: int = 0
    open: int = 0
    sent: int = 0
    approved: int = 0


@dataclass(frozen=True)
class StratumRow:
    """A stratum of the frame: municipalities, persons, and how many are asked, certain and from last year."""

    name: str
    municipalities: int
    persons: Decimal
    asked: int
    certain: int
    panel: int


@dataclass(frozen=True)
class AskedRow:
    """One asked municipality; persons None when they are few: below five they are nobody else's to see."""

    municipality: str
    name: str
    stratum: str
    certainty: bool
    persons: Decimal | None
    state: str
    answered: int
    reminders: int
    reminded_at: datetime | None
    sent_at: datetime | None
    approved_at: datetime | None


def rounds(actor: Actor) -> list[RoundRow]:
    """Every round in the actor's sight, newest first, those of a year in the order of their kinds."""
    order = list(AREAS)
    rows = ExpenditureRound.objects.annotate(**_counts())
    return [_row(one) for one in sorted(rows, key=lambda row: (-row.year, order.index(row.kind)))]


def round_row(actor: Actor, number: int) -> RoundRow:
    """One round.  Raises NotInSight."""
    row = ExpenditureRound.objects.filter(pk=number).annotate(**_counts()).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return _row(row)


def strata(actor: Actor, number: int) -> list[StratumRow]:
    """The frame by stratum."""
    rows = (
        ExpenditureFrameRow.objects.filter(round_id=number)
        .values("stratum")
        .annotate(
            many=Count("id"), persons=Sum("eligible_persons"), asked=Count("id", filter=Q(sampled=True)),
            certain=Count("id", filter=Q(certainty=True)), kept=Count("id", filter=Q(sampled=True, panel=True)),
        )
        .order_by("stratum")
    )  # fmt: skip
    return [
        StratumRow(r["stratum"], r["many"], r["persons"], r["asked"], r["certain"], r["kept"]) for r in rows
    ]


def asked_municipalities(actor: Actor, number: int) -> list[AskedRow]:
    """Every asked municipality in the actor's sight and where it stands, in order of name."""
    places = {
        row.municipality_id: row for row in ExpenditureFrameRow.objects.filter(round_id=number, sampled=True)
    }
    stands = {
        row.municipality_id: row
        for row in ExpenditureResponse.objects.filter(round_id=number).annotate(
            answered=Count("answers", filter=Q(answers__value__isnull=False))
        )
    }
    names = Municipality.objects.filter(code__in=places).order_by("sort_key").values_list("code", "name")
    return [_asked(places[code], stands.get(code), name) for code, name in names]


def my_municipalities(actor: Actor, number: int) -> list[tuple[str, str]]:
    """Those of the actor's own municipalities that are asked, as (code, name)."""
    asked = ExpenditureResponse.objects.filter(round_id=number, municipality_id__in=actor.municipalities)
    return list(asked.order_by("municipality__sort_key").values_list("municipality_id", "municipality__name"))


def known_counts(actor: Actor, number: int) -> dict[str, int]:
    """How many rows are stored of each kind: register, kostra."""
    rows = ExpenditureKnown.objects.filter(round_id=number).values_list("kind").annotate(many=Count("id"))
    return dict(rows.order_by("kind"))


def baseline_of(actor: Actor, number: int) -> ExpenditureBaselineRow | None:
    """The frozen estimates of a closed round; None while it is not closed."""
    row = ExpenditureBaseline.objects.filter(round_id=number).first()
    if row is None:
        return None
    return ExpenditureBaselineRow(
        row.pk, row.result, row.input_sha256, row.library_version, row.made_at, row.estimator
    )


@dataclass(frozen=True)
class ExpenditureBaselineRow:
    """What a closed round tells (`bosett.expenditure.findings`), and what it was made with."""

    id: int
    result: dict[str, Any]
    input_sha256: str
    library_version: str
    made_at: datetime
    estimator: str


def last_panel(kind: str, year: int) -> tuple[int | None, frozenset[str]]:
    """The seed and the sample of the newest earlier round of this kind."""
    last = ExpenditureRound.objects.filter(kind=kind, year__lt=year).order_by("-year").first()
    if last is None:
        return None, frozenset()
    asked = last.frame.filter(sampled=True).values_list("municipality_id", flat=True)
    return last.seed, frozenset(asked)


def persons_of_service(year: int, *, minors: bool) -> dict[str, dict[int, int]]:
    """Municipality -> residence year -> persons settled here; sums only, nobody with a protected address."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT municipality, residence_year, persons FROM bosett_expenditure_persons(%s, %s)",
            [year, minors],
        )
        found: dict[str, dict[int, int]] = {}
        for municipality, residence_year, persons in cursor.fetchall():
            found.setdefault(municipality, {})[residence_year] = persons
    return found


def _counts() -> dict[str, Count]:
    told = {"frame_rows": Count("frame", distinct=True)}
    for state in ("open", "sent", "approved"):
        told[f"now_{state}"] = Count("responses", filter=Q(responses__state=state), distinct=True)
    return told


def _row(row: ExpenditureRound) -> RoundRow:
    return RoundRow(
        row.pk, row.year, row.kind, row.state, row.seed, row.asked, row.minimum, row.overlap_percent,
        row.answer_due_on, row.frame_source, row.synthetic, row.opened_at, row.closed_at,
        *(getattr(row, name) for name in ("frame_rows", "now_open", "now_sent", "now_approved")),
    )  # fmt: skip


def _asked(place: ExpenditureFrameRow, stands: ExpenditureResponse | None, name: str) -> AskedRow:
    persons = place.eligible_persons
    return AskedRow(
        place.municipality_id, name, place.stratum, place.certainty,
        None if 0 < persons < SMALLEST else persons,
        stands.state if stands else "planned", getattr(stands, "answered", 0),
        stands.reminders if stands else 0, stands.reminded_at if stands else None,
        stands.sent_at if stands else None, stands.approved_at if stands else None,
    )  # fmt: skip
