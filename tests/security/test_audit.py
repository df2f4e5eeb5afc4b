"""The log: append-only for the service, sealed with a key outside the database; tampering by its owner is found."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connection

from bosett.terms.errors import BadInput
from bosett_server import commands
from bosett_server.access import audit
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.audit_seal import FIRST_HEAD, is_signed, merkle_root, published, signing_key
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.audit import run_sealer, seal
from bosett_server.records.models import AuditEvent, AuditSeal
from tests.bosett_server.cast import world


@pytest.fixture
def files(settings, tmp_path) -> Path:
    settings.BOSETT_AUDIT_KEY = tmp_path / "out" / "key.pem"
    settings.BOSETT_AUDIT_HEADS = tmp_path / "out" / "heads.jsonl"
    return tmp_path / "out"


def write(count: int, start: int = 0) -> None:
    with acting(SYSTEM):
        rows = [(i, {"n": i, "å": [1.5, None, "\u0001"]}) for i in range(start, start + count)]
        audit.append_many("tried", "thing", rows)


def verify(capsys, *more: str) -> tuple[int, dict]:
    capsys.readouterr()
    code = commands.main(["audit-verify", "--json", *more])
    return code, json.loads(capsys.readouterr().out)


def tamper(owner: psycopg.Connection, statement: str, table: str = "records_auditevent") -> None:
    """As the owner of the tables, with the guards off."""
    with owner.transaction():
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(statement)
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def in_the_database(actor: Actor, statement: str) -> None:
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_root_of_three_leaves_is_the_one_worked_out_by_hand():
    a, b, c = (hashlib.sha256(x).digest() for x in (b"a", b"b", b"c"))
    pair = hashlib.sha256(b"\x01" + a + b).digest()
    assert merkle_root([a, b, c]) == hashlib.sha256(b"\x01" + pair + c).hexdigest()
    assert merkle_root([a]) == a.hex()


def test_an_untouched_log_is_confirmed_and_the_unsealed_rows_are_counted(transactional_db, files, capsys):
    write(5)
    assert seal(at_most=3) == 3
    assert seal() == 2
    write(4, 5)
    code, told = verify(capsys)
    assert (code, told["rows"], told["seals"], told["published_heads"]) == (0, 5, 2, 2)
    assert (told["unsealed_rows"], told["breach"]) == (4, "")


@pytest.mark.parametrize(
    ("statement", "table", "breach"),
    [
        ("UPDATE records_auditevent SET user_id = 7 WHERE id = {third}", "records_auditevent", "row_changed"),
        ("UPDATE records_auditevent SET facts = '{{}}' WHERE id = {third}", "records_auditevent", "row_changed"),
        ("UPDATE records_auditevent SET at = at + interval '1 microsecond' WHERE id = {third}", "records_auditevent",
         "row_changed"),
        ("DELETE FROM records_auditevent WHERE id = {third}", "records_auditevent", "row_missing"),
        ("UPDATE records_auditseal SET rows = rows + 1 WHERE id = (SELECT min(id) FROM records_auditseal)",
         "records_auditseal", "seal_changed"),
        ("UPDATE records_auditseal SET signature = repeat('0', 128) WHERE id = (SELECT max(id) FROM records_auditseal)",
         "records_auditseal", "bad_signature"),
        ("DELETE FROM records_auditseal WHERE id = (SELECT min(id) FROM records_auditseal)", "records_auditseal",
         "seal_gone"),
        ("DELETE FROM records_auditseal WHERE id = (SELECT max(id) FROM records_auditseal)", "records_auditseal",
         "tail_deleted"),
    ],
)  # fmt: skip
def test_what_the_owner_changes_behind_the_guards_is_found(
    transactional_db, files, capsys, owner_connection, statement, table, breach
):
    write(4)
    seal(at_most=2)
    seal()
    with acting(SYSTEM):
        third = AuditEvent.objects.order_by("id")[2].pk
    tamper(owner_connection, statement.format(third=third), table)
    code, told = verify(capsys)
    assert (code, told["breach"]) == (4, breach)


def test_a_row_slipped_into_a_gap_between_sealed_rows_is_found(
    transactional_db, files, capsys, owner_connection
):
    write(1)
    owner_connection.execute("SELECT nextval(pg_get_serial_sequence('records_auditevent', 'id'))")
    write(1, 1)
    seal()
    with acting(SYSTEM):
        first, last = AuditEvent.objects.order_by("id").values_list("id", flat=True)
    assert last == first + 2
    tamper(
        owner_connection,
        "INSERT INTO records_auditevent"  # noqa: S608
        " (id, at, role, scope, verb, object_type, object_id, outcome, facts, request_id)"
        f" SELECT {first + 1}, at, role, scope, 'forged', object_type, object_id, outcome, facts, request_id"
        f" FROM records_auditevent WHERE id = {first}",
    )
    code, told = verify(capsys)
    assert (code, told["breach"]) == (4, "row_slipped_in")


def test_a_log_cut_off_together_with_its_seals_is_found_by_the_published_heads(
    transactional_db, files, capsys, owner_connection
):
    write(4)
    seal(at_most=2)
    seal()
    with acting(SYSTEM):
        kept = AuditSeal.objects.order_by("id")[0].to_id
    tamper(owner_connection, f"DELETE FROM records_auditseal WHERE to_id > {kept}", "records_auditseal")  # noqa: S608
    tamper(owner_connection, f"DELETE FROM records_auditevent WHERE id > {kept}")  # noqa: S608
    code, told = verify(capsys)
    assert (code, told["breach"], told["from_id"]) == (4, "tail_deleted", kept + 1)
    assert commands.main(["audit-verify"]) == 4
    assert "the end of the log was deleted" in capsys.readouterr().out


def test_another_key_seals_nothing(transactional_db, files, capsys, owner_connection, settings):
    write(2)
    seal()
    signing_key(files / "other.pem")
    code, told = verify(capsys, "--public-key", str(files / "other.pub"))
    assert (code, told["breach"]) == (4, "bad_signature")


def test_the_key_is_private_and_outside_the_database_and_every_head_is_published(transactional_db, files):
    write(3)
    seal()
    assert (files / "key.pem").stat().st_mode & 0o777 == 0o600
    (head,) = published(files / "heads.jsonl")
    public = signing_key(files / "key.pem").public_key()
    assert is_signed(head.head, head.signature, public)
    assert not is_signed(head.head, "00" * 64, public)
    with acting(SYSTEM):
        stored = AuditSeal.objects.get()
    assert (stored.head, stored.previous_head, stored.rows) == (head.head, FIRST_HEAD, 3)


def test_a_head_that_a_crash_left_unpublished_is_published_next_time(transactional_db, files):
    write(2)
    seal()
    (files / "heads.jsonl").unlink()
    assert seal() == 0
    assert len(published(files / "heads.jsonl")) == 1


def test_a_broken_file_of_heads_and_a_missing_key_are_said(transactional_db, files, capsys):
    write(1)
    seal()
    (files / "heads.jsonl").write_text("nonsense\n", encoding="ascii")
    assert commands.main(["audit-verify"]) == 2
    assert "heads.jsonl" in capsys.readouterr().err
    assert commands.main(["audit-verify", "--heads", str(files / "none")]) == 2
    with pytest.raises(BadInput):
        published(files / "heads.jsonl")


def test_only_the_system_seals_and_a_direct_call_of_the_function_is_refused_too(db, files):
    stage = world()
    with pytest.raises(NotPermitted):
        seal(stage["auditor"])
    for role in ("auditor", "admin", "imdi_lead"):
        with pytest.raises(DatabaseError, match="only_the_sealer_seals"):
            in_the_database(stage[role], "SELECT count(*) FROM bosett_unsealed(10)")


@pytest.mark.parametrize(
    "table", ["records_auditevent", "records_auditseal", "records_rowhistory", "records_quota"]
)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET id = id"])
def test_the_services_role_can_neither_change_nor_empty_the_log(db, table, statement):
    with pytest.raises(DatabaseError, match=re.compile("permission denied|append_only")):
        in_the_database(SYSTEM, statement.format(table))


def test_the_services_role_cannot_write_rows_past_the_function(db):
    with pytest.raises(DatabaseError, match="permission denied"), acting(SYSTEM):
        AuditEvent.objects.create(
            at=datetime.now(UTC), role="system", verb="forged", object_type="", object_id="", outcome="done"
        )


def test_the_owner_is_stopped_by_the_triggers_as_well(transactional_db, owner_connection):
    write(1)
    for statement in ("UPDATE records_auditevent SET verb = 'x'", "DELETE FROM records_auditevent",
                      "TRUNCATE records_auditevent"):  # fmt: skip
        with pytest.raises(psycopg.Error, match="log_is_append_only"):
            owner_connection.execute(statement)


def test_the_sealer_seals_beside_writers_until_it_is_stopped(transactional_db, files, capsys):
    stop = threading.Event()
    sealer = threading.Thread(target=run_sealer, args=(stop, 0.05))
    sealer.start()
    try:
        for part in range(10):
            write(5, 5 * part)
        until = time.monotonic() + 20
        while sum(1 for _ in published(files / "heads.jsonl")) == 0 and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        stop.set()
        sealer.join(20)
    assert not sealer.is_alive()
    seal()
    code, told = verify(capsys)
    assert (code, told["rows"], told["unsealed_rows"]) == (0, 50, 0)
