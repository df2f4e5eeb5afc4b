"""Another register's ready persons and assignments: found by number, shown beforehand, taken by the usual steps."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.person_imports import (
    apply_person_import,
    check_person_import,
    drop_person_import,
)
from bosett_server.queries.figure_imports import defects, import_detail, person_lines
from bosett_server.records.models import (
    Assignment,
    AuditEvent,
    Household,
    ImportBatch,
    ImportFile,
    NamedAccess,
    Notice,
    Person,
)
from tests.bosett_server.cast import DAY, HERE, STAFF, THERE, World, household, vedtak, world
from tests.bosett_server.imports.files import assigned, ready

DUF = [f"9000{number:08d}" for number in range(1, 20)]


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = DAY
    made = world()
    vedtak(HERE, 4)
    return made


def home(where: World, *numbers: str, **told: object) -> Household:
    """A household of adults with these DUF numbers."""
    row = household(where, persons=len(numbers), **told)
    with acting(SYSTEM):
        for person, number in zip(Person.objects.filter(household=row).order_by("id"), numbers, strict=True):
            Person.objects.filter(pk=person.pk).update(duf_number=number, birth_date=date(1990, 1, 1))
    return row


def told(stage: World, batch: int) -> dict[tuple[int, ...], tuple[str, str]]:
    with acting(stage["imdi_caseworker"]):
        lines = person_lines(stage["imdi_caseworker"], batch)
    return {
        one.rows: (one.operation, one.refusal.code if one.refusal else one.why or one.after) for one in lines
    }


def offers() -> list[tuple[str, str]]:
    with acting(SYSTEM):
        return sorted(Assignment.objects.values_list("household__reference", "municipality_id"))


def test_assignments_are_tried_first_and_then_taken_all_together(stage):
    worker = stage["imdi_caseworker"]
    one, two = home(stage, DUF[0], DUF[1]), home(stage, DUF[2])
    batch = check_person_import(worker, kind="assignments", file=assigned(
        (DUF[0], HERE, "2026-03-01"), (DUF[1], HERE, "2026-03-01"), (DUF[2], HERE, "2026-03-02"),
        (DUF[9], HERE, "2026-03-02")))  # fmt: skip
    assert offers() == []
    assert told(stage, batch) == {
        (2, 3): ("added", HERE), (4,): ("added", HERE), (5,): ("new", "not_in_register"),
    }  # fmt: skip
    assert apply_person_import(worker, batch=batch) == "applied"
    assert offers() == sorted([(one.reference, HERE), (two.reference, HERE)])
    with acting(SYSTEM):
        assert not ImportFile.objects.exists()
        assert ImportBatch.objects.get().preview == []
        assert Notice.objects.filter(code="card_received", municipality_id=HERE).count() >= 1
    again = check_person_import(worker, kind="assignments", file=assigned((DUF[2], HERE, "2026-03-02")))
    assert told(stage, again) == {(2,): ("same", "already_so")}
    with pytest.raises(Refused, match="nobody_to_import"):
        apply_person_import(worker, batch=again)


def test_places_that_earlier_rows_take_are_not_there_for_later_ones(stage):
    home(stage, DUF[0], DUF[1], DUF[2])
    home(stage, DUF[3], DUF[4])
    rows = [(number, HERE, "2026-03-01") for number in DUF[:5]]  # 5 persons, 4 places
    batch = check_person_import(stage["imdi_caseworker"], kind="assignments", file=assigned(*rows))
    assert told(stage, batch) == {(2, 3, 4): ("added", HERE), (5, 6): ("stopped", "no_places_left")}
    apply_person_import(stage["imdi_caseworker"], batch=batch)
    assert len(offers()) == 1


def test_a_household_that_the_file_names_in_part_or_in_two_ways_is_left_out(stage):
    home(stage, DUF[0], DUF[1])
    home(stage, DUF[2], DUF[3])
    batch = check_person_import(stage["imdi_caseworker"], kind="assignments", file=assigned(
        (DUF[0], HERE, "2026-03-01"), (DUF[2], HERE, "2026-03-01"), (DUF[3], THERE, "2026-03-01")))  # fmt: skip
    assert told(stage, batch) == {
        (2,): ("stopped", "person_missing_in_file"), (3, 4): ("stopped", "household_split_in_file"),
    }  # fmt: skip


def test_what_changed_after_the_check_stops_all_of_it(stage):
    worker = stage["imdi_caseworker"]
    one, _two = home(stage, DUF[0]), home(stage, DUF[1])
    batch = check_person_import(
        worker,
        kind="assignments",
        file=assigned((DUF[0], HERE, "2026-03-01"), (DUF[1], HERE, "2026-03-01")),
    )
    with acting(SYSTEM):
        Household.objects.filter(pk=one.pk).update(recheck=["birth"])
    with pytest.raises(Refused, match="recheck_open"):
        apply_person_import(worker, batch=batch)
    assert offers() == []
    with acting(SYSTEM):
        assert ImportBatch.objects.get().state == "checked"


def test_ready_households_are_marked_ready_from_the_day_of_the_other_register(stage):
    worker = stage["imdi_caseworker"]
    heard = home(stage, DUF[0], stage="interviewed")
    unheard = home(stage, DUF[1], stage="in_reception", interview=False)
    home(stage, DUF[2], stage="interviewed")
    batch = check_person_import(worker, kind="ready_persons", file=ready(
        (DUF[0], "1990-01-01", "2026-03-01"), (DUF[1], "1990-01-01", "2026-03-01"),
        (DUF[2], "1991-01-01", "2026-03-01")))  # fmt: skip
    found = told(stage, batch)
    assert found[(2,)] == ("added", "2026-03-01")
    assert found[(3,)][0] == "stopped"
    assert found[(4,)] == ("stopped", "birth_date_differs")
    apply_person_import(worker, batch=batch)
    with acting(SYSTEM):
        assert Household.objects.get(pk=heard.pk).ready_on == date(2026, 3, 1)
        assert Household.objects.get(pk=heard.pk).stage == "ready"
        assert Household.objects.get(pk=unheard.pk).stage == "in_reception"


def test_a_protected_household_is_not_found_by_who_is_not_named_for_it(stage):
    hidden = home(stage, DUF[0], protection="strengt_fortrolig")
    worker = stage["imdi_caseworker"]
    batch = check_person_import(worker, kind="assignments", file=assigned((DUF[0], HERE, "2026-03-01")))
    assert told(stage, batch) == {(2,): ("new", "not_in_register")}
    with acting(SYSTEM):
        assert not NamedAccess.objects.filter(household=hidden).exists()


def test_an_export_with_an_error_is_refused_without_repeating_a_number(stage):
    worker = stage["imdi_caseworker"]
    batch = check_person_import(worker, kind="assignments", file=assigned(("12345", HERE, "2026-03-01")))
    with acting(worker):
        assert import_detail(worker, batch).row.state == "refused"
        (found,) = defects(worker, batch)
    assert (found.row, found.column) == (2, "duf")
    assert "12345" not in found.found + found.allowed


def test_reading_an_export_is_logged_with_the_persons_found_and_without_a_number(stage):
    home(stage, DUF[0])
    batch = check_person_import(
        stage["imdi_caseworker"], kind="assignments", file=assigned((DUF[0], HERE, "2026-03-01"))
    )
    apply_person_import(stage["imdi_caseworker"], batch=batch)
    with acting(SYSTEM):
        person = Person.objects.get(duf_number=DUF[0])
        events = list(
            AuditEvent.objects.filter(verb__in=["match_export", "check_person_import", "apply_person_import"])
        )
    assert {str(person.pk)} == {
        one for event in events if event.verb == "match_export" for one in event.facts["ids"]
    }
    assert {event.verb for event in events} == {"match_export", "check_person_import", "apply_person_import"}
    assert not any(DUF[0] in str(event.facts) for event in events)


def test_an_export_is_seen_by_those_who_may_import_it_only_and_forgotten_when_dropped(stage):
    home(stage, DUF[0])
    worker = stage["imdi_caseworker"]
    batch = check_person_import(worker, kind="assignments", file=assigned((DUF[0], HERE, "2026-03-01")))
    for role in [one.value for one in STAFF if one.value not in ("imdi_caseworker", "imdi_lead")]:
        with pytest.raises(NotPermitted):
            check_person_import(stage[role], kind="assignments", file=assigned((DUF[0], HERE, "2026-03-01")))
        with acting(stage[role]):
            with pytest.raises(NotInSight):
                import_detail(stage[role], batch)
            assert not ImportFile.objects.exists()
            assert not ImportBatch.objects.exists()
    drop_person_import(worker, batch=batch)
    with acting(SYSTEM):
        assert not ImportFile.objects.exists()
        assert (ImportBatch.objects.get().state, ImportBatch.objects.get().preview) == ("dropped", [])
