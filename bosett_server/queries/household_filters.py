"""What a list of households is cut to: read from an address, written back as one, made into conditions."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from bosett.followup.recheck import Why
from bosett.terms.groups import Group, Track
from bosett_server.access.actor import Actor
from bosett_server.access.roles import Role
from bosett_server.queries.need_codes import need_codes
from bosett_server.queries.placement_pool import HEALTH_NEEDS
from bosett_server.records.models import Assignment, Household, Municipality

UNDER_WAY = ("in_reception", "interviewed", "ready", "proposed", "assigned", "date_agreed")
STAGES: dict[str, tuple[str, ...]] = {
    "": UNDER_WAY,
    **{one: (one,) for one in UNDER_WAY},
    "coming": ("assigned", "date_agreed"),
    "settled": ("settled",),
    "left": ("left",),
    "all": (),
}
"""What `stage=` may say; nothing means everybody under way, `all` means no cut."""
GROUPS = (*(group.value for group in Group), "minors")
TRACKS = tuple(track.value for track in Track)
RECHECKS = tuple(why.value for why in Why)
MOST_DAYS = 36_500
Rows = QuerySet[Household, Household]


@dataclass(frozen=True)
class Filters:
    """One cut of the list; an empty text or 0 cuts nothing.

    Parameters
    ----------
    stage
        A key of `STAGES`.
    group
        `minors` is both groups of unaccompanied minors.
    waited, here
        More than this many days since ready (or since the permit, before that); since arrival.
    came_back
        Ready again after a municipality's no or an expired deadline within this many days.
    wished
        A municipality (four digits) or county (two) that the household wished for.
    """

    stage: str = ""
    track: str = ""
    group: str = ""
    need: str = ""
    wished: str = ""
    waited: int = 0
    here: int = 0
    came_back: int = 0
    recheck: bool = False

    def address(self, **changes: str | int | bool) -> str:
        """The cut as the query of an address, without what cuts nothing."""
        parts = {f.name: getattr(self, f.name) for f in fields(self)} | changes
        told = {name: 1 if value is True else value for name, value in parts.items() if value}
        return urlencode(told)

    def without(self, name: str) -> Filters:
        """The same cut with one part taken away."""
        kept: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self) if f.name != name}
        return Filters(**kept)

    @property
    def in_use(self) -> list[str]:
        """Names of the parts that cut something."""
        return [f.name for f in fields(self) if getattr(self, f.name)]


NAMES = frozenset(f.name for f in fields(Filters))


def read_filters(given: Mapping[str, str], actor: Actor) -> Filters:
    """The cut that an address asks for; a part that says nothing known is left out, and so does not show as a chip.

    A municipality cannot cut by needs that tell of health: consent is asked per household.
    """
    need = given.get("need", "")
    hidden = HEALTH_NEEDS if actor.role is Role.MUNICIPALITY_COORDINATOR else frozenset()
    return Filters(
        stage=_known(given.get("stage", ""), STAGES),
        track=_known(given.get("track", ""), TRACKS),
        group=_known(given.get("group", ""), GROUPS),
        need=_known(need, need_codes().keys() - hidden),
        wished=_code(given.get("wished", "")),
        waited=_days(given.get("waited", "")),
        here=_days(given.get("here", "")),
        came_back=_days(given.get("came_back", "")),
        recheck=given.get("recheck", "") == "1",
    )


def in_list(actor: Actor) -> Rows:
    """The households that a list may hold for this actor, with conditions that the indexes know.

    Row-level security cuts to the same rows; nobody with a protected address is in any list.
    """
    rows = Household.objects.filter(protection="none", merged_into__isnull=True)
    match actor.role:
        case Role.IMDI_CASEWORKER | Role.IMDI_LEAD:
            return rows
        case Role.UDI_RECEPTION:
            return rows.exclude(stage="settled")
        case Role.BUFETAT:
            return rows.filter(group=Group.EM_UNDER15)
        case Role.CENTRE:
            return rows.filter(centre_id=actor.centre_id or 0).exclude(stage__in=["settled", "left"])
        case Role.MUNICIPALITY_COORDINATOR:
            return rows.filter(assigned_municipality_id__in=sorted(actor.municipalities))
        case _:
            return rows.none()


def cut(rows: Rows, filters: Filters, today: date) -> Rows:
    """The rows that the filters keep."""
    stages = STAGES[filters.stage]
    if stages:
        rows = rows.filter(stage__in=stages)
    if filters.track:
        rows = rows.filter(track=filters.track)
    if filters.group:
        rows = rows.exclude(group="all") if filters.group == "minors" else rows.filter(group=filters.group)
    if filters.need:
        rows = rows.filter(needs__contains=[filters.need])
    if filters.wished:
        rows = rows.filter(wished__overlap=_places(filters.wished))
    if filters.recheck:
        rows = rows.exclude(recheck=[])
    return _by_days(rows, filters, today)


def _by_days(rows: Rows, filters: Filters, today: date) -> Rows:
    if filters.waited:
        before = today - timedelta(days=filters.waited)
        rows = rows.filter(Q(ready_on__lt=before) | Q(ready_on__isnull=True, permit_on__lt=before))
    if filters.here:
        rows = rows.filter(arrived_on__lt=today - timedelta(days=filters.here))
    if filters.came_back:
        since = today - timedelta(days=filters.came_back)
        ended = Assignment.objects.filter(
            household=OuterRef("pk"), state__in=["declined", "expired"], answered_at__date__gte=since
        )
        rows = rows.filter(Exists(ended), stage="ready")
    return rows


def _places(wished: str) -> list[str]:
    if len(wished) == 4:
        return [wished]
    return list(Municipality.objects.filter(county_id=wished).values_list("code", flat=True))


def _known(text: str, known: Container[str]) -> str:
    return text if text and text in known else ""


def _code(text: str) -> str:
    return text if len(text) in {2, 4} and text.isascii() and text.isdigit() else ""


def _days(text: str) -> int:
    return min(int(text), MOST_DAYS) if text.isascii() and text.isdigit() and len(text) < 7 else 0
