"""Has a household been heard?  The stored interview as the library's hearing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from bosett.followup.hearing import missing_items
from bosett.followup.problem import Case, Heard, Item, Person, ReasonWithout, Stage
from bosett.terms.groups import Track
from bosett_server.records.models import Household, Interview
from bosett_server.records.models import Person as PersonRow

INTERPRETER = "interpreter"
_WITHOUT = {reason.value for reason in ReasonWithout}


@dataclass(frozen=True)
class HeardHousehold:
    """A household as a decision needs it: its case, what it said, what is missing of its hearing.

    Parameters
    ----------
    row
        Only for the floors below the pages; a page gets the fields it needs.
    people
        (birth date, sex) of those who have not left.
    ties, wishes
        Municipality -> kind of tie; municipality -> rank from 1.
    missing
        Codes of what the hearing lacks and no coded reason explains.
    """

    row: Household
    case: Case
    people: tuple[tuple[date, str], ...]
    ties: Mapping[str, str]
    wishes: Mapping[str, int]
    health_consent: bool
    missing: tuple[str, ...]


def heard_households(rows: Collection[Household], today: date) -> dict[UUID, HeardHousehold]:
    """The hearing of each household in sight, by id; two queries whatever the number."""
    ids = [row.pk for row in rows]
    people: dict[UUID, list[PersonRow]] = {}
    for person in PersonRow.objects.filter(household_id__in=ids, left_on__isnull=True).order_by("id"):
        people.setdefault(person.household_id, []).append(person)
    newest = {
        interview.household_id: interview
        for interview in Interview.objects.filter(household_id__in=ids, closed_at__isnull=False).order_by(
            "held_on", "id"
        )
    }
    return {
        row.pk: _heard(row, people[row.pk], newest.get(row.pk), today) for row in rows if row.pk in people
    }


def _heard(
    row: Household, people: list[PersonRow], interview: Interview | None, today: date
) -> HeardHousehold:
    case = Case(
        household_id=str(row.pk),
        track=Track(row.track),
        persons=tuple(Person(str(p.pk), p.birth_date, p.unaccompanied_minor) for p in people),
        stage=Stage(row.stage),
        since=row.ready_on,
        permit_valid=not any(p.permit_lost_on for p in people),
        hearing=hearing_of(interview),
    )
    missing = [item.value for item in missing_items(case, today)]
    if interview is not None and not interview.interpreter and not _excused(interview, INTERPRETER):
        missing.append(INTERPRETER)
    wished = interview.wishes if interview else []
    return HeardHousehold(
        row=row,
        case=case,
        people=tuple((p.birth_date, p.sex) for p in people),
        ties={str(tie["municipality"]): str(tie["kind"]) for tie in (interview.ties if interview else [])},
        wishes={str(code): rank for rank, code in reversed(list(enumerate(wished, 1)))},
        health_consent=bool(interview and interview.health_consent),
        missing=tuple(missing),
    )


def hearing_of(interview: Interview | None) -> dict[Item, Heard]:
    """What was done and when; a coded reason where something was left out."""
    if interview is None:
        return {}
    done: dict[Item, date | None] = {
        Item.INTERVIEW: interview.held_on,
        Item.WISHES: interview.held_on,
        Item.TIES: interview.held_on,
        Item.HEALTH_CONSENT: interview.held_on if interview.health_consent is not None else None,
        Item.CHILD_BEST_INTERESTS: interview.held_on if interview.child_best_interests.strip() else None,
        Item.COMMENT_CHANCE: _chance_over(interview),
    }
    found = {}
    for item, day in done.items():
        if _excused(interview, item.value):
            found[item] = Heard(without=ReasonWithout(interview.missing[item.value]))
        elif day is not None:
            found[item] = Heard(on=day)
    return found


def _chance_over(interview: Interview) -> date | None:
    """The first day on which the household has commented, or could have."""
    if interview.comment_at is not None:
        return timezone.localdate(interview.comment_at)
    if interview.comment_invited_on is None or interview.comment_due_on is None:
        return None
    return interview.comment_due_on + timedelta(days=1)


def _excused(interview: Interview, item: str) -> bool:
    return interview.missing.get(item) in _WITHOUT
