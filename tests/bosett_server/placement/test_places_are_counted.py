"""The counts that the database keeps beside each vedtak are those a recount gives, whatever was stored."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import Assignment, Household, Person, Settlement
from tests.bosett_server.cast import HERE, NOW, THERE, YEAR, household, vedtak

RECOUNT = """
SELECT count(*) FROM records_quota q WHERE
  ROW(q.assigned, q.assigned_general) NOT IN (
    SELECT coalesce(sum(persons), 0), coalesce(sum(persons_general), 0) FROM records_assignment a
    WHERE a.municipality_id = q.municipality_id AND a.year = q.year AND NOT a.sealed
      AND q."group" IN ('all', a."group") AND a.state IN ('offered', 'accepted', 'settled'))
  OR q.settled IS DISTINCT FROM (
    SELECT count(*) FROM records_settlement s JOIN records_assignment a ON a.id = s.assignment_id
    WHERE a.municipality_id = q.municipality_id AND a.year = q.year AND NOT a.sealed
      AND q."group" IN ('all', a."group"))
"""
NEXT = {"offered": ("accepted", "declined", "expired", "withdrawn"), "accepted": ("settled", "withdrawn")}


@pytest.mark.parametrize("seed", range(8))
def test_counts_kept_equal_counts_made_after_any_course_of_assignments(stage, seed):
    dice = random.Random(seed)  # noqa: S311 - a seeded course of events, nothing secret
    for place in (HERE, THERE):
        vedtak(place, 500)
        vedtak(place, 500, group="em_15_17")
    homes = [household(stage, persons=dice.randint(1, 4)) for _ in range(30)]
    with acting(SYSTEM):
        for _ in range(6):
            _offer_several(dice, homes, stage)
            _change_several(dice)
            _settle_one(dice, stage)
            with connection.cursor() as cursor:
                cursor.execute(RECOUNT)
                assert cursor.fetchone() == (0,)


def _offer_several(dice, homes, stage):
    ids = [one.pk for one in homes]
    free = list(Household.objects.filter(pk__in=ids, stage="ready"))
    Assignment.objects.bulk_create(
        Assignment(
            household=one, municipality_id=dice.choice([HERE, THERE]), year=YEAR,
            group=dice.choice(["all", "em_15_17"]), persons=one.persons_count, track="asylum",
            decided_by=stage.users["imdi_lead"], decided_at=NOW, answer_due_on=date(2026, 4, 1),
        )
        for one in dice.sample(free, min(len(free), 8))
    )  # fmt: skip


def _change_several(dice):
    """One statement for many rows, as a bulk step does it."""
    for before, after in NEXT.items():
        chosen = list(Assignment.objects.filter(state=before).values_list("pk", flat=True))
        Assignment.objects.filter(pk__in=dice.sample(chosen, len(chosen) // 2)).update(
            state=dice.choice([one for one in after if one != "settled"]), decline_reason="no_housing"
        )


def _settle_one(dice, stage):
    accepted = list(Assignment.objects.filter(state="accepted"))
    if not accepted:
        return
    one = dice.choice(accepted)
    Settlement.objects.bulk_create(
        Settlement(
            person=person, municipality_id=one.municipality_id, assignment=one, settled_on=date(2026, 3, 1),
            recorded_by=stage.users["imdi_lead"], recorded_at=datetime.now(UTC),
        )
        for person in Person.objects.filter(household=one.household_id)
    )  # fmt: skip
    Assignment.objects.filter(pk=one.pk).update(state="settled")
    if dice.random() < 0.3:
        Household.objects.filter(pk=one.household_id).update(protection="fortrolig")
        Assignment.objects.filter(pk=one.pk).update(version=2)
