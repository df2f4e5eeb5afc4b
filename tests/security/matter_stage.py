"""A matter that every desk takes part in, handed over and not answered."""

from __future__ import annotations

from typing import Any

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import HandOver, Matter
from tests.bosett_server.cast import HERE, NOW

DESKS = [
    "imdi", "udi", "bufetat", "nav", "husbanken", "county:33", "statsforvalter:33", f"municipality:{HERE}",
]  # fmt: skip


def matter_between_all(stage: Any) -> None:
    """Adds the samples `matter` and `hand_over`."""
    with acting(SYSTEM):
        row = Matter.objects.create(
            sector="housing", ask="service_needed", municipality_id=HERE, opened_at=NOW, held_since=NOW,
            opened_desk="nav", holder="nav", desks=DESKS,
        )  # fmt: skip
        asked = HandOver.objects.create(matter=row, from_desk="nav", to_desk="husbanken", offered_at=NOW)
    stage.samples |= {"matter": row.pk, "hand_over": asked.pk}
