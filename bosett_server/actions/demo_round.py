"""The demo's criteria and what came with its answers: synthetic, and marked as such where it shows."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from bosett.decisions.supplement import Shortage
from bosett.distribution import Criterion, Direction
from bosett.distribution.settings import POPULATION, CriteriaSettings, as_kept
from bosett.registry import Registry
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.records.models import AnswerDetail, CriteriaSet, Indicator, User, VersionedFigure

OWNER = "leder"
REASONS = (Shortage.HOUSING, Shortage.ECONOMY, Shortage.STAFF, Shortage.SCHOOL, Shortage.HEALTH)
EVERY_THIRD, EVERY_SEVENTH = 3, 7
AGENDA_DAYS = 8
SETS = {
    "Bare folketall": (Criterion(POPULATION, Fraction(1)),),
    "Folketall og sentralitet": (
        Criterion(POPULATION, Fraction(7, 10)),
        Criterion("centrality", Fraction(3, 10), Direction.LESS, times=POPULATION),
    ),
}


@action(Permission.DEMO_LOAD)
def load_round_demo(actor: Actor, *, year: int) -> Done[int]:
    """Two shared sets of criteria, an indicator, reasons beside every third lower answer, and what more would take."""
    owner = User.objects.filter(username=OWNER).first()
    if owner is not None:
        now = clock.now()
        CriteriaSet.objects.bulk_create(
            CriteriaSet(
                owner=owner, year=of, name=name, settings=as_kept(CriteriaSettings(weights=weights)),
                changed_at=now, shared_at=now,
            )
            for of in (year, year + 1)
            for name, weights in SETS.items()
        )  # fmt: skip
        Indicator.objects.create(
            owner=owner, name="Syntetisk: resultater i introduksjonsprogrammet",
            source="Syntetiske tall for demoen", recorded_at=now, shared_at=now,
            values={str(one.code): str(40 + int(one.code) % 41) for one in Registry.shipped().all_municipalities},
        )  # fmt: skip
    details = _details(year)
    AnswerDetail.objects.bulk_create(details, batch_size=500)
    return Done(len(details), about=("demo", year), facts={"answers": len(details)})


def offered_on_top(municipality: str, persons: int | None) -> int | None:
    """How many more a council says it could take: every seventh of those that take somebody."""
    number = int(municipality)
    return 2 + number % 9 if persons and number % EVERY_SEVENTH == 0 else None


def _details(year: int) -> list[AnswerDetail]:
    asked = dict(
        VersionedFigure.objects.filter(
            what="asked", year=year, group="all", superseded_at__isnull=True, municipality__isnull=False
        ).values_list("municipality_id", "value")
    )
    answers = VersionedFigure.objects.filter(
        what="voted", year=year, group="all", superseded_at__isnull=True, modelled=True
    ).order_by("municipality_id")
    decided = [one for one in answers if one.value is not None]
    lower = [one for one in decided if (one.value or 0) < (asked.get(one.municipality_id or "") or 0)]
    short = {one.pk: place for place, one in enumerate(lower) if place % EVERY_THIRD == 0}
    told = [one for one in decided if one.pk in short or one.can_take_more]
    awaited = [one for one in answers if one.meeting_on is not None]
    return [
        *(_beside(one, year, short.get(one.pk)) for one in told),
        *(_agenda(one, year) for one in awaited[::2]),
    ]


def _beside(one: VersionedFigure, year: int, short: int | None) -> AnswerDetail:
    """The case, why the number is lower than asked, and what more would take."""
    more = REASONS[int(one.municipality_id or 0) % len(REASONS)].value
    return AnswerDetail(
        figure=one, reasons=[] if short is None else [REASONS[short % len(REASONS)].value],
        it_takes=[more] if one.can_take_more else [], case_number=_case(one, year), minutes="Syntetisk saksprotokoll",
    )  # fmt: skip


def _agenda(one: VersionedFigure, year: int) -> AnswerDetail:
    """A council that has not met: when its agenda closes."""
    closes = one.meeting_on - timedelta(days=AGENDA_DAYS) if one.meeting_on else None
    return AnswerDetail(figure=one, agenda_on=closes, case_number=_case(one, year))


def _case(one: VersionedFigure, year: int) -> str:
    return f"SYN-{year}/{one.municipality_id}"
