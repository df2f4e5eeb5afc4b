"""What waits for the actor, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from bosett_server.access.actor import Actor
from bosett_server.records.models import Notice, NoticeRead

PAGE_SIZE = 50


@dataclass(frozen=True)
class NoticeRow:
    """One notice as the inbox shows it."""

    id: int
    code: str
    facts: dict[str, object]
    url: str
    due_on: date | None
    created_at: datetime
    done: bool
    read: bool


def unread_count(actor: Actor) -> int:
    """Open notices in the actor's sight that this user has not read; row-level security cuts the rest."""
    return Notice.objects.filter(done_at__isnull=True).exclude(reads__user_id=actor.user_id or 0).count()


def notices(actor: Actor, *, before_id: int = 0, only_open: bool = False) -> list[NoticeRow]:
    """The newest notices first, a page at a time (one query)."""
    rows = _rows(actor)
    if only_open:
        rows = rows.filter(done_at__isnull=True)
    if before_id:
        rows = rows.filter(pk__lt=before_id)
    return [_row(n) for n in rows.order_by("-id")[:PAGE_SIZE]]


def due(actor: Actor, at_most: int = 10) -> list[NoticeRow]:
    """Open notices with a deadline, the nearest first."""
    rows = _rows(actor).filter(done_at__isnull=True, due_on__isnull=False)
    return [_row(n) for n in rows.order_by("due_on", "id")[:at_most]]


def since(actor: Actor, moment: datetime, at_most: int = 10) -> list[NoticeRow]:
    """What has been told since a moment, newest first."""
    rows = _rows(actor).filter(created_at__gte=moment)
    return [_row(n) for n in rows.order_by("-created_at")[:at_most]]


def _rows(actor: Actor) -> QuerySet[Notice, Any]:
    read = NoticeRead.objects.filter(notice=OuterRef("pk"), user_id=actor.user_id or 0)
    return Notice.objects.annotate(is_read=Exists(read))


def _row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        id=notice.pk,
        code=notice.code,
        facts=notice.facts,
        url=notice.url,
        due_on=notice.due_on,
        created_at=notice.created_at,
        done=notice.done_at is not None,
        read=bool(getattr(notice, "is_read", False)),
    )
