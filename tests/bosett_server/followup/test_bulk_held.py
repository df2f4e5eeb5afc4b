"""In bulk nobody clears a flag that stands for a missing place, a lost permit or the wrong group."""

from __future__ import annotations

import pytest

from bosett_server.queries.household_changes import Change, verdict
from bosett_server.records.models import Household


def flagged(*flags: str) -> Household:
    return Household(reference="SYN-1", persons_count=1, recheck=list(flags), stage="ready")


@pytest.mark.parametrize("flag", ["places", "permit_lost", "group"])
def test_what_still_holds_is_looked_at_one_by_one(flag):
    found = verdict(flagged("hearing", flag), Change("resolve_recheck", ""), None)
    assert (found.goes, found.code) == (False, "needs_its_own_look")


def test_other_flags_go_in_bulk():
    assert verdict(flagged("hearing"), Change("resolve_recheck", ""), None).goes
