"""What stands round a round in the role matrix: kept criteria, an indicator, hearings, a letter."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from bosett.distribution import Criterion
from bosett.distribution.settings import CriteriaSettings, as_kept
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.distribution_criteria import keep_criteria, keep_indicator, share_criteria
from bosett_server.actions.distribution_hearings import open_hearings
from bosett_server.records.models import Hearing, LetterJob, RoundLetter
from tests.bosett_server.cast import DAY, HERE, NOW, YEAR, World


def round_samples(world: World, draft: int) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Samples for all, and those that differ by role."""
    settings = as_kept(CriteriaSettings(weights=(Criterion("population", Fraction(1)),)))
    own: dict[str, dict[str, Any]] = {}
    for role in ("imdi_caseworker", "imdi_lead"):
        made = keep_criteria(world[role], year=YEAR + 2, name=f"Syntetisk {role}", settings=settings)
        share_criteria(world[role], criteria_set=made)
        values = {HERE: "1"}
        brought = keep_indicator(world[role], name=f"Syntetisk {role}", source="Syntetisk", values=values)
        own[role] = {"criteria_set": made, "indicator": brought}
    open_hearings(world["imdi_lead"], round=draft, due_on=date(2026, 4, 1))
    with acting(SYSTEM):
        ks = Hearing.objects.get(round_id=draft, body="ks").pk
        county = Hearing.objects.get(round_id=draft, body="33").pk
        LetterJob.objects.create(round=world.round, state="done", done=1, total=1, asked_at=NOW)
        RoundLetter.objects.create(
            round=world.round, municipality_id=HERE, language="nb", title="Syntetisk brev", file_name="1-brev.pdf",
            case_number="1", dated=DAY, content=b"%PDF-", size_bytes=5, sha256="0" * 64, outcome="delivered",
        )  # fmt: skip
    own["ks"] = {"hearing": ks}
    samples = own["imdi_lead"] | {"hearing": county}
    return samples, own
