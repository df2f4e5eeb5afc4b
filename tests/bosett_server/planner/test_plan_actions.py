"""The plan's steps: allowed, refused, audited, rolled back; and what follows from what is entered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from bosett.decisions.commitments import CommitmentKind, ToldBy
from bosett.decisions.planner import Resource
from bosett.terms.days import Month
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.homes import hold_home
from bosett_server.actions.planner import add_commitment, remove_commitment, save_case_paper, save_plan
from bosett_server.queries import plan_people
from bosett_server.queries.planner import SheetRow, plan_answer, plan_sheet
from bosett_server.records.models import AuditEvent, Household, Plan, PlanCommitment, PlanResource
from tests.bosett_server.cast import HERE, THERE, YEAR, World, household, vedtak, world
from tests.bosett_server.planner.scenes import COORDINATOR, DECIDER, assigned, events, home, plan, row

NEXT = YEAR + 1


@pytest.fixture
def stage(db, settings) -> World:
    settings.BOSETT_TODAY = date(2026, 3, 16)
    return world()


def paper(stage: World, version: int = 0, role: str = DECIDER, **more):
    told = {
        "language": "", "own_number": None, "recommended": None, "case_number": "", "meeting_on": None, "texts": {},
    } | more  # fmt: skip
    return save_case_paper(stage[role], municipality=HERE, year=NEXT, version=version, **told)


def promise(stage: World, persons: int = 3, month: int = 4, role: str = COORDINATOR, **more):
    told = {"kind": CommitmentKind.FAMILY, "told_by": ToldBy.UDI, "municipality": HERE, "year": NEXT} | more
    return add_commitment(stage[role], persons=persons, month=month, **told)


def answer(stage: World, year: int = NEXT, role: str = COORDINATOR):
    with acting(stage[role]):
        return plan_answer(stage[role], HERE, year)


def test_what_is_entered_stands_and_an_empty_cell_is_not_known(stage):
    plan(stage, {Resource.HOUSING: row(12), Resource.SCHOOL: row(None)})
    with acting(stage[DECIDER]):
        sheet = plan_sheet(stage[DECIDER], HERE, NEXT)
    assert sheet.row(Resource.HOUSING).units == (Decimal(12),) * 12
    assert sheet.row(Resource.SCHOOL).units == (None,) * 12
    assert sheet.version == 1


def test_housing_binds_and_the_resources_without_figures_are_named(stage):
    # 12 places in homes and 8 in school at a quarter each: 12 fit, 32 would for school.
    plan(stage, {Resource.HOUSING: row(12), Resource.SCHOOL: row(8, "0.25")})
    found = answer(stage)
    assert found.capacity is not None
    assert (found.total, found.capacity.binds_first) == (12, Resource.HOUSING)
    assert Resource.STAFF in found.capacity.not_known


def test_nothing_entered_says_nothing_rather_than_none_or_enough(stage):
    found = answer(stage)
    assert (found.capacity, found.total, found.lacking) == (None, None, ())


def test_a_resource_with_a_month_missing_is_named_and_not_counted(stage):
    half = SheetRow(Decimal(1), (*(Decimal(5),) * 6, *(None,) * 6))
    plan(stage, {Resource.HOUSING: half})
    found = answer(stage)
    assert found.capacity is None
    (lack,) = found.lacking
    assert (lack.resource, lack.use_missing) == (Resource.HOUSING, False)
    assert lack.months == tuple(Month(NEXT, number) for number in range(7, 13))


def test_staff_hours_without_what_one_person_uses_are_named_and_not_counted(stage):
    plan(stage, {Resource.STAFF: row(100, None)})
    (lack,) = answer(stage).lacking
    assert (lack.resource, lack.use_missing, lack.months) == (Resource.STAFF, True, ())


def test_a_plan_for_this_year_begins_with_this_month(stage):
    plan(stage, {Resource.HOUSING: row(4, first=3)}, year=YEAR)
    found = answer(stage, YEAR)
    assert found.sheet.months[0] == Month(YEAR, 3)
    assert found.total == 4


def test_last_years_numbers_are_offered_and_not_counted(stage):
    plan(stage, {Resource.HOUSING: row(9)}, year=YEAR)
    found = answer(stage)
    assert found.sheet.last_year[Resource.HOUSING].units[0] == 9
    assert found.capacity is None


def test_those_assigned_who_have_not_come_take_room_and_a_home_held_for_them_takes_none_of_the_free(stage):
    vedtak(HERE, 40)
    first = assigned(stage, persons=3, planned=date(2027, 4, 10))
    assigned(stage, persons=2)
    plan(stage, {Resource.HOUSING: row(10), Resource.SCHOOL: row(10)})
    # Two come on a day that is not known and three in April: five of ten places by the end.
    assert answer(stage).total == 5
    told = [
        (one.commitment.kind, one.commitment.persons, one.commitment.month) for one in answer(stage).expected
    ]
    assert told == [
        (CommitmentKind.EARLIER_YEAR, 3, Month(2027, 4)),
        (CommitmentKind.EARLIER_YEAR, 2, None),
    ]
    hold_home(
        stage[COORDINATOR],
        municipality=HERE,
        home_id=home(stage),
        household=str(first.pk),
        starts_on=date(2027, 4, 10),
    )
    assert [one.commitment.housed for one in answer(stage).expected] == [True, False]
    capacity = answer(stage).capacity
    assert capacity is not None
    # Homes now hold eight; school still five.
    assert (capacity.total, capacity.binds_first) == (5, Resource.SCHOOL)


def test_those_who_come_in_the_year_itself_are_part_of_its_number(stage):
    vedtak(HERE, 40)
    assigned(stage, persons=4)
    plan(stage, {Resource.HOUSING: row(10, first=3)}, year=YEAR)
    found = answer(stage, YEAR)
    # Six beside the four who are on their way; ten in all of the year.
    assert found.capacity is not None
    assert (found.taken, found.capacity.total, found.total) == (4, 6, 10)


def test_a_protected_household_is_in_no_commitment(stage):
    vedtak(HERE, 40)
    hidden = assigned(stage, persons=3)
    with acting(SYSTEM):
        Household.objects.filter(pk=hidden.pk).update(protection="fortrolig")
    assert answer(stage).expected == ()


def test_what_the_municipality_expects_itself_is_counted_with_its_source(stage):
    plan(stage, {Resource.HOUSING: row(10)})
    number = promise(stage, 3)
    (one,) = answer(stage).expected
    assert (one.id, one.commitment.told_by, one.commitment.month) == (number, ToldBy.UDI, Month(NEXT, 4))
    assert answer(stage).total == 7
    remove_commitment(stage[DECIDER], municipality=HERE, commitment=number)
    assert answer(stage).total == 10
    assert [event.facts["persons"] for event in events(stage, "remove_commitment")] == [3]


def test_the_case_papers_own_words_are_kept(stage):
    version = paper(stage, texts={"assessment": "Vi har rom."}, own_number=18, case_number="26/123")
    with acting(stage[COORDINATOR]):
        sheet = plan_sheet(stage[COORDINATOR], HERE, NEXT)
    assert (sheet.texts, sheet.own_number, sheet.case_number) == ({"assessment": "Vi har rom."}, 18, "26/123")
    paper(stage, version, texts={"assessment": " "})
    with acting(stage[COORDINATOR]):
        assert plan_sheet(stage[COORDINATOR], HERE, NEXT).texts == {}


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (lambda s: plan(s, {Resource.HOUSING: row("-1")}), "plan_number_wrong"),
        (lambda s: plan(s, {Resource.HOUSING: row(1, "0")}), "plan_number_wrong"),
        (lambda s: plan(s, {Resource.HOUSING: SheetRow(None, (None,) * 11)}), "plan_number_wrong"),
        (lambda s: plan(s, {}, year=2040), "plan_year_wrong"),
        (lambda s: plan(s, {}, version=7), "somebody_changed_it_meanwhile"),
        (lambda s: paper(s, 3), "somebody_changed_it_meanwhile"),
        (lambda s: paper(s, language="se"), "paper_language_wrong"),
        (lambda s: paper(s, own_number=-1), "paper_number_wrong"),
        (lambda s: paper(s, texts={"elsewhere": "x"}), "paper_text_wrong"),
        (lambda s: paper(s, texts={"background": "x" * 6001}), "paper_text_wrong"),
        (lambda s: promise(s, 0), "commitment_persons_wrong"),
        (lambda s: promise(s, month=13), "commitment_month_wrong"),
        (lambda s: promise(s, told_by=ToldBy.REGISTER), "register_counts_itself"),
    ],
)
def test_a_bad_step_is_refused_by_name_logged_and_leaves_nothing(stage, step, code):
    with pytest.raises(Refused) as refused:
        step(stage)
    assert refused.value.code == code
    with acting(stage[COORDINATOR]):
        assert not Plan.objects.exists()
    with acting(stage["auditor"]):
        assert [event.facts["code"] for event in AuditEvent.objects.filter(outcome="refused")] == [code]


def test_two_who_save_from_the_same_version_do_not_undo_one_another(stage):
    plan(stage, {Resource.HOUSING: row(5)})
    plan(stage, {Resource.HOUSING: row(6)}, version=1)
    with pytest.raises(Refused, match="somebody_changed"):
        plan(stage, {Resource.HOUSING: row(7)}, version=1)
    with acting(stage[COORDINATOR]):
        assert PlanResource.objects.get().units[0] == 6


def test_another_municipality_and_other_roles_neither_save_nor_see(stage):
    plan(stage, {Resource.HOUSING: row(5)})
    number = promise(stage)
    with pytest.raises(NotInSight):
        save_plan(stage["stranger"], municipality=HERE, year=NEXT, version=1, rows={})
    with pytest.raises(NotInSight):
        remove_commitment(stage["stranger"], municipality=THERE, commitment=number)
    for role in ("imdi_lead", "county", "ks"):
        with pytest.raises(NotPermitted):
            save_plan(stage[role], municipality=HERE, year=NEXT, version=1, rows={})
    with acting(stage["stranger"]), pytest.raises(NotInSight):
        plan_answer(stage["stranger"], HERE, NEXT)


def test_the_database_itself_shows_a_plan_to_nobody_else(stage):
    plan(stage, {Resource.HOUSING: row(5)})
    promise(stage)
    for role in (
        "stranger",
        "imdi_lead",
        "imdi_caseworker",
        "county",
        "ks",
        "ministry",
        "public",
        "auditor",
        "admin",
    ):
        with acting(stage[role]):
            for table in (Plan, PlanResource, PlanCommitment):
                assert not table.objects.exists(), (role, table)


def test_a_saved_plan_is_in_the_log_without_its_numbers(stage):
    plan(stage, {Resource.HOUSING: row(5)})
    (event,) = events(stage, "save_plan")
    assert event.facts == {"year": NEXT, "resources": 1, "version": 1}


def test_uses_are_offered_from_those_who_wait_only_when_they_are_many(stage, monkeypatch):
    household(
        stage, persons=4, births=[date(1990, 1, 1), date(1991, 1, 1), date(2016, 5, 1), date(2023, 5, 1)]
    )
    with acting(stage[COORDINATOR]):
        assert set(plan_people.uses_among_those_who_wait(date(2026, 3, 16))) == {
            Resource.HOUSING,
            Resource.HEALTH,
        }
        monkeypatch.setattr(plan_people, "FEWEST_WAITING", 4)
        found = plan_people.uses_among_those_who_wait(date(2026, 3, 16))
    # Of four: one aged 9 in school, one aged 2 in kindergarten, two grown up in Norwegian teaching.
    assert (found[Resource.SCHOOL], found[Resource.KINDERGARTEN]) == (Fraction(1, 4), Fraction(1, 4))
    assert found[Resource.TEACHING] == Fraction(1, 2)
    assert Resource.STAFF not in found
