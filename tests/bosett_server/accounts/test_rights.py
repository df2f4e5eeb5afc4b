"""Users and rights: given by others, dated, ended, reviewed, logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.login import actor_for, hats
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.roles import Role
from bosett_server.actions.accounts import (
    confirm_role_grant,
    create_user,
    end_role_grant,
    grant_role,
    reset_second_factor,
    set_user_active,
)
from bosett_server.actions.named_access import end_named_access, grant_named_access
from bosett_server.queries.accounts import to_review
from bosett_server.records.models import AuditEvent, NamedAccess, Notice, RoleGrant, User
from tests.bosett_server.cast import DAY, HERE, NOW, THERE, World, household, world

COORDINATOR = {"role": Role.MUNICIPALITY_COORDINATOR, "municipality": THERE}


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return world()


@pytest.fixture
def newcomer(stage) -> int:
    return create_user(stage["admin"], username="kari", first_name="Kari", last_name="Testperson")


def give(stage: World, user: int, **told):
    return grant_role(stage["admin"], user=user, **({"starts_on": DAY} | COORDINATOR | told))


def worn(user: int, day: date = DAY) -> list[tuple[str, str]]:
    return [(hat.role.value, hat.municipality) for hat in hats(User.objects.get(pk=user), day)]


def events(stage: World, verb: str) -> list[tuple[str, str]]:
    with acting(stage["auditor"]):
        return [
            (e.outcome, e.facts.get("code", "")) for e in AuditEvent.objects.filter(verb=verb).order_by("id")
        ]


def test_a_new_user_has_no_right_and_no_password(stage, newcomer):
    user = User.objects.get(pk=newcomer)
    assert (user.has_usable_password(), worn(newcomer)) == (False, [])
    assert events(stage, "create_user") == [("done", "")]


def test_two_users_never_share_a_name(stage, newcomer):
    with pytest.raises(Refused, match="user_name_taken"):
        create_user(stage["admin"], username="KARI", first_name="K", last_name="T")
    assert events(stage, "create_user") == [("done", ""), ("refused", "user_name_taken")]


def test_a_right_holds_from_its_first_day_until_the_day_it_ends(stage, newcomer):
    give(stage, newcomer, starts_on=DAY + timedelta(1), ends_on=DAY + timedelta(3))
    in_force = [bool(worn(newcomer, DAY + timedelta(n))) for n in range(5)]
    assert in_force == [False, True, True, False, False]


def test_a_delegation_reaches_several_municipalities_without_switching(stage, newcomer):
    give(stage, newcomer)
    give(stage, newcomer, municipality=HERE, ends_on=DAY + timedelta(30))
    user = User.objects.get(pk=newcomer)
    actor = actor_for(user, hats(user, DAY), None, DAY, "nb")
    assert actor is not None
    assert actor.municipalities == {HERE, THERE}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"role": Role.HOUSEHOLD}, "role_not_grantable"),
        ({"role": Role.SYSTEM}, "role_not_grantable"),
        ({"municipality": ""}, "role_needs_municipality"),
        ({"role": Role.COUNTY, "municipality": ""}, "role_needs_county"),
        ({"role": Role.CENTRE, "municipality": ""}, "role_needs_centre"),
        ({"role": Role.KS}, "place_not_for_role"),
        ({"county": "33"}, "place_not_for_role"),
        ({"role": Role.MINISTRY, "municipality": ""}, "role_needs_party"),
        ({"role": Role.MINISTRY, "municipality": "", "party": "KD"}, "party_not_in_agreement"),
        ({"role": Role.MINISTRY, "municipality": "", "party": "KS"}, "party_not_in_agreement"),
        ({"party": "AID"}, "party_not_for_role"),
        ({"starts_on": DAY - timedelta(1)}, "grant_in_the_past"),
        ({"ends_on": DAY}, "grant_ends_before_start"),
        ({"stands_in_for": 1}, "stand_in_needs_an_end"),
    ],
)
def test_a_right_that_makes_no_sense_is_refused_by_name(stage, newcomer, told, code):
    with pytest.raises(Refused) as refused:
        give(stage, newcomer, **told)
    assert refused.value.code == code
    assert worn(newcomer) == []
    assert events(stage, "grant_role") == [("refused", code)]


def test_the_same_right_is_not_given_twice_over(stage, newcomer):
    give(stage, newcomer, ends_on=DAY + timedelta(5))
    with pytest.raises(Refused, match="grant_overlaps"):
        give(stage, newcomer, starts_on=DAY + timedelta(4))
    give(stage, newcomer, starts_on=DAY + timedelta(5))


def test_a_user_of_two_ministries_speaks_for_the_one_whose_role_is_worn(stage, newcomer):
    grants = {
        party: give(stage, newcomer, role=Role.MINISTRY, municipality="", party=party)
        for party in ("JD", "KDD")
    }
    user = User.objects.get(pk=newcomer)
    for party, grant in grants.items():
        actor = actor_for(user, hats(user, DAY), grant, DAY, "nb")
        assert actor is not None
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT bosett_voices()")
            assert (actor.party, cursor.fetchone()) == (party, ([party],))


def test_each_speaks_for_its_own_party_or_place_and_no_other(stage):
    spoken = {
        role: sorted(stage[role].voices)
        for role in ("ks", "ministry", "imdi_lead", "udi_reception", "bufetat", "county", "municipality_decider", "nav",
                     "statsforvalter", "public", "auditor", "admin", "centre")
    }  # fmt: skip
    assert spoken == {
        "ks": ["KS"], "ministry": ["AID"], "imdi_lead": ["IMDi"], "udi_reception": ["UDI"], "bufetat": ["Bufetat"],
        "county": ["33"], "municipality_decider": [HERE], "nav": [], "statsforvalter": [], "public": [],
        "auditor": [], "admin": [], "centre": [],
    }  # fmt: skip


def test_the_database_keeps_no_ministry_without_its_name(stage, newcomer):
    told = {"user_id": newcomer, "starts_on": DAY, "granted_at": NOW}
    for wrong in ({"role": "ministry"}, {"role": "ks", "party": "AID"}):
        with pytest.raises(IntegrityError, match="ministry_grant_says_which"), acting(SYSTEM):
            RoleGrant.objects.create(**told, **wrong)


@pytest.mark.parametrize("alone", [Role.ADMIN, Role.AUDITOR])
def test_an_administrator_or_auditor_holds_no_other_role(stage, newcomer, alone):
    give(stage, newcomer)
    with pytest.raises(Refused, match="role_stands_alone"):
        give(stage, newcomer, role=alone, municipality="")


def test_nobody_changes_their_own_rights(stage):
    own = stage["admin"].user_id
    with acting(SYSTEM):
        grant = RoleGrant.objects.get(user_id=own).pk
    for step in (
        lambda: give(stage, own),
        lambda: end_role_grant(stage["admin"], grant=grant),
        lambda: confirm_role_grant(stage["admin"], grant=grant),
        lambda: set_user_active(stage["admin"], user=own, active=False),
        lambda: reset_second_factor(stage["admin"], user=own),
    ):
        with pytest.raises(Refused, match="nobody_changes_own_rights"):
            step()


@pytest.mark.parametrize("role", ["imdi_lead", "auditor", "municipality_decider", "public"])
def test_only_the_administrator_gives_rights(stage, newcomer, role):
    with pytest.raises(NotPermitted):
        grant_role(stage[role], user=newcomer, starts_on=DAY, **COORDINATOR)
    assert worn(newcomer) == []


def test_a_right_that_is_ended_is_gone_at_once_and_told(stage, newcomer):
    grant = give(stage, newcomer)
    end_role_grant(stage["admin"], grant=grant)
    assert worn(newcomer) == []
    with pytest.raises(Refused, match="grant_already_ended"):
        end_role_grant(stage["admin"], grant=grant)
    with acting(replace(stage["ks"], user_id=newcomer)):
        assert list(Notice.objects.values_list("code", flat=True).order_by("id")) == [
            "role_granted",
            "role_ended",
        ]
    with pytest.raises(NotInSight):
        end_role_grant(stage["admin"], grant=10**9)


def test_a_closed_user_can_be_given_nothing_and_do_nothing(stage, newcomer):
    give(stage, newcomer)
    set_user_active(stage["admin"], user=newcomer, active=False)
    user = User.objects.get(pk=newcomer)
    assert actor_for(user, hats(user, DAY), None, DAY, "nb") is None
    with pytest.raises(Refused, match="user_inactive"):
        give(stage, newcomer, municipality=HERE)


def test_a_right_comes_up_for_review_after_half_a_year_and_goes_when_confirmed(stage, newcomer, settings):
    grant = give(stage, newcomer)

    def waiting() -> list[int]:
        return [row.id for row in to_review(stage["admin"], settings.BOSETT_TODAY) if row.user_id == newcomer]

    settings.BOSETT_TODAY = date(2026, 9, 15)
    assert waiting() == []
    settings.BOSETT_TODAY = date(2026, 9, 17)
    assert waiting() == [grant]
    confirm_role_grant(stage["admin"], grant=grant)
    assert waiting() == []


# Protected addresses


def name(stage: World, username: str, reference: str, **told) -> int:
    return grant_named_access(stage["imdi_lead"], username=username, reference=reference, **told)


def test_a_lead_names_a_caseworker_for_a_household_without_seeing_it(stage):
    row = household(stage, protection="fortrolig")
    user = stage.users["imdi_caseworker"]
    named = name(stage, user.username, row.reference)
    actor = actor_for(user, hats(user, DAY), None, DAY, "nb")
    assert actor is not None
    assert actor.named == {str(row.pk)}
    with acting(stage["auditor"]):
        (event,) = AuditEvent.objects.filter(verb="grant_named_access")
    assert (event.object_id, event.facts) == (str(row.pk), {"user": user.pk})
    end_named_access(stage["imdi_lead"], named=named)
    actor = actor_for(user, hats(user, DAY), None, DAY, "nb")
    assert actor is not None
    assert actor.named == frozenset()
    assert events(stage, "end_named_access") == [("done", "")]


def test_named_access_is_refused_by_name(stage):
    hidden, plain = household(stage, protection="fortrolig"), household(stage)
    caseworker = stage.users["imdi_caseworker"].username
    told = [
        (stage.users["imdi_lead"].username, hidden.reference, "nobody_changes_own_rights"),
        (stage.users["ks"].username, hidden.reference, "user_cannot_be_named"),
        ("ingen", hidden.reference, "user_cannot_be_named"),
        (caseworker, plain.reference, "not_a_protected_household"),
        (caseworker, "SYN-999999", "not_a_protected_household"),
    ]
    for username, reference, code in told:
        with pytest.raises(Refused) as refused:
            name(stage, username, reference)
        assert refused.value.code == code
    name(stage, caseworker, hidden.reference)
    with pytest.raises(Refused, match="already_named"):
        name(stage, caseworker, hidden.reference)
    with acting(SYSTEM):
        assert NamedAccess.objects.count() == 1


@pytest.mark.parametrize("role", ["imdi_caseworker", "admin", "auditor", "udi_reception"])
def test_only_a_lead_names(stage, role):
    row = household(stage, protection="fortrolig")
    with pytest.raises(NotPermitted):
        grant_named_access(stage[role], username=stage.users["imdi_lead"].username, reference=row.reference)


def test_a_stand_in_holds_the_right_of_the_one_who_is_away_for_a_time(stage, newcomer, client):
    client.force_login(stage.users["admin"])
    told = {
        "role": "municipality_coordinator", "municipality": THERE, "county": "", "centre": "",
        "starts_on": DAY.isoformat(), "ends_on": (DAY + timedelta(14)).isoformat(),
    }  # fmt: skip
    away = stage.users["stranger"].username
    answer = client.post(f"/users/{newcomer}/grant/", told | {"stands_in_for": away})
    assert answer.status_code in {302, 303}
    held = RoleGrant.objects.get(user_id=newcomer)
    assert held.stands_in_for is not None
    assert held.stands_in_for.user_id == stage.users["stranger"].pk


@pytest.mark.parametrize("away", ["imdi_lead", "nobody"])
def test_nobody_stands_in_for_one_who_does_not_have_the_right(stage, newcomer, away):
    held = RoleGrant.objects.filter(user=stage.users[away]).first() if away in stage.users else None
    with pytest.raises(Refused, match="stand_in_for_nothing"):
        give(stage, newcomer, ends_on=DAY + timedelta(9), stands_in_for=held.pk if held else 0)
    assert not RoleGrant.objects.filter(user_id=newcomer).exists()
