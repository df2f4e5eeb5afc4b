"""The demo's criteria and what came with its answers: synthetic, and marked as such where it shows."""

from __future__ import annotations

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
EVERY_THIRD = 3
SETS = {
    "Bare folketall": (Criterion(POPULATION, Fraction(1)),),
    "Folketall og sentralitet": (
        Criterion(POPULATION, Fraction(7, 10)),
        Criterion("centrality", Fraction(3, 10), Direction.LESS, times=POPULATION),
    ),
}


@action(Permission.DEMO_LOAD)
def load_round_demo(actor: Actor, *, year: int) -> Done[int]:
    """Two shared sets of criteria, an indicator, and reasons beside every third lower answer."""
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


def _details(year: int) -> list[AnswerDetail]:
    asked = dict(
        VersionedFigure.objects.filter(
            what="asked", year=year, group="all", superseded_at__isnull=True, municipality__isnull=False
        ).values_list("municipality_id", "value")
    )
    voted = VersionedFigure.objects.filter(
        what="voted", year=year, group="all", superseded_at__isnull=True, modelled=True, value__isnull=False
    ).order_by("municipality_id")
    lower = [one for one in voted if (one.value or 0) < (asked.get(one.municipality_id or "") or 0)]
    return [
        AnswerDetail(
            figure=one, reasons=[REASONS[place % len(REASONS)].value], case_number=f"SYN-{year}/{one.municipality_id}",
            minutes="Syntetisk saksprotokoll",
        )
        for place, one in enumerate(lower)
        if place % EVERY_THIRD == 0
    ]  # fmt: skip
