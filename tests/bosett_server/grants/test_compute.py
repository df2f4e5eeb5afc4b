"""Grant lines: computed, stored, replaced, never zero for what is not known.

Amounts are the rates of 2024 that the local press was told (241 100 for a single adult, 194 400 for other
adults, 48 400 for training in Norwegian under collective protection), worked out by hand where a year is divided.
Each adult has two lines: one of the integration grant, one of training in Norwegian.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions import grant_rows
from bosett_server.actions.grants import compute_grant_lines, compute_year
from bosett_server.records.models import GrantLine, Person
from tests.bosett_server.cast import HERE, THERE
from tests.bosett_server.grants.settled import events, lines, moved, settled

DAY_2024 = date(2024, 1, 15)


def compute(person, year=2024, actor=SYSTEM):
    return compute_grant_lines(actor, persons=[str(person.pk)], year=year)


def test_a_single_adult_settled_in_2024_brings_the_whole_rate_with_rule_and_source(stage):
    (person,) = settled(stage, DAY_2024, persons=1)
    assert compute(person)["stored"] == 2
    (line,) = lines(person)
    assert (line.municipality_id, line.scheme, line.grant_year, line.share) == (HERE, "integration", 1, "1")
    assert (line.rate_nok, line.amount_nok, line.status) == (241_100, 241_100, "calculated")
    assert line.rule == "grants/integration/year1_single_adult"
    assert "Samarbeidsdesken" in line.source["title"]
    assert line.explanation["settled_on"] == "2024-01-15"
    assert len(line.input_sha256) == 64
    (training,) = lines(person, scheme="norwegian_person")
    assert (training.amount_nok, training.rule) == (48_400, "grants/norwegian/person_collective_protection")


def test_unchanged_input_stores_nothing_new(stage):
    (person,) = settled(stage, DAY_2024, persons=1)
    compute(person)
    again = compute(person)
    assert (again["stored"], again["unchanged"], again["superseded"]) == (0, 2, 0)
    assert len(lines(person)) == 1


def test_a_move_in_march_divides_the_year_and_keeps_the_line_before(stage):
    (person,) = settled(stage, DAY_2024, persons=1)
    compute(person)
    moved(stage, person, date(2024, 3, 15), away=HERE, to=THERE)
    assert compute(person)["superseded"] == 2
    # The month of the move and the next stay behind: 4/12 of 241 100 is 80 366.67.
    shares = [(line.municipality_id, line.share, line.amount_nok) for line in lines(person)]
    assert sorted(shares) == [(HERE, "1/3", 80_367), (THERE, "2/3", 160_733)]
    (old,) = lines(person, standing=False)
    assert (old.amount_nok, old.superseded_at is not None) == (241_100, True)


def test_a_rate_that_nobody_knows_gives_a_line_without_an_amount(stage):
    (person,) = settled(stage, date(2026, 2, 1), persons=1)
    assert compute(person, 2026)["rate_missing"] == 2
    (line,) = lines(person, 2026)
    assert (line.status, line.amount_nok, line.rate_nok) == ("rate_missing", None, None)
    assert (line.rule, line.source) == ("grants/integration/year1_single_adult", {})


def test_family_whose_reference_person_is_not_stored_has_no_line_and_is_counted(stage):
    (person,) = settled(stage, DAY_2024, persons=1, person={"basis": "family"})
    assert compute(person) == {
        "stored": 0, "unchanged": 0, "superseded": 0, "rate_missing": 0, "without_ground": 1,
    }  # fmt: skip
    with acting(SYSTEM):
        Person.objects.filter(pk=person.pk).update(
            reference_basis="asylum",
            reference_settled_on=date(2023, 2, 1),
            family_applied_on=date(2023, 6, 1),
        )
    assert compute(person)["stored"] == 2
    assert lines(person)[0].amount_nok == 241_100
    # On family ground a person is of the ordinary group, whose rate no source gives.
    assert [one.status for one in lines(person, scheme="norwegian_person")] == ["rate_missing"]


def test_family_that_applied_more_than_five_years_after_brings_no_grant(stage):
    told = {
        "basis": "family",
        "reference_basis": "asylum",
        "reference_settled_on": date(2017, 1, 1),
        "family_applied_on": date(2022, 6, 1),
    }
    (person,) = settled(stage, DAY_2024, persons=1, person=told)
    assert compute(person)["stored"] == 0


def test_a_person_who_is_not_settled_has_no_line(stage):
    (person,) = settled(stage, date(2025, 1, 15), persons=1)
    assert compute(person, 2024)["stored"] == 0


def test_a_line_whose_reason_is_gone_is_superseded(stage):
    (person,) = settled(stage, DAY_2024, persons=1)
    compute(person)
    with acting(SYSTEM):
        Person.objects.filter(pk=person.pk).update(basis="family")
    assert compute(person)["superseded"] == 2
    assert lines(person) == []


def test_the_whole_year_is_computed_for_everybody_and_tells_how_far_it_is(stage):
    settled(stage, DAY_2024, persons=3)
    settled(stage, date(2024, 6, 1), persons=1, municipality=THERE)
    told = []
    counts = compute_year(SYSTEM, year=2024, told=lambda done, all_: told.append((done, all_)))
    assert (counts["stored"], told) == (8, [(4, 4)])
    with acting(SYSTEM):
        amounts = sorted(GrantLine.objects.values_list("amount_nok", flat=True))
    assert amounts == [48_400] * 4 + [194_400, 194_400, 194_400, 241_100]


def test_the_lead_computes_a_year_with_protected_persons_in_it_and_sees_only_counts(stage):
    (person,) = settled(stage, DAY_2024, persons=1, protection="strengt_fortrolig")
    assert compute_year(stage["imdi_lead"], year=2024)["stored"] == 2
    assert [line.sealed for line in lines(person)] == [True]
    for role in ("imdi_lead", "imdi_caseworker", "municipality_coordinator"):
        with acting(stage[role]):
            assert GrantLine.objects.count() == 0


def test_a_line_is_sealed_when_the_address_is_protected_later(stage):
    (person,) = settled(stage, DAY_2024, persons=1)
    compute(person)
    with acting(stage["municipality_coordinator"]):
        assert GrantLine.objects.count() == 2
    with acting(SYSTEM):
        person.household.protection = "fortrolig"
        person.household.save()
    with acting(stage["municipality_coordinator"]):
        assert GrantLine.objects.count() == 0


def test_only_the_lead_and_the_system_compute(stage):
    for role in sorted(set(stage.actors) - {"imdi_lead", "system"}):
        with pytest.raises(NotPermitted):
            compute_year(stage[role], year=2024)


@pytest.mark.parametrize("year", [2010, 2101])
def test_a_year_outside_the_rules_is_refused(stage, year):
    with pytest.raises(Refused) as refused:
        compute_year(SYSTEM, year=year)
    assert refused.value.code == "grant_year_out_of_range"


def test_a_computation_is_logged_in_counts(stage):
    (person,) = settled(stage, DAY_2024, persons=1)
    compute(person)
    (event,) = events(stage, "compute_grant_lines")
    assert (event.outcome, event.object_id, event.facts["stored"]) == ("done", "2024", 2)
    assert str(person.pk) not in str(event.facts)


def test_when_storing_fails_nothing_has_changed(stage, monkeypatch):
    (person,) = settled(stage, DAY_2024, persons=1)
    compute(person)
    moved(stage, person, date(2024, 3, 15), away=HERE, to=THERE)
    monkeypatch.setattr(grant_rows, "__version__", None)
    with pytest.raises(IntegrityError):
        compute(person)
    assert [line.amount_nok for line in lines(person)] == [241_100]


def test_a_stored_line_is_never_changed_or_deleted(stage):
    (person,) = settled(stage, DAY_2024, persons=1)
    compute(person)
    for change in ({"amount_nok": 1}, {"status": "rate_missing", "amount_nok": None, "rate_nok": None}):
        with pytest.raises(DatabaseError, match="grant_line_is_never_overwritten"), acting(SYSTEM):
            GrantLine.objects.filter(person=person).update(**change)
    with acting(SYSTEM):
        assert (
            GrantLine.objects.filter(person=person).delete()[0] == 0
        )  # the second wall finds none to delete
        assert GrantLine.objects.filter(person=person).count() == 2
