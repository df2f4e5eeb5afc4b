"""A round is planned, drawn, opened and closed; what stands, stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError

from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.expenditure_answers import save_expenditure_answer
from bosett_server.actions.expenditure_known import KnownRow, bring_in_known, set_known_figure
from bosett_server.actions.expenditure_rounds import (
    close_expenditure_round,
    drop_expenditure_plan,
    open_expenditure_round,
    plan_expenditure_round,
    remind_expenditure,
    remind_expenditure_due,
)
from bosett_server.queries.expenditure import baseline_of, rounds, strata
from bosett_server.records.models import (
    AuditEvent,
    ExpenditureBaseline,
    ExpenditureFrameRow,
    ExpenditureKnown,
    ExpenditureResponse,
    ExpenditureRound,
    Municipality,
    Notice,
)
from tests.bosett_server.cast import DAY, HERE, NOW, THERE, world
from tests.bosett_server.distribution.scenes import everybody
from tests.bosett_server.expenditure.scenes import (
    DUE,
    PERSONS,
    RATES,
    ROUND_YEAR,
    answered,
    closed,
    decider_there,
    opened,
    planned,
)


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    return world()


def everywhere(stage):
    """A frame over the whole country: municipality n in order of code has 5 + n persons; two have none."""
    everybody(stage)
    with acting(SYSTEM):
        codes = list(Municipality.objects.order_by("code").values_list("code", flat=True))
    return {code: {0: Decimal(0 if n < 2 else 5 + n)} for n, code in enumerate(codes)}


def plan(stage, frame, **changes):
    told = {"year": ROUND_YEAR, "kind": "ordinary", "asked": 80, "minimum": 3, "overlap_percent": 50,
            "answer_due_on": DUE, "persons": frame, "frame_source": "test"}  # fmt: skip
    return plan_expenditure_round(stage["imdi_lead"], **told | changes)


def sample(number):
    with acting(SYSTEM):
        rows = ExpenditureFrameRow.objects.filter(round_id=number, sampled=True)
        return {row.municipality_id for row in rows}


def test_the_sample_is_as_large_as_asked_and_stands_for_every_municipality_with_persons(stage):
    number = plan(stage, everywhere(stage))
    with acting(SYSTEM):
        rows = list(ExpenditureFrameRow.objects.filter(round_id=number))
    asked = [row for row in rows if row.sampled]
    assert (len(rows), len(asked)) == (357, 80)
    assert sum(row.weight_of / row.weight_drawn for row in asked) == pytest.approx(355)
    assert all(row.eligible_persons > 0 for row in asked)


def test_every_stratum_has_its_minimum(stage):
    number = plan(stage, everywhere(stage))
    with acting(stage["imdi_lead"]):
        assert all(one.asked >= 3 for one in strata(stage["imdi_lead"], number) if one.name != "s0")


def test_the_same_seed_draws_the_same_and_another_draws_another(stage):
    frame = everywhere(stage)
    first = sample(plan(stage, frame, seed=7))
    assert sample(plan(stage, frame, seed=7)) == first
    assert sample(plan(stage, frame, seed=8)) != first


def test_next_year_keeps_at_least_the_overlap_of_each_stratum(stage):
    frame = everywhere(stage)
    last = plan(stage, frame, year=2024, seed=7)
    open_expenditure_round(stage["imdi_lead"], round_id=last)
    before = sample(last)
    now = sample(plan(stage, frame, overlap_percent=50, seed=99))
    assert len(before & now) >= len(now) * 0.45
    assert sample(plan(stage, frame)) == before  # last year's seed: the same numbers, the same panel


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"year": 1980}, "expenditure_year_out_of_range"),
        ({"kind": "another"}, "expenditure_kind_unknown"),
        ({"answer_due_on": date(2026, 3, 15)}, "expenditure_due_passed"),
        ({"persons": {}}, "expenditure_frame_empty"),
        ({"persons": {"9999": {0: Decimal(5)}}}, "expenditure_frame_unknown"),
        ({"asked": 3}, "expenditure_sample_impossible"),
        ({"kind": "host", "persons": None}, "expenditure_frame_empty"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_name_and_leaves_nothing(stage, changes, code):
    with pytest.raises(Refused) as refused:
        planned(stage, **changes)
    assert refused.value.code == code
    with acting(SYSTEM):
        assert ExpenditureRound.objects.count() == 0


def test_opening_asks_the_sample_and_tells_it(stage):
    number = opened(stage)
    with acting(SYSTEM):
        assert set(ExpenditureResponse.objects.values_list("municipality_id", flat=True)) == {HERE, THERE}
        told = Notice.objects.filter(code="expenditure_opened")
        assert {(n.to_role, n.municipality_id) for n in told} == {
            (role, place)
            for role in ("municipality_coordinator", "municipality_decider")
            for place in (HERE, THERE)
        }
        assert AuditEvent.objects.filter(verb="open_expenditure_round", outcome="done").count() == 1
    with pytest.raises(Refused, match="expenditure_round_not_planned"):
        open_expenditure_round(stage["imdi_lead"], round_id=number)
    with pytest.raises(Refused, match="expenditure_round_not_planned"):
        drop_expenditure_plan(stage["imdi_lead"], round_id=number)
    with pytest.raises(Refused, match="expenditure_round_exists"):
        planned(stage)


def test_the_database_keeps_the_sample_of_an_open_round(stage):
    number = opened(stage)
    with pytest.raises(DatabaseError, match="expenditure_sample_stands"), acting(SYSTEM):
        ExpenditureFrameRow.objects.filter(round_id=number).update(sampled=False, certainty=False)
    with pytest.raises(DatabaseError, match="expenditure_round_moved_on"), acting(SYSTEM):
        ExpenditureRound.objects.filter(pk=number).update(seed=3)


def test_a_plan_can_be_dropped(stage):
    number = planned(stage)
    drop_expenditure_plan(stage["imdi_lead"], round_id=number)
    with acting(SYSTEM):
        assert ExpenditureFrameRow.objects.count() == 0


def test_only_the_committees_secretariat_plans(stage):
    for role in ("imdi_caseworker", "ks", "ministry", "municipality_decider", "county"):
        with pytest.raises(NotPermitted):
            plan_expenditure_round(
                stage[role], year=ROUND_YEAR, kind="ordinary", asked=2, minimum=1, overlap_percent=0,
                answer_due_on=DUE, persons=PERSONS,
            )  # fmt: skip


def test_a_municipality_does_not_see_a_plan(stage):
    planned(stage)
    with acting(stage["municipality_decider"]):
        assert rounds(stage["municipality_decider"]) == []


def test_reminders_go_to_those_who_have_not_approved_and_once_a_week(stage):
    number = opened(stage)
    assert remind_expenditure(stage["imdi_lead"], round_id=number) == 2
    assert remind_expenditure(stage["imdi_lead"], round_id=number) == 0


def test_the_clock_reminds_from_two_weeks_before(stage, settings):
    opened(stage)
    assert remind_expenditure_due(SYSTEM) == 0
    settings.BOSETT_TODAY = date(2026, 5, 18)
    assert remind_expenditure_due(SYSTEM) == 2


def test_closing_makes_estimates_that_stand_for_ever(stage):
    number = closed(stage)
    with acting(stage["ks"]):
        baseline = baseline_of(stage["ks"], number)
    assert baseline is not None
    # Both are certain and answered: 13 x 900 000 / 100 persons and 13 x 792 000 / 80; together a count.
    each = 13 * (900_000 + 792_000) / 180
    assert baseline.result["survey_year"]["nok"] == pytest.approx(each)
    assert baseline.result["survey_year"]["standard_error"] == pytest.approx(0)
    assert baseline.result["coverage"]["share"] == pytest.approx(sum(RATES.values()) / (5 * each))
    with acting(SYSTEM):
        assert ExpenditureBaseline.objects.update(input_sha256="x") == 0
    with acting(SYSTEM):
        assert ExpenditureBaseline.objects.get().input_sha256 == baseline.input_sha256


def test_a_round_where_a_stratum_is_silent_is_not_closed_and_the_reason_is_named(stage):
    number = opened(stage)
    with pytest.raises(Refused) as refused:
        close_expenditure_round(stage["imdi_lead"], round_id=number, rates_nok={})
    assert refused.value.code == "expenditure_no_estimate"
    with acting(SYSTEM):
        assert ExpenditureRound.objects.get().state == "open"


def test_what_is_sent_and_not_approved_does_not_count(stage):
    number = opened(stage)
    answered(stage, number)
    with acting(SYSTEM):
        ExpenditureResponse.objects.filter(municipality_id=THERE).update(
            state="open", reopened_reason="x", reopened_at=NOW
        )
    close_expenditure_round(stage["imdi_lead"], round_id=number, rates_nok={})
    with acting(SYSTEM):
        result = ExpenditureBaseline.objects.get().result
    assert result["respondents"] == 1
    assert result["coverage"] is None
    assert result["whole"]["standard_error"] is None
    assert result["whole"]["why_no_error"]


def test_registers_are_brought_in_whole_and_go_into_the_years(stage):
    number = opened(stage)
    rows = [
        KnownRow(n, place, "social_assistance", year, 100 * year, Decimal(10))
        for n, (place, year) in enumerate(((p, y) for p in (HERE, THERE) for y in range(1, 6)), 2)
    ]
    bring_in_known(stage["imdi_lead"], round_id=number, kind="register", rows=rows, source="test")
    answered(stage, number)
    close_expenditure_round(stage["imdi_lead"], round_id=number, rates_nok=RATES)
    with acting(SYSTEM):
        result = ExpenditureBaseline.objects.get().result
    extra = [one["nok"] - result["survey_year"]["nok"] for one in result["years"]]
    assert extra == pytest.approx([10, 20, 30, 40, 50])


@pytest.mark.parametrize(
    ("kind", "row", "column"),
    [
        ("register", KnownRow(4, "9999", "social_assistance", 1, 5, Decimal(1)), "municipality"),
        ("register", KnownRow(4, HERE, "social_assistance", 6, 5, Decimal(1)), "residence_year"),
        ("register", KnownRow(4, HERE, "social_assistance", 1, -5, Decimal(1)), "amount"),
        ("register", KnownRow(4, HERE, "social_assistance", 1, 5, None), "persons"),
        ("kostra", KnownRow(4, HERE, "social_assistance", None, 5, None), "item"),
        ("kostra", KnownRow(4, "", "housing", None, 5, None), "municipality"),
    ],
)
def test_a_wrong_row_of_a_register_is_named_and_nothing_is_brought_in(stage, kind, row, column):
    number = opened(stage)
    with pytest.raises(Refused) as refused:
        bring_in_known(stage["imdi_lead"], round_id=number, kind=kind, rows=[row], source="test")
    assert refused.value.facts == {"row": 4, "column": column}


def test_one_figure_can_be_typed_and_the_others_stay(stage):
    number = opened(stage)
    rows = [KnownRow(n, place, "school", None, 100, None) for n, place in enumerate((HERE, THERE), 2)]
    bring_in_known(stage["imdi_lead"], round_id=number, kind="kostra", rows=rows, source="file")
    typed = KnownRow(1, HERE, "school", None, 250, None)
    set_known_figure(stage["imdi_lead"], round_id=number, kind="kostra", figure=typed, source="regnskapet")
    with acting(SYSTEM):
        stored = set(ExpenditureKnown.objects.values_list("municipality_id", "amount_nok", "source"))
        verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert stored == {(HERE, 250, "regnskapet"), (THERE, 100, "file")}
    assert "set_known_figure" in verbs


@pytest.mark.parametrize(
    ("kind", "figure", "source", "code"),
    [
        ("kostra", KnownRow(1, "9999", "school", None, 1, None), "x", "expenditure_known_row"),
        ("kostra", KnownRow(1, HERE, "castles", None, 1, None), "x", "expenditure_known_row"),
        ("register", KnownRow(1, HERE, "social_assistance", 1, 1, None), "x", "expenditure_known_row"),
        ("guess", KnownRow(1, HERE, "school", None, 1, None), "x", "expenditure_known_kind"),
        ("kostra", KnownRow(1, HERE, "school", None, 1, None), " ", "expenditure_source_missing"),
    ],
)
def test_a_typed_figure_without_its_place_item_persons_kind_or_source_is_refused(
    stage, kind, figure, source, code
):
    number = opened(stage)
    with pytest.raises(Refused, match=code):
        set_known_figure(stage["imdi_lead"], round_id=number, kind=kind, figure=figure, source=source)
    with acting(SYSTEM):
        assert not ExpenditureKnown.objects.exists()


def test_no_figure_is_typed_into_a_closed_round(stage):
    number = closed(stage)
    figure = KnownRow(1, HERE, "school", None, 1, None)
    with pytest.raises(Refused, match="expenditure_round_closed"):
        set_known_figure(stage["imdi_lead"], round_id=number, kind="kostra", figure=figure, source="x")


def test_a_municipality_outside_the_sample_has_no_questionnaire(stage):
    number = opened(stage, persons={HERE: PERSONS[HERE]}, asked=1)
    with pytest.raises(NotInSight):
        save_expenditure_answer(stage["stranger"], round_id=number, municipality=THERE, typed=[])
    with pytest.raises(NotInSight):
        save_expenditure_answer(decider_there(stage), round_id=number, municipality=HERE, typed=[])
