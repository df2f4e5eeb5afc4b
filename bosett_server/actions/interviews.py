"""The household is heard: a draft that can be resumed, an interview that is held, a consent withdrawn; then ready."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bosett.followup.advance import advance
from bosett.followup.hearing import missing_items, required_items
from bosett.followup.problem import Heard, Item, ReasonWithout
from bosett.followup.steps import Interviewed, MarkedReady
from bosett.rules.parameters import Parameters
from bosett.terms.errors import Refused
from bosett.terms.groups import Group, Track
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.roles import Role
from bosett_server.actions.household_notices import caseworkers, tell
from bosett_server.actions.signed import signed_by
from bosett_server.actions.step import Done, action
from bosett_server.queries.hearing import INTERPRETER, hearing_of
from bosett_server.queries.household_case import HouseholdNow, household_now
from bosett_server.queries.need_codes import need_codes
from bosett_server.queries.placement_pool import HEALTH_NEEDS
from bosett_server.records.models import Household, Interview, Municipality

INTERPRETERS = ("used", "by_phone", "by_video", "not_needed", "declined", "not_available")
WITH_LANGUAGE = INTERPRETERS[:3]
TIE_KINDS = ("relatives", "network", "work", "studies")
MOST_WISHES = 3
COMMENT_DAYS = "placement/comment_days"
CAN_BE_LEFT_OUT = (INTERPRETER, *(item.value for item in Item if item is not Item.INTERVIEW))
FIELDS = frozenset({
    "held_on", "interpreter", "interpreter_language", "wishes", "ties", "health_consent", "child_best_interests",
    "comment_invited_on", "comment_due_on", "missing",
})  # fmt: skip


@action(Permission.INTERVIEW_HOLD)
def save_interview(actor: Actor, *, household: str, answers: Mapping[str, Any]) -> Done[int]:
    """The answers given so far are kept as a draft; what is not in `answers` stays as it was.

    Raises Refused: `bufetat_holds_this_interview`, `hearing_is_closed`, `answer_not_known`, and the codes of
    `_check`.
    """
    now = household_now(household)
    draft = _draft(actor, now)
    _fill(draft, answers)
    draft.save()
    return Done(draft.pk, about=now.about, facts={"interview": draft.pk, "answers": sorted(answers)})


@action(Permission.INTERVIEW_HOLD)
def hold_interview(actor: Actor, *, household: str, answers: Mapping[str, Any] | None = None) -> Done[int]:
    """The interview is closed: every item is there or has a coded reason, and the household is interviewed.

    Raises Refused: `interview_incomplete` (facts: missing), and the codes of `save_interview`.
    """
    now = household_now(household)
    draft = _draft(actor, now)
    _fill(draft, answers or {})
    missing = missing_of(draft, now)
    if missing:
        raise Refused("interview_incomplete", {"missing": ",".join(missing), "count": len(missing)})
    today = clock.today()
    given = {
        item: heard for item, heard in hearing_of(draft).items() if heard.on is None or heard.on <= today
    }
    case = advance(now.living_case, Interviewed(today, given))
    draft.closed_at, draft.held_by_id = clock.now(), signed_by(actor)
    draft.save()
    _stage(now.row, case.stage.value)
    url = f"/households/{now.row.pk}/ready/"
    notices = tell(actor, "household_interviewed", now.row, caseworkers(now.row), url=url)
    facts = {"interview": draft.pk, "left_out": sorted(draft.missing.values())}
    return Done(draft.pk, about=now.about, facts=facts, notices=notices)


@action(Permission.HOUSEHOLD_READY)
def record_heard_abroad(actor: Actor, *, household: str, held_on: date) -> Done[int]:
    """A resettlement refugee was interviewed abroad: each item has that as its coded reason.

    Raises Refused: `only_for_resettlement`, `in_the_future`, `hearing_is_closed`.
    """
    now = household_now(household)
    if now.row.track != Track.RESETTLEMENT:
        raise Refused("only_for_resettlement")
    if held_on > clock.today():
        raise Refused("in_the_future", {"day": held_on.isoformat()})
    without = {item: Heard(without=ReasonWithout.HELD_ABROAD) for item in Item}
    case = advance(now.living_case, Interviewed(held_on, without))
    made = Interview.objects.create(
        household=now.row, held_on=held_on, held_by_id=signed_by(actor), interpreter="not_needed",
        missing={item.value: ReasonWithout.HELD_ABROAD.value for item in Item}, closed_at=clock.now(),
    )  # fmt: skip
    _stage(now.row, case.stage.value)
    return Done(made.pk, about=now.about, facts={"interview": made.pk})


@action(Permission.INTERVIEW_HOLD)
def withdraw_health_consent(actor: Actor, *, household: str) -> Done[int]:
    """The household no longer agrees that health information is used; the day is kept, caseworkers are told.

    Raises Refused: `no_consent_to_withdraw`.
    """
    now = household_now(household)
    _may_hold(actor, now.row)
    newest = newest_held(now.row)
    if newest is None or not newest.health_consent:
        raise Refused("no_consent_to_withdraw")
    today = clock.today()
    Interview.objects.filter(pk=newest.pk).update(health_consent=False, health_consent_withdrawn_on=today)
    notices = tell(actor, "consent_withdrawn", now.row, caseworkers(now.row))
    return Done(newest.pk, about=now.about, facts={"interview": newest.pk}, notices=notices)


@action(Permission.HOUSEHOLD_READY)
def mark_ready(
    actor: Actor, *, household: str, needs: Sequence[str], ready_on: date | None = None
) -> Done[str]:
    """Needs are registered as codes and the household can be proposed from the day.

    Raises Refused: `no_permit_yet`, `not_interviewed`, `not_heard` (facts: missing), `need_not_known`,
    `health_need_without_consent`, `in_the_future`, `ready_before_interview`.
    """
    now = household_now(household)
    today = clock.today()
    day = ready_on or today
    if now.row.permit_on is None:
        raise Refused("no_permit_yet")
    newest = newest_held(now.row)
    case = advance(now.living_case, MarkedReady(day))
    missing = _missing_for_ready(now, newest, today)
    if missing or newest is None:
        raise Refused("not_heard", {"household": now.row.reference, "missing": ",".join(missing)})
    if day > today:
        raise Refused("in_the_future", {"day": day.isoformat()})
    if day < max(newest.held_on, now.row.permit_on):
        raise Refused("ready_before_interview", {"held": newest.held_on.isoformat()})
    check_needs(needs, newest)
    Household.objects.filter(pk=now.row.pk).update(
        stage=case.stage.value, ready_on=day, needs=sorted(needs), version=now.row.version + 1
    )
    notices = tell(actor, "household_ready", now.row, (Role.CENTRE,), centre=now.row.centre_id)
    facts = {"needs": sorted(needs), "on": day.isoformat()}
    return Done(household, about=now.about, facts=facts, notices=notices)


@action(Permission.HOUSEHOLD_READY)
def change_needs(actor: Actor, *, household: str, needs: Sequence[str]) -> Done[str]:
    """The codes of need are put right while nobody has been asked to settle the household.

    Raises Refused: `already_with_a_municipality`, `need_not_known`, `health_need_without_consent`.
    """
    now = household_now(household)
    if now.row.stage not in ("in_reception", "interviewed", "ready"):
        raise Refused("already_with_a_municipality", {"household": now.row.reference})
    check_needs(needs, newest_held(now.row))
    Household.objects.filter(pk=now.row.pk).update(needs=sorted(needs), version=now.row.version + 1)
    facts = {"needs": sorted(needs), "before": sorted(now.row.needs)}
    return Done(household, about=now.about, facts=facts)


def newest_held(row: Household) -> Interview | None:
    """The interview that counts."""
    return (
        Interview.objects.filter(household=row, closed_at__isnull=False).order_by("-held_on", "-id").first()
    )


def missing_of(draft: Interview, now: HouseholdNow) -> list[str]:
    """Items of a draft that are neither answered nor left out for a coded reason, in order."""
    given = hearing_of(draft)
    required = required_items(now.living_case.persons, clock.today())
    missing = [item.value for item in required if item not in given]
    if not draft.interpreter and draft.missing.get(INTERPRETER) is None:
        missing.insert(0, INTERPRETER)
    return missing


def _missing_for_ready(now: HouseholdNow, newest: Interview | None, today: date) -> list[str]:
    """As for a decision, but a chance to comment that is given and not over yet does not hold it up."""
    missing = [item.value for item in missing_items(now.living_case, today)]
    invited = newest is not None and newest.comment_invited_on is not None
    return [item for item in missing if not (invited and item == Item.COMMENT_CHANCE.value)]


def _draft(actor: Actor, now: HouseholdNow) -> Interview:
    _may_hold(actor, now.row)
    if now.row.stage not in ("in_reception", "interviewed", "ready"):
        raise Refused("hearing_is_closed", {"stage": now.row.stage})
    found = Interview.objects.filter(household=now.row, closed_at__isnull=True).first()
    return found or Interview(
        household=now.row, held_on=clock.today(), held_by_id=signed_by(actor), interpreter=""
    )


def _may_hold(actor: Actor, row: Household) -> None:
    if actor.role is Role.CENTRE and row.group == Group.EM_UNDER15:
        raise Refused("bufetat_holds_this_interview")


def _fill(draft: Interview, answers: Mapping[str, Any]) -> None:
    unknown = set(answers) - FIELDS
    if unknown:
        raise Refused("answer_not_known", {"answer": sorted(unknown)[0][:40]})
    for name, value in answers.items():
        setattr(draft, name, value)
    if "health_consent" in answers:
        draft.health_consent_withdrawn_on = None
    _check(draft)


def _check(draft: Interview) -> None:
    today = clock.today()
    if draft.held_on > today:
        raise Refused("in_the_future", {"day": draft.held_on.isoformat()})
    if draft.interpreter and draft.interpreter not in INTERPRETERS:
        raise Refused("answer_not_known", {"answer": draft.interpreter[:40]})
    if draft.interpreter in WITH_LANGUAGE and not draft.interpreter_language:
        raise Refused("interpreter_without_language")
    _check_places(draft.wishes, draft.ties)
    for item, reason in draft.missing.items():
        if item not in CAN_BE_LEFT_OUT or reason not in {one.value for one in ReasonWithout}:
            raise Refused("reason_not_known", {"reason": str(reason)[:40]})
    _check_comment_time(draft)


def _check_places(wishes: Sequence[str], ties: Sequence[Mapping[str, str]]) -> None:
    if len(wishes) > MOST_WISHES:
        raise Refused("too_many_wishes", {"most": MOST_WISHES})
    if len(set(wishes)) != len(wishes):
        raise Refused("wish_twice")
    if any(tie.get("kind") not in TIE_KINDS for tie in ties):
        raise Refused("tie_not_known")
    named = {*wishes, *(str(tie.get("municipality", "")) for tie in ties)}
    if Municipality.objects.filter(pk__in=named).count() != len(named):
        raise Refused("municipality_not_known")


def _check_comment_time(draft: Interview) -> None:
    invited, due = draft.comment_invited_on, draft.comment_due_on
    if (invited is None) != (due is None):
        raise Refused("comment_dates_go_together")
    if invited is None or due is None:
        return
    days = Parameters.shipped().lookup(COMMENT_DAYS, invited).whole
    if due < invited + timedelta(days=days):
        raise Refused("comment_time_too_short", {"days": days})


def check_needs(needs: Collection[str], newest: Interview | None) -> None:
    """Raise Refused for a code that is none (`need_not_known`), or of health without the household's consent."""
    unknown = set(needs) - set(need_codes())
    if unknown:
        raise Refused("need_not_known", {"need": sorted(unknown)[0][:40]})
    if set(needs) & HEALTH_NEEDS and not (newest and newest.health_consent):
        raise Refused("health_need_without_consent")


def _stage(row: Household, stage: str) -> None:
    if row.stage != stage:
        Household.objects.filter(pk=row.pk).update(stage=stage, version=row.version + 1)
