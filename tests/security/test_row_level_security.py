"""The second wall: what each role sees of each table when nothing in Python checks.

Every read here is plain Django under `acting(actor)`; every expected cell is the architecture's
section 5 worked out by hand for the stage below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from bosett_server.access.actor import PUBLIC, SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.records import models as tables
from bosett_server.records.models import (
    Assignment,
    Centre,
    CentrePlaces,
    Contract,
    Enquiry,
    GrantLine,
    Household,
    HouseholdRequest,
    Interview,
    LifeEvent,
    Move,
    NamedAccess,
    Notice,
    OneTimeCode,
    OpenedPlace,
    Person,
    PlacementRun,
    Proposal,
    Quota,
    SelfSettlement,
    Settlement,
    Stay,
    VersionedFigure,
)
from tests.bosett_server.cast import DAY, NOW, STAFF, YEAR, World, household, world
from tests.security.rows import A, B, row_stage

OUTSIDE_CASEWORK = ["municipality_decider", "county", "ks", "ministry", "nav", "husbanken", "statsforvalter",
                    "auditor", "admin", "public"]  # fmt: skip


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    return row_stage()


def household_of(row: Any) -> Any:
    for path in ("household_id", "person", "assignment"):
        if path == "household_id" and hasattr(row, path):
            return row.household_id
        if hasattr(row, f"{path}_id"):
            with acting(SYSTEM):
                table = {"person": Person, "assignment": Assignment}[path]
                return table.objects.get(pk=getattr(row, f"{path}_id")).household_id
    return row.pk


def sees(stage: World, who: str, table: type[Model]) -> str:
    """The households whose rows of the table are seen, as letters: w(aiting) c(hild) h(idden) a b."""
    with acting(stage[who]):
        rows = list(table._default_manager.all())
    letters = {stage.extra[n].pk: n[-1] if n.startswith("in_") else n[0]
               for n in ("waiting", "child", "hidden", "in_a", "in_b")}  # fmt: skip
    return "".join(sorted({letters[household_of(row)] for row in rows}))


# One line a role: household, person, interview, life event, stay | assignment, question, self-settlement |
# settlement, move, grant line | proposal
SEEN: dict[str, tuple[str, ...]] = {
    "imdi_caseworker": ("abcw", "abcw", "abcw", "abcw", "abcw", "ab", "ab", "w", "ab", "ab", "ab", "w"),
    "imdi_lead": ("abcw", "abcw", "abcw", "abcw", "abcw", "ab", "ab", "w", "ab", "ab", "ab", "w"),
    "named": ("abchw", "abchw", "abchw", "abchw", "abchw", "ab", "ab", "w", "ab", "ab", "ab", "hw"),
    "udi_reception": ("abcw", "abcw", "abcw", "abcw", "abcw", "ab", "ab", "w", "ab", "ab", "", ""),
    "bufetat": ("c", "c", "c", "c", "c", "", "", "", "", "", "", ""),
    "centre": ("abw", "abw", "abw", "abw", "abw", "ab", "ab", "w", "ab", "ab", "", ""),
    "municipality_coordinator": ("a", "a", "a", "a", "a", "a", "a", "w", "a", "a", "a", ""),
    "coordinator_b": ("b", "b", "b", "b", "b", "b", "b", "", "b", "b", "b", ""),
    "household": ("a", "a", "a", "a", "a", "a", "a", "", "a", "a", "", ""),
    "representative": ("c", "c", "c", "c", "c", "", "", "", "", "", "", ""),
    **dict.fromkeys(OUTSIDE_CASEWORK, ("",) * 12),
}
TABLES = (Household, Person, Interview, LifeEvent, Stay, Assignment, Enquiry, SelfSettlement, Settlement, Move,
          GrantLine, Proposal)  # fmt: skip


def test_the_table_below_has_every_role():
    assert set(SEEN) - {"named", "coordinator_b"} == {role.value for role in Role} - {"system"}


@pytest.mark.parametrize("who", SEEN)
def test_each_role_sees_these_households_in_each_table_and_no_others(stage, who):
    assert {t.__name__: sees(stage, who, t) for t in TABLES} == {
        t.__name__: expected for t, expected in zip(TABLES, SEEN[who], strict=True)
    }


def test_a_protected_household_is_found_by_no_question_of_those_not_named(stage):
    hidden = stage.extra["hidden"]
    for who in set(SEEN) - {"named"}:
        with acting(stage[who]):
            assert not Household.objects.filter(pk=hidden.pk).exists(), who
            assert not Household.objects.filter(reference=hidden.reference).exists(), who
            assert not Household.objects.exclude(protection="none").exists(), who
            assert not OpenedPlace.objects.filter(sealed=True).exists(), who
    with acting(stage["named"]):
        assert Household.objects.filter(pk=hidden.pk).exists()
        assert OpenedPlace.objects.filter(sealed=True).exists()


def test_who_is_protected_is_listed_for_the_lead_and_those_named_only(stage):
    seen = {who for who in SEEN if _count(stage, who, NamedAccess)}
    assert seen == {"imdi_lead", "named"}


def test_sealed_places_leave_no_trace_in_the_remainders_others_see(stage):
    with acting(stage["municipality_coordinator"]):
        quota = Quota.objects.get(municipality_id=A, year=YEAR, group="all")
    assert (quota.opened, quota.assigned) == (1, 2)


@pytest.mark.parametrize(
    ("table", "roles"),
    [
        (Contract, {"udi_reception"}),
        (OneTimeCode, set()),
        (PlacementRun, {"imdi_caseworker", "imdi_lead", "named"}),
        (VersionedFigure, set(SEEN) - {"household", "representative", "public", "auditor", "admin"}),
        (Quota, set(SEEN) - {"household", "representative", "public", "auditor", "admin", "centre"}),
        (tables.AuditEvent, {"auditor"}),
        (HouseholdRequest, {"imdi_caseworker", "imdi_lead", "named", "bufetat", "centre", "household",
                            "representative"}),
    ],
)  # fmt: skip
def test_these_tables_are_open_to_these_roles(stage, table, roles):
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT bosett_audit('x', 'x', 'x', 'done', '{}')")
    assert {who for who in SEEN if _count(stage, who, table)} == roles


def test_a_centre_not_announced_is_udis_alone_with_its_places_and_price(stage):
    secret = stage.extra["secret"].pk
    for who in SEEN:
        with acting(stage[who]):
            found = (
                Centre.objects.filter(pk=secret).exists()
                or CentrePlaces.objects.filter(centre_id=secret).exists()
            )
        assert found is (who == "udi_reception"), who


def test_a_municipality_reads_its_own_notices_only(stage):
    with acting(stage["municipality_coordinator"]):
        assert list(Notice.objects.filter(code="x").values_list("municipality_id", flat=True)) == [A]
    with acting(stage["coordinator_b"]):
        assert list(Notice.objects.filter(code="x").values_list("municipality_id", flat=True)) == [B]
    with acting(stage["auditor"]):
        assert not Notice.objects.exists()


WRITES: list[tuple[str, Callable[[World], Any]]] = [
    ("another's household", lambda s: Household.objects.filter(pk=s.extra["in_b"].pk).update(needs=["x"])),
    ("another's person", lambda s: Person.objects.filter(household=s.extra["in_b"]).update(sex="x")),
    ("another's assignment", lambda _: Assignment.objects.filter(municipality_id=B).update(state="declined")),
    ("another's grant line", lambda _: GrantLine.objects.filter(municipality_id=B).update(status="x")),
    ("another's opened places", lambda _: OpenedPlace.objects.exclude(municipality_id=A).update(places=9)),
    ("any household gone", lambda s: Household.objects.filter(pk=s.extra["in_a"].pk)._raw_delete("default")),
]


@pytest.mark.parametrize(("what", "write"), WRITES, ids=[what for what, _ in WRITES])
def test_a_municipality_changes_nothing_of_anothers(stage, what, write):
    with acting(stage["municipality_coordinator"]):
        assert write(stage) == 0


def test_the_household_writes_its_comment_and_nothing_else(stage):
    own = Interview.objects.filter(household=stage.extra["in_a"])
    with acting(stage["household"]):
        assert own.update(comment="Takk", comment_at=NOW) == 1
        assert Interview.objects.filter(household=stage.extra["in_b"]).update(comment="x") == 0
        assert Person.objects.update(sex="x") == 0
        assert Household.objects.update(stage="settled") == 0
        with pytest.raises(DatabaseError, match="only_the_comment_is_yours"), transaction.atomic():
            own.update(wishes=[B])


def test_a_request_is_made_for_ones_own_household_only(stage):
    told = {"kind": "correction", "subject": "name", "text": "x", "asked_as": "household", "asked_at": NOW,
            "answer_due_on": DAY}  # fmt: skip
    for who, row in (("household", "in_b"), ("centre", "waiting"), ("imdi_lead", "waiting")):
        with pytest.raises(DatabaseError, match="row-level security"), acting(stage[who]):
            HouseholdRequest.objects.create(household=stage.extra[row], **told)


@pytest.mark.parametrize("table", [*TABLES, Quota, VersionedFigure, tables.AuditEvent, Notice])
def test_without_a_context_a_read_raises_though_rows_are_there(stage, table):
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT bosett_audit('x', 'x', 'x', 'done', '{}')")
        assert table._default_manager.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('bosett.role', '', true)")
    with pytest.raises(DatabaseError, match="no_access_context"), transaction.atomic():
        list(table._default_manager.all())


@pytest.mark.parametrize(
    "table", ["records_auditevent", "records_auditseal", "records_quota", "records_rowhistory"]
)
def test_the_services_role_writes_neither_log_nor_remainders(stage, table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, 'INSERT'), has_table_privilege(%s, 'UPDATE'),"
            " has_table_privilege(%s, 'DELETE'), has_table_privilege(%s, 'TRUNCATE')", [table] * 4
        )  # fmt: skip
        assert cursor.fetchone() == (False, False, False, False)


def test_every_table_with_persons_is_under_forced_row_level_security(stage):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"
            " AND c.relkind IN ('r', 'p') AND c.relname LIKE 'records\\_%%'"
            " AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
        )
        free = {row[0] for row in cursor.fetchall()}
    open_by_design = {"records_user", "records_user_groups", "records_user_user_permissions", "records_county",
                      "records_municipality", "records_organisation", "records_attempt",
                      "records_requestkey"}  # fmt: skip
    assert free <= open_by_design


def test_a_context_ends_with_its_block_also_when_the_block_fails(stage):
    with acting(stage["municipality_coordinator"]):
        with pytest.raises(ZeroDivisionError), acting(stage["imdi_lead"]):
            assert 1 / (Household.objects.count() - 4)
        assert Household.objects.count() == 1
        with pytest.raises(DatabaseError), acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert Household.objects.count() == 1
        with acting(SYSTEM):
            assert Household.objects.count() == 5
        assert Household.objects.count() == 1


def test_a_nested_context_of_another_municipality_leaves_nothing_behind(stage):
    with acting(stage["municipality_coordinator"]):
        with acting(stage["coordinator_b"]):
            assert set(Assignment.objects.values_list("municipality_id", flat=True)) == {B}
        assert set(Assignment.objects.values_list("municipality_id", flat=True)) == {A}


@pytest.mark.django_db(transaction=True)
def test_a_connection_used_again_remembers_nobody():
    made = world()
    household(made)
    with acting(made["imdi_lead"]):
        assert Household.objects.count() == 1
    with pytest.raises(DatabaseError, match="no_access_context"):
        Household.objects.count()
    with acting(PUBLIC):
        assert Household.objects.count() == 0
    with pytest.raises(RuntimeError), acting(made["imdi_lead"]):
        raise RuntimeError
    with pytest.raises(DatabaseError, match="no_access_context"):
        Household.objects.count()


def test_a_user_cannot_give_oneself_a_right_past_the_code(stage):
    told = {"role": "imdi_lead", "starts_on": DAY, "granted_at": NOW}
    admin, other = stage.users["admin"], stage.users["ks"]
    with pytest.raises(DatabaseError, match="nobody_changes_own_rights"), acting(stage["admin"]):
        tables.RoleGrant.objects.create(user=admin, granted_by=other, **told)
    with pytest.raises(DatabaseError, match="granted_in_own_name_only"), acting(stage["admin"]):
        tables.RoleGrant.objects.create(user=other, granted_by=stage.users["imdi_lead"], **told)
    with pytest.raises(DatabaseError, match="a_grant_is_ended_not_changed"), acting(stage["admin"]):
        tables.RoleGrant.objects.filter(user=other).update(role="imdi_lead")
    for who in set(STAFF) - {Role.ADMIN}:
        with (
            pytest.raises(DatabaseError, match=r"row-level security|nobody_changes"),
            acting(stage[who.value]),
        ):
            tables.RoleGrant.objects.create(user=other, granted_by=stage.users[who.value], **told)


def _count(stage: World, who: str, table: type[Model]) -> int:
    with acting(stage[who]):
        return int(table._default_manager.count())
