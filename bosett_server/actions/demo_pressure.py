"""The demo's pulses: 24 months of made-up answers, marked as modelled wherever they show."""

from __future__ import annotations

from datetime import date, datetime, time
from random import Random

from django.utils import timezone

from bosett.agreement.pressure import SECTORS, STEPS, Sector
from bosett.agreement.pressure_reasons import REASONS
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.queries.pressure import MONTHS_SHOWN, months_back
from bosett_server.records.models import Municipality, Pulse

ANSWERED = 0.7
"""Share of the municipalities that answer in a month, and of the sectors that an answer tells of."""
HARD = 4


@action(Permission.DEMO_LOAD)
def load_demo_pressure(actor: Actor, *, seed: int) -> Done[int]:
    """Each municipality has a level of its own in each sector, which drifts; the open month has no answers yet."""
    if Pulse.objects.exists():
        return Done(0, ("demo", "pressure"))
    draw = Random(seed)  # noqa: S311 - made-up answers, no secret
    months = months_back(clock.today(), MONTHS_SHOWN)[:-1]
    rows = [
        one
        for code in Municipality.objects.order_by("code").values_list("code", flat=True)
        for one in _of_one(code, months, draw)
    ]
    Pulse.objects.bulk_create(rows, batch_size=2000)
    return Done(len(rows), ("demo", "pressure"), {"pulses": len(rows)})


def _of_one(code: str, months: tuple[date, ...], draw: Random) -> list[Pulse]:
    own = draw.gauss(3, 0.8)
    level = {sector: own + draw.gauss(0, 0.6) for sector in SECTORS}
    rows = []
    for month in months:
        level = {sector: value + draw.gauss(0, 0.2) for sector, value in level.items()}
        if draw.random() < ANSWERED:
            told = {s.value: _told(s, level[s], draw) for s in SECTORS if draw.random() < ANSWERED}
            at = timezone.make_aware(datetime.combine(month, time(12)))
            rows.append(Pulse(municipality_id=code, month=month, answers=told, answered_at=at, modelled=True))
    return rows


def _told(sector: Sector, level: float, draw: Random) -> dict[str, object]:
    step = min(STEPS, max(1, round(level)))
    reasons = [draw.choice(REASONS[sector])] if step >= HARD else []
    return {"step": step, "reasons": reasons}
