"""Figures from files: checked, shown as a difference, applied whole or not at all, asked as of a day, undone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError

from bosett.registry import Registry
from bosett.sources.opened import LIMIT_BYTES
from bosett.terms.errors import Refused
from bosett.terms.figure import State
from bosett_server.access.actor import PUBLIC, SYSTEM
from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.figure_imports import Told, check_import, drop_import
from bosett_server.actions.import_apply import apply_import, undo_import
from bosett_server.actions.import_files import Incoming
from bosett_server.actions.registry import load_registry
from bosett_server.queries.figure_imports import defects, difference, import_detail, imports, whole_difference
from bosett_server.queries.figures import (
    codes_of,
    data_version,
    figure_sources,
    figure_versions,
    place_series,
    year_table,
)
from bosett_server.queries.imported_facts import boundaries, imported
from bosett_server.queries.known import Known
from bosett_server.records.models import (
    AuditEvent,
    ImportBatch,
    ImportFile,
    ImportLine,
    Municipality,
    Observation,
)
from tests.bosett_server.cast import DAY, STAFF, World, world
from tests.bosett_server.imports.files import bulk, indicator, languages, settled


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    made = world()
    load_registry(SYSTEM, on=DAY)
    return made


@pytest.fixture
def lead(stage) -> Iterator[Any]:
    return stage["imdi_lead"]


def brought_in(lead, file: Incoming, kind: str = "imdi_bulk", *, whole: bool = True) -> int:
    batch = check_import(lead, kind=kind, file=file, whole=whole)
    assert apply_import(lead, batch=batch) == "applied"
    return batch


def standing(place: str, known: Known | None = None) -> list[tuple[str, int, State, Any]]:
    with acting(PUBLIC):
        rows = place_series(PUBLIC, [place], known=known)
    return [
        (r.observation.measure_id, r.observation.year, r.observation.state, r.observation.value) for r in rows
    ]


def test_a_checked_file_changes_nothing_and_tells_what_it_would_change(lead):
    batch = check_import(lead, kind="imdi_bulk", file=settled(2023, k3301=12, k4203=":"))
    with acting(lead):
        told = import_detail(lead, batch)
        lines = difference(lead, batch)
        assert not Observation.objects.exists()
    assert (told.row.state, told.row.counts["added"], told.row.changes) == ("checked", 2, 2)
    assert [(one.operation, one.place, one.before, one.after) for one in lines] == [
        ("added", "3301", None, (State.NUMBER, 12)),
        ("added", "4203", None, (State.SUPPRESSED, None)),
    ]


def test_an_applied_file_is_read_by_everybody_with_its_source(lead):
    batch = brought_in(lead, settled(2023, k3301=12, k4203=":"))
    assert standing("3301") == [("settled", 2023, State.NUMBER, 12)]
    assert standing("4203") == [("settled", 2023, State.SUPPRESSED, None)]
    with acting(PUBLIC):
        (row,) = place_series(PUBLIC, ["3301"], ["settled"])
        source = figure_sources(PUBLIC, [row.origin])[row.origin, row.observation.source_id]
        assert not ImportFile.objects.exists()
        assert not ImportLine.objects.exists()
    assert (source.publisher, source.batch, source.file) == ("IMDi", batch, "bosatt.csv")
    assert row.municipality == "3301"


def test_a_new_version_keeps_the_old_one_for_who_asks_as_of_an_earlier_day(lead, settings):
    settings.BOSETT_TODAY = date(2026, 3, 10)
    brought_in(lead, settled(2023, k3301=12, k4203=7))
    settings.BOSETT_TODAY = date(2026, 3, 12)
    second = check_import(lead, kind="imdi_bulk", file=settled(2023, k3301=15), whole=True)
    with acting(lead):
        told = {(one.operation, one.place): (one.before, one.after) for one in whole_difference(lead, second)}
    assert told == {
        ("changed", "3301"): ((State.NUMBER, 12), (State.NUMBER, 15)),
        ("removed", "4203"): ((State.NUMBER, 7), None),
    }
    apply_import(lead, batch=second)
    with acting(lead):
        assert {(o.operation, o.place) for o in whole_difference(lead, second)} == set(told)
    today = date(2026, 3, 16)
    assert standing("3301") == [("settled", 2023, State.NUMBER, 15)]
    assert standing("4203") == []
    assert standing("3301", Known(date(2026, 3, 11), today)) == [("settled", 2023, State.NUMBER, 12)]
    assert standing("4203", Known(date(2026, 3, 11), today)) == [("settled", 2023, State.NUMBER, 7)]
    assert standing("3301", Known(date(2026, 3, 9), today)) == []
    with acting(PUBLIC):
        (row,) = place_series(PUBLIC, ["3301"])
        versions = figure_versions(PUBLIC, row.id)
    assert [(one.row.value, one.until is None) for one in versions] == [(15, True), (12, False)]


def test_a_file_that_adds_leaves_what_it_does_not_name(lead):
    brought_in(lead, settled(2023, k3301=12, k4203=7))
    brought_in(lead, settled(2023, k3301=15), whole=False)
    assert standing("4203") == [("settled", 2023, State.NUMBER, 7)]


def test_an_undone_import_leaves_what_stood_before_and_is_a_step_of_its_own(lead):
    brought_in(lead, settled(2023, k3301=12, k4203=7))
    second = brought_in(lead, settled(2023, k3301=15, k0301=3))
    with acting(lead):
        before = data_version(lead)
    assert undo_import(lead, batch=second) == "undone"
    assert standing("3301") == [("settled", 2023, State.NUMBER, 12)]
    assert standing("4203") == [("settled", 2023, State.NUMBER, 7)]
    assert standing("0301") == []
    with acting(lead):
        assert data_version(lead) != before
        newest = imports(lead)[0]
        assert (newest.undoes, newest.state) == (second, "applied")
        assert Observation.objects.count() == 4 + 2  # nothing is overwritten, two are put back


def test_an_import_that_a_later_one_builds_on_is_not_undone_and_the_later_is_named(lead):
    first = brought_in(lead, settled(2023, k3301=12))
    second = brought_in(lead, settled(2023, k3301=15))
    with pytest.raises(Refused) as refused:
        undo_import(lead, batch=first)
    assert (refused.value.code, refused.value.facts["import"]) == ("later_import_builds_on_it", second)
    undo_import(lead, batch=second)
    assert standing("3301") == [("settled", 2023, State.NUMBER, 12)]
    undo_import(lead, batch=first)
    assert standing("3301") == []


def test_an_import_whose_figures_a_later_one_took_away_is_not_undone(lead):
    first = brought_in(lead, settled(2023, k3301=12, k4203=7))
    second = brought_in(lead, settled(2023, k3301=12))
    with pytest.raises(Refused) as refused:
        undo_import(lead, batch=first)
    assert (refused.value.code, refused.value.facts["import"]) == ("later_import_builds_on_it", second)


def test_the_same_file_twice_is_told_with_its_day_and_may_come_again_once_undone(lead):
    first = brought_in(lead, settled(2023, k3301=12))
    with pytest.raises(Refused) as refused:
        check_import(lead, kind="imdi_bulk", file=settled(2023, k3301=12))
    assert (refused.value.code, refused.value.facts) == (
        "file_already_imported", {"import": first, "on": "2026-03-16"},
    )  # fmt: skip
    undo_import(lead, batch=first)
    brought_in(lead, settled(2023, k3301=12))
    assert standing("3301") == [("settled", 2023, State.NUMBER, 12)]


def test_two_people_who_checked_the_same_figures_do_not_overwrite_each_other(lead):
    mine = check_import(lead, kind="imdi_bulk", file=settled(2023, k3301=12), whole=False)
    theirs = check_import(lead, kind="imdi_bulk", file=settled(2023, k3301=13), whole=False)
    apply_import(lead, batch=theirs)
    with pytest.raises(Refused, match="somebody_imported_meanwhile"):
        apply_import(lead, batch=mine)
    assert standing("3301") == [("settled", 2023, State.NUMBER, 13)]


@pytest.mark.parametrize(
    ("kind", "file", "row", "column"),
    [
        ("imdi_bulk", bulk("Personer;2023;3301;;Faktisk bosetting;tolv"), 2, "Antall"),
        ("imdi_bulk", Incoming("x.csv", b"Enhet;Aar\n"), 1, ""),
        ("template", indicator("3301,2023,folketal,12,"), 2, "metric"),
        ("template", indicator("1507,2023,population,12,"), 2, "kommunenummer"),
        ("template", indicator("9999,2023,population,12,"), 2, "kommunenummer"),
        ("template", Incoming("x.csv", b"kommune,year\n3301,2023\n"), 1, "kommunenummer"),
        ("template", Incoming("x.xlsx", b"PK\x03\x04 cut off"), None, ""),
        ("template", Incoming("x.csv", "kommunenummer,år\n".encode("latin-1")), 1, ""),
        ("jsonstat", Incoming("x.json", b"{"), 1, ""),
        ("language_decisions", languages("3301,engelsk,2025-01-01"), 2, "language_decision"),
    ],
)  # fmt: skip
def test_a_file_with_an_error_is_refused_whole_and_says_where(lead, kind, file, row, column):
    batch = check_import(lead, kind=kind, file=file)
    with acting(lead):
        told = import_detail(lead, batch)
        found = defects(lead, batch)
        assert not ImportLine.objects.exists()
        assert not ImportFile.objects.exists()
    assert told.row.state == "refused"
    assert [(one.severity, one.row, one.column) for one in found][:1] == [("error", row, column)]
    assert found[0].found
    assert found[0].allowed
    with pytest.raises(Refused, match="import_not_ready"):
        apply_import(lead, batch=batch)


def test_what_is_odd_but_not_wrong_is_brought_in_and_told(lead):
    batch = brought_in(lead, bulk("Personer;2023;3301;;Faktisk bosetting;12", "Prosent;2023;3301;;Faktisk bosetting;50",
                                  "Personer;2023;9999;;Faktisk bosetting;3"))  # fmt: skip
    with acting(PUBLIC):
        found = defects(PUBLIC, batch)
        told = import_detail(PUBLIC, batch)
    assert [(one.code, one.severity, one.row) for one in found] == [("place_not_stated", "note", 4)]
    assert (told.row.counts["per_cent_left_out"], told.row.counts["added"]) == (1, 2)


@pytest.mark.parametrize(
    ("code", "kind", "file", "told"),
    [
        ("import_kind_not_known", "tea_leaves", settled(2023, k3301=1), None),
        ("import_kind_not_known", "ready_persons", settled(2023, k3301=1), None),
        ("file_is_empty", "imdi_bulk", Incoming("x.csv", b""), None),
        ("file_too_large", "imdi_bulk", Incoming("x.csv", b"x" * (LIMIT_BYTES + 1)), None),
        ("retrieved_in_the_future", "imdi_bulk", settled(2023, k3301=1), Told(date(2026, 3, 17))),
    ],
)
def test_these_files_are_refused_before_anything_is_stored(lead, code, kind, file, told):
    with pytest.raises(Refused) as refused:
        check_import(lead, kind=kind, file=file, told=told)
    assert refused.value.code == code
    with acting(SYSTEM):
        assert not ImportBatch.objects.exists()
        assert AuditEvent.objects.get(outcome="refused").facts["code"] == code


def test_a_file_that_changes_nothing_is_not_applied(lead):
    brought_in(lead, settled(2023, k3301=12))
    again = bulk("Personer;2023;3301;Drammen;Faktisk bosetting;12")  # other bytes, the same figure
    batch = check_import(lead, kind="imdi_bulk", file=again)
    with pytest.raises(Refused, match="nothing_to_import"):
        apply_import(lead, batch=batch)


def test_a_dropped_file_is_forgotten(lead):
    batch = check_import(lead, kind="imdi_bulk", file=settled(2023, k3301=12))
    drop_import(lead, batch=batch)
    with acting(lead):
        assert imports(lead) == ()
        assert not ImportLine.objects.exists()
        with pytest.raises(NotInSight):
            import_detail(lead, batch)
    with pytest.raises(Refused, match="import_not_ready"):
        apply_import(lead, batch=batch)


@pytest.mark.parametrize("role", [role.value for role in STAFF if role.value != "imdi_lead"])
def test_nobody_but_the_lead_imports_figures(stage, role):
    with pytest.raises(NotPermitted):
        check_import(stage[role], kind="imdi_bulk", file=settled(2023, k3301=12))
    with acting(SYSTEM):
        assert not ImportBatch.objects.exists()
    with pytest.raises(DatabaseError, match="row-level security"), acting(stage[role]):
        ImportBatch.objects.create(
            kind="imdi_bulk", file_name="x", sha256="x", size_bytes=1, state="checked",
            made_at="2026-03-16T09:00:00Z",
        )  # fmt: skip


def test_a_file_not_yet_applied_is_seen_by_those_who_import_only(stage, lead):
    batch = check_import(lead, kind="imdi_bulk", file=settled(2023, k3301=12))
    for role in ("public", "imdi_caseworker", "municipality_coordinator", "ministry"):
        with acting(stage[role]):
            with pytest.raises(NotInSight):
                import_detail(stage[role], batch)
            assert not ImportLine.objects.exists()
            assert not ImportFile.objects.exists()


def test_a_stored_figure_is_never_changed_or_deleted(stage, lead):
    brought_in(lead, settled(2023, k3301=12))
    for role in ("imdi_lead", "system"):
        with pytest.raises(DatabaseError, match="permission denied"), acting(stage[role]):
            Observation.objects.update(value=13)
        with acting(stage[role]):
            assert Observation.objects.all()._raw_delete("default") == 0
    with acting(stage["imdi_caseworker"]):
        assert Observation.objects.update(superseded_by=None) == 0


def test_every_step_is_logged_with_counts_and_fingerprint(lead):
    file = settled(2023, k3301=12)
    batch = brought_in(lead, file)
    undo_import(lead, batch=batch)
    with acting(SYSTEM):
        told = {one.verb: one.facts for one in AuditEvent.objects.filter(object_type="import")}
    assert set(told) == {"check_import", "apply_import", "undo_import"}
    assert told["apply_import"]["added"] == 1
    assert {facts["sha256"] for facts in told.values()} == {file.sha256}


def test_a_form_sent_twice_is_served_once(lead):
    file = settled(2023, k3301=12)
    with request_keyed("k1"):
        first = check_import(lead, kind="imdi_bulk", file=file)
        assert check_import(lead, kind="imdi_bulk", file=file) == first


def test_a_language_decision_is_in_force_when_applied_and_as_before_when_undone(lead):
    def decided(code: str) -> str:
        return Municipality.objects.get(code=code).language_decision

    assert decided("3301") == "neutral"  # FOR-2019-12-20-2114
    batch = check_import(lead, kind="language_decisions", file=languages("3301,nynorsk,2026-01-01"))
    with acting(lead):
        (line,) = difference(lead, batch)
    assert (line.operation, line.place, line.after) == ("added", "3301", "nynorsk (2026-01-01)")
    apply_import(lead, batch=batch)
    assert decided("3301") == "nynorsk"
    with acting(PUBLIC):
        assert difference(PUBLIC, batch) == (line,)
    load_registry(SYSTEM, on=DAY)
    undo_import(lead, batch=batch)
    assert decided("3301") == "neutral"


def test_a_code_of_before_a_merger_is_followed_to_todays_and_a_split_one_is_not(lead):
    brought_in(
        lead, bulk("Personer;2018;0602;;Faktisk bosetting;12", "Personer;2021;1507;;Faktisk bosetting;9")
    )
    with acting(PUBLIC):
        rows = {r.observation.place: r.municipality for r in year_table(PUBLIC, ["settled"], [2018, 2021])}
    assert rows == {"0602": "3301", "1507": ""}  # Drammen; Ålesund was split in 2024
    assert {"0602", "0625", "0711", "3005", "3301"} <= set(codes_of("3301"))


def test_boundaries_are_kept_for_the_map_with_source_and_licence_and_gone_when_undone(lead):
    codes = [one.code for one in Registry.shipped().counties()]
    squares = [
        {"type": "Feature", "id": code, "geometry": {"type": "Polygon", "coordinates": [[
            [10.0 + at, 60.0], [10.5 + at, 60.0], [10.5 + at, 60.5], [10.0 + at, 60.0]]]}}
        for at, code in enumerate(codes)
    ]  # fmt: skip
    file = Incoming("fylker.geojson", json.dumps({"type": "FeatureCollection", "features": squares}).encode())
    with acting(PUBLIC):
        assert boundaries(PUBLIC, counties=True) is None
    batch = check_import(lead, kind="boundaries", file=file, told=Told(licence="CC BY 4.0"))
    apply_import(lead, batch=batch)
    with acting(PUBLIC):
        found = boundaries(PUBLIC, counties=True)
        assert boundaries(PUBLIC) is None
    assert found is not None
    assert (len(found["features"]), found["licence"]) == (15, "CC BY 4.0")
    assert found["features"][0]["geometry"]["coordinates"][0][0][0] == [10.0, 60.0]
    undo_import(lead, batch=batch)
    with acting(PUBLIC):
        assert boundaries(PUBLIC, counties=True) is None


def test_codes_and_changes_of_klass_are_kept_and_what_the_registry_lacks_is_told(lead):
    change = {
        "oldCode": "3301",
        "oldName": "Drammen",
        "newCode": "3399",
        "newName": "Ny",
        "changeOccurred": "2026-01-01",
    }
    file = Incoming("endringer.json", json.dumps({"codeChanges": [change]}).encode())
    batch = check_import(lead, kind="klass_changes", file=file)
    apply_import(lead, batch=batch)
    with acting(PUBLIC):
        assert imported(PUBLIC, "klass_changes") == {
            "2026-01-01 3301 3399": {"day": "2026-01-01", "old": "3301", "old_name": "Drammen", "new": "3399",
                                     "new_name": "Ny"}
        }  # fmt: skip
        assert [one.code for one in defects(PUBLIC, batch)] == ["change_unknown"]
