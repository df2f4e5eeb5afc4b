"""Before a deadline runs out the municipality is told, once, and without naming anybody."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.grants.claim import Claim
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.grant_reminders import remind_claims
from bosett_server.records.models import Household, Notice
from tests.bosett_server.cast import HERE, THERE, vedtak
from tests.bosett_server.grants.claiming import grant_2, recorded, somebody
from tests.bosett_server.grants.settled import moved, settled

# Settled on 10 March 2024: the deadline for grant year 2, which ends on 10 March 2026, is 10 May 2026.
SIX_WEEKS_BEFORE, DAY_BEFORE_THAT, DAY_AFTER = date(2026, 3, 29), date(2026, 3, 28), date(2026, 5, 11)


def notices(stage, role="municipality_coordinator"):
    with acting(stage[role]):
        return [(one.code, one.url, one.due_on) for one in Notice.objects.order_by("id")]


def test_a_draft_near_its_deadline_is_told_of_once(stage, settings):
    person = somebody(stage)
    recorded(stage, grant_2(person))
    number = recorded(stage, grant_2(person, 2, 2025), apply=False)
    settings.BOSETT_TODAY = DAY_BEFORE_THAT
    assert remind_claims(SYSTEM) == 0
    settings.BOSETT_TODAY = SIX_WEEKS_BEFORE
    assert (remind_claims(SYSTEM), remind_claims(SYSTEM)) == (1, 0)
    assert notices(stage) == [("claim_due", f"/grants/claims/{number}/", date(2026, 5, 10))]
    assert [one for one in notices(stage, "stranger") if one[0].startswith("claim_d")] == []


def test_a_year_of_grant_2_that_nobody_has_claimed_is_told_of(stage, settings):
    person = somebody(stage)
    recorded(stage, grant_2(person))
    settings.BOSETT_TODAY = SIX_WEEKS_BEFORE
    assert remind_claims(SYSTEM) == 1
    ((code, url, due),) = notices(stage)
    assert (code, due) == ("claim_next_year_due", date(2026, 5, 10))
    assert url == f"/grants/claims/new/special_2/?person={person.pk}&grant_year=2"


def test_nothing_is_told_after_the_deadline_or_of_somebody_who_has_moved(stage, settings):
    person, gone = somebody(stage), somebody(stage)
    recorded(stage, grant_2(person))
    recorded(stage, grant_2(gone))
    moved(stage, gone, date(2025, 6, 1), away=HERE, to=THERE)
    settings.BOSETT_TODAY = DAY_AFTER
    assert remind_claims(SYSTEM) == 0
    settings.BOSETT_TODAY = SIX_WEEKS_BEFORE
    assert remind_claims(SYSTEM) == 1


def test_after_the_fifth_year_nothing_is_told_but_of_a_minor_until_the_year_of_20(stage, settings):
    vedtak(HERE, 5, year=2019)
    day, alone = date(2019, 3, 10), {"unaccompanied_minor": True}
    adult = settled(stage, day, persons=1, births=[date(2003, 5, 1)])[0]
    minor = settled(stage, day, persons=1, person=alone, births=[date(2006, 5, 1)])[0]
    for one in (adult, minor):
        recorded(stage, Claim("new", "special_2", 2023, HERE, str(one.pk), 5, cost_nok=1))
    # Grant year 6 runs from 10 March 2024: the minor turns 20 in 2026, the deadline is 10 May 2025.
    settings.BOSETT_TODAY = date(2025, 4, 20)
    assert remind_claims(SYSTEM) == 1
    assert str(minor.pk) in notices(stage)[0][1]


def test_of_a_protected_person_only_the_users_named_are_told(stage, settings):
    person = somebody(stage)
    recorded(stage, grant_2(person))
    with acting(SYSTEM):
        Household.objects.filter(pk=person.household_id).update(protection="fortrolig")
    settings.BOSETT_TODAY = SIX_WEEKS_BEFORE
    remind_claims(SYSTEM)
    assert notices(stage) == []


def test_only_the_clock_reminds(stage):
    with pytest.raises(NotPermitted):
        remind_claims(stage["imdi_lead"])
