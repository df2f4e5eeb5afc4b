"""Reading one's notices, and keeping one's filters."""

from __future__ import annotations

from collections.abc import Sequence

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.step import Done, action
from bosett_server.records.models import Notice, NoticeRead, SavedView

PAGES = frozenset({"households", "proposals", "cards", "requests", "grants", "centres", "audit"})


@action(Permission.INBOX)
def mark_read(actor: Actor, *, notices: Sequence[int]) -> Done[int]:
    """The user's notices are read; a notice out of sight is left alone."""
    seen = list(Notice.objects.filter(pk__in=notices).values_list("pk", flat=True))
    rows = [NoticeRead(notice_id=pk, user_id=actor.user_id or 0, read_at=clock.now()) for pk in seen]
    NoticeRead.objects.bulk_create(rows, ignore_conflicts=True)
    return Done(len(seen), about=("inbox", actor.user_id or ""), facts={"read": len(seen)})


@action(Permission.SAVED_VIEW)
def save_view(actor: Actor, *, page: str, name: str, query: str, shared: bool = False) -> Done[int]:
    """The filter stands under a name, for oneself or for one's role in the same place."""
    if page not in PAGES:
        raise Refused("no_such_page", {"page": page})
    if not name.strip():
        raise Refused("view_needs_a_name")
    place = next(iter(sorted(actor.municipalities)), None) if shared else None
    view, _ = SavedView.objects.update_or_create(
        owner_id=actor.user_id,
        page=page,
        name=name.strip()[:80],
        defaults={
            "query": query.lstrip("?")[:600],
            "shared_role": actor.role.value if shared else "",
            "shared_municipality_id": place,
            "created_at": clock.now(),
        },
    )
    return Done(view.pk, about=("saved_view", view.pk), facts={"page": page, "shared": int(shared)})


@action(Permission.SAVED_VIEW)
def forget_view(actor: Actor, *, view: int) -> Done[int]:
    """One's own saved filter is gone."""
    gone, _ = SavedView.objects.filter(pk=view, owner_id=actor.user_id).delete()
    if not gone:
        raise NotInSight("not_in_sight")
    return Done(view, about=("saved_view", view))
