"""What the demo shows of the consultation is made up, says so, and is what the steps make."""

from __future__ import annotations

import pytest

from bosett_server.access.actor import PUBLIC, SYSTEM
from bosett_server.access.context import acting
from bosett_server.actions.demo_consultation import SPEAKERS, load_demo_consultation
from bosett_server.queries.consultation_protocols import protocols
from bosett_server.records.models import ConsultationMatter, ConsultationMeeting, RoleGrant, User
from tests.bosett_server.cast import DAY, HERE, NOW, world

PARTIES = {"departement": "AID", "jd": "JD", "bfd": "BFD", "kdd": "KDD"}
ROLES = {"ks": "ks", "leder": "imdi_lead", "kommune": "municipality_coordinator", "fylke": "county"}


def test_the_demo_has_a_held_meeting_and_one_to_come_and_all_of_it_says_that_it_is_made_up(db, settings):
    settings.BOSETT_TODAY = DAY
    world()
    with acting(SYSTEM):
        for name in SPEAKERS:
            user = User.objects.create(username=name)
            place = {"party": PARTIES[name]} if name in PARTIES else {}
            place |= {"kommune": {"municipality_id": HERE}, "fylke": {"county_id": "33"}}.get(name, {})
            RoleGrant.objects.create(
                user=user, role=ROLES.get(name, "ministry"), starts_on=DAY, granted_at=NOW, **place
            )
    assert load_demo_consultation(SYSTEM) > 0
    assert load_demo_consultation(SYSTEM) == 0
    with acting(SYSTEM):
        meetings = dict(ConsultationMeeting.objects.values_list("title", "state"))
        assert not ConsultationMeeting.objects.filter(synthetic=False).exists()
        assert not ConsultationMatter.objects.filter(synthetic=False).exists()
    assert sorted(meetings.values()) == ["called", "called", "held"]
    with acting(PUBLIC):
        (one,) = protocols()
    assert one.content["synthetic"] is True
    assert "oppdiktet" in one.content["text"]


@pytest.mark.parametrize("who", ["municipality_coordinator"])
def test_only_the_system_fills_the_demo(db, settings, who):
    settings.BOSETT_TODAY = DAY
    stage = world()
    with pytest.raises(Exception, match="not_permitted"):
        load_demo_consultation(stage[who])
