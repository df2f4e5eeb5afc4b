"""Meetings and matters as their users make them; everything is made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bosett.agreement.consultation import MeetingKind
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM, Actor
from bosett_server.access.context import acting
from bosett_server.actions.consultation_agenda import set_agenda
from bosett_server.actions.consultation_matters import raise_matter
from bosett_server.actions.consultation_meetings import call_meeting, hold_meeting
from bosett_server.records.models import AuditEvent, Notice, RoleGrant, User
from tests.bosett_server.cast import DAY, NOW, World

OSLO = ZoneInfo("Europe/Oslo")
PARTIES = ("AID", "KS", "IMDi")
COORDINATOR = "municipality_coordinator"


def at(day: date, hour: int = 9) -> datetime:
    """An hour of a day in Norway."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)


def called(stage: World, who: str = "ministry", day: date = DAY, hour: int = 9, **told: Any) -> int:
    """A meeting of two hours."""
    starts = at(day, hour)
    return call_meeting(
        stage[who], kind=told.pop("kind", MeetingKind.CONSULTATION),
        title=told.pop("title", "Konsultasjon om bosetting"),
        starts=starts, ends=told.pop("ends", starts + timedelta(hours=2)), parties=told.pop("parties", PARTIES), **told,
    )  # fmt: skip


def raised(stage: World, who: str = COORDINATOR, title: str = "For få store boliger", **told: Any) -> int:
    """A matter."""
    return raise_matter(stage[who], title=title, text=told.pop("text", "Familier venter på hus."), **told)


def with_agenda(stage: World, **told: Any) -> tuple[int, int]:
    """A meeting today whose agenda holds one matter that a municipality has raised: (meeting, matter)."""
    matter = raised(stage)
    meeting = called(stage, **told)
    set_agenda(stage["ministry"], number=meeting)
    return meeting, matter


def held(stage: World, **told: Any) -> tuple[int, int]:
    """The same, held."""
    meeting, matter = with_agenda(stage, **told)
    hold_meeting(stage["ministry"], number=meeting)
    return meeting, matter


def of_ministry(stage: World, party: str) -> Actor:
    """A user of another ministry than the cast's, with a right of its own."""
    with acting(SYSTEM):
        user = User.objects.create(username=f"dep_{party.lower()}", first_name="Test", last_name=party)
        RoleGrant.objects.create(
            user=user, role="ministry", party=party, starts_on=date(2025, 1, 1), granted_at=NOW
        )
    stage.users[party] = user
    stage.actors[party] = replace(stage["ministry"], user_id=user.pk, ministry=party, name=party)
    return stage.actors[party]


def events(stage: World, verb: str) -> list[AuditEvent]:
    """What the log says of a step."""
    with acting(stage["auditor"]):
        return list(AuditEvent.objects.filter(verb=verb).order_by("id"))


def notices(stage: World, who: str) -> list[str]:
    """The codes of what waits for somebody."""
    with acting(stage[who]):
        return sorted(Notice.objects.filter(code__startswith="consultation").values_list("code", flat=True))


def refused(stage: World, verb: str, code: str, step: Callable[[], object]) -> None:
    """The step is refused by this name, and the log says so."""
    with pytest.raises(Refused) as caught:
        step()
    assert caught.value.code == code
    last = events(stage, verb)[-1]
    assert (last.outcome, last.facts.get("code")) == ("refused", code)
