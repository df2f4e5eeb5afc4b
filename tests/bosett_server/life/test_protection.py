"""A protected address: from the moment it is recorded only the users named see the household anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett.terms.groups import Basis, Track
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.protection import lift_protection, protect_address
from bosett_server.actions.registration import NewPerson, register_household
from bosett_server.actions.settlements import settle
from bosett_server.records.models import Household, NamedAccess, Notice, OneTimeCode, OpenedPlace, Person
from tests.bosett_server.cast import HERE, NOW, household
from tests.bosett_server.life.scenes import assign, assigned, logged, now, people, quota, the_assignment
from tests.bosett_server.placement.scenes import offer

BLID = NewPerson("Blid", "Testperson", date(1991, 2, 3), "female", "UKR", Basis.COLLECTIVE)
KIND = "strengt_fortrolig"
SEEING = ["imdi_caseworker", "imdi_lead", "udi_reception", "centre", "municipality_coordinator"]


def in_sight(stage, role, home) -> bool:
    with acting(stage[role]):
        return Household.objects.filter(pk=home.pk).exists()


def protect(stage, home, *, by="imdi_caseworker", users=("imdi_lead",), kind=KIND):
    names = [stage.users[one].username for one in users]
    protect_address(stage[by], household=str(home.pk), kind=kind, users=names)


def test_everybody_but_the_named_loses_sight_at_once(stage):
    home = household(stage)
    protect(stage, home)
    assert [role for role in SEEING if in_sight(stage, role, home)] == []
    with acting(SYSTEM):
        named = list(NamedAccess.objects.filter(household=home).values_list("user__username", flat=True))
        told = list(Notice.objects.filter(code="named_for_household").values_list("to_user_id", flat=True))
    assert named == [stage.users["imdi_lead"].username]
    assert told == [stage.users["imdi_lead"].pk]
    assert [one.outcome for one in logged(stage, "protect_address")] == ["done"]


def test_an_offer_that_is_out_goes_back_and_the_card_tells_no_reason_of_protection(stage):
    home = household(stage)
    card = offer(stage, home=home)
    protect(stage, home)
    assert the_assignment_state(card) == ("withdrawn", "household_changed")
    assert quota().assigned == 0
    with acting(SYSTEM):
        notices = Notice.objects.filter(code="card_withdrawn")
        assert [(one.to_role, one.municipality_id) for one in notices] == [("municipality_coordinator", HERE)]
        assert "protect" not in str([one.facts for one in notices])


def the_assignment_state(card):
    with acting(SYSTEM):
        card.refresh_from_db()
    return card.state, card.decline_reason


def test_an_agreement_that_is_not_settled_goes_back_as_well(stage):
    home = assigned(stage)
    protect(stage, home)
    assert now(home).stage == "ready"
    assert quota().assigned == 0


def test_of_what_was_told_before_nothing_names_the_household_any_more(stage):
    key = register_household(
        stage["udi_reception"], track=Track.ASYLUM, language="uk", persons=[BLID],
        arrived_on=date(2026, 3, 10), centre_id=stage.centre.pk,
    )  # fmt: skip
    with acting(SYSTEM):
        home = Household.objects.get(pk=key)
        assert Notice.objects.get(code="household_registered").facts["household"] == home.reference
    protect(stage, home)
    with acting(SYSTEM):
        left = [str(one.facts) + one.url for one in Notice.objects.exclude(code="named_for_household")]
    assert not [one for one in left if home.reference in one or str(home.pk) in one]


def test_printed_codes_to_its_own_page_do_not_open_it(stage):
    home = household(stage)
    with acting(stage["centre"]):
        OneTimeCode.objects.create(
            household=home,
            code_hash="0" * 64,
            printed_by=stage.users["centre"],
            printed_at=NOW,
            expires_at=NOW,
        )
    protect(stage, home)
    with acting(SYSTEM):
        assert OneTimeCode.objects.get(household=home).revoked_at is not None


def test_a_settled_household_leaves_the_counts_that_others_see_and_comes_back_when_it_is_lifted(stage):
    home = assigned(stage)
    assignment = the_assignment(home)
    settle(
        stage["municipality_coordinator"],
        household=str(home.pk),
        persons={str(one.pk): date(2026, 3, 12) for one in people(home)},
    )
    assert (quota().assigned, quota().settled) == (2, 2)
    protect(stage, home)
    assert (quota().assigned, quota().settled) == (0, 0)
    lift_protection(named_lead(stage, home), household=str(home.pk))
    assert (quota().assigned, quota().settled) == (2, 2)
    assert assignment.pk == the_assignment(home).pk
    assert in_sight(stage, "imdi_caseworker", home)


def named_lead(stage, home):
    """The lead as logged in with the named household in the context."""
    return replace(stage["imdi_lead"], named=frozenset({str(home.pk)}))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"users": ()}, "nobody_named"),
        ({"users": ("imdi_caseworker",)}, "nobody_changes_own_rights"),
        ({"users": ("ks",)}, "user_cannot_be_named"),
        ({"kind": "hemmelig"}, "protection_not_known"),
        ({"kind": "none"}, "protection_not_known"),
    ],
)
def test_a_protection_that_would_leave_it_to_nobody_is_refused_and_nothing_is_changed(stage, changes, code):
    home = household(stage)
    with pytest.raises(Refused, match=code):
        protect(stage, home, **changes)
    assert now(home).protection == "none"
    assert [one.outcome for one in logged(stage, "protect_address")] == ["refused"]


def test_only_those_who_see_it_and_may_can_protect_it(stage):
    home = household(stage)
    for role in ("centre", "ks", "admin", "municipality_decider"):
        with pytest.raises(NotPermitted):
            protect(stage, home, by=role)
    settled = household(stage, stage="settled", settled_on=date(2026, 1, 1))
    with pytest.raises(NotInSight):
        protect(stage, settled, by="udi_reception")


def test_protection_is_not_lifted_while_a_sealed_place_is_offered(stage):
    home = household(stage, protection=KIND)
    with acting(SYSTEM):
        OpenedPlace.objects.create(
            municipality_id=HERE, year=2026, places=2, household=home, sealed=True, reason="home_free",
            opened_by=stage.users["municipality_coordinator"], opened_on=date(2026, 3, 1),
        )  # fmt: skip
    assign(stage, home, state="offered")
    with pytest.raises(Refused, match="return_to_pool_first"):
        lift_protection(named_lead(stage, home), household=str(home.pk))


def test_a_household_can_be_registered_protected_from_the_start_and_its_registrar_never_sees_it(stage):
    key = register_household(
        stage["udi_reception"], track=Track.ASYLUM, language="uk", persons=[BLID],
        arrived_on=date(2026, 3, 10), centre_id=stage.centre.pk, protection=KIND,
        named_users=[stage.users["imdi_lead"].username],
    )  # fmt: skip
    with acting(SYSTEM):
        home = Household.objects.get(pk=key)
        assert Person.objects.filter(household=home).count() == 1
        assert not Notice.objects.filter(code="household_registered").exists()
    assert home.protection == KIND
    assert [role for role in SEEING if in_sight(stage, role, home)] == []


def test_a_protected_registration_that_names_nobody_stores_nothing(stage):
    with pytest.raises(Refused, match="nobody_named"):
        register_household(
            stage["udi_reception"], track=Track.ASYLUM, language="uk", persons=[BLID],
            arrived_on=date(2026, 3, 10), centre_id=stage.centre.pk, protection=KIND,
        )  # fmt: skip
    with acting(SYSTEM):
        assert not Household.objects.exists()
