"""A round that the State has already sent, brought in from the project's own table."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from bosett.sources.anmodning import Round, StatedNeed, shipped_round
from bosett.terms.errors import Refused
from bosett.terms.figure import State
from bosett.terms.groups import Group
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.records.models import Round as RoundRow
from bosett_server.records.models import VersionedFigure


@action(Permission.DEMO_LOAD)
def load_published_round(actor: Actor, *, year: int) -> Done[int]:
    """The year's needs, requests and round stand as published; a division that is unknown stays unknown."""
    if RoundRow.objects.filter(year=year).exists():
        raise Refused("round_already_there", {"year": year})
    published = shipped_round(year)
    first = _needs(published)
    sent_at = _noon(published.sent)
    row = RoundRow.objects.create(
        year=year,
        state="sent",
        need=first,
        criteria={"method": "not_published"},
        answer_due_on=published.answers_due,
        drafted_at=sent_at,
        sent_at=sent_at,
        source=published.source.title,
    )
    figures = [
        VersionedFigure(
            what="asked",
            municipality_id=asked.municipality_id,
            year=year,
            group=group.value,
            state=asked.figure(group).state.value,
            value=asked.figure(group).value,
            valid_from=published.sent,
            recorded_at=sent_at,
            source=published.source.title,
            round=row,
        )
        for asked in published.rows
        for group in Group
        if group is Group.ALL or asked.figure(group).state is State.NUMBER
    ]
    VersionedFigure.objects.bulk_create(figures, batch_size=500)
    return Done(row.pk, about=("round", row.pk), facts={"year": year, "figures": len(figures)})


def _needs(published: Round) -> VersionedFigure:
    """Every stated need, each superseding the one before; gives the first."""
    first: VersionedFigure | None = None
    before: VersionedFigure | None = None
    for stated in published.needs:
        if before is not None:
            VersionedFigure.objects.filter(pk=before.pk).update(superseded_at=_noon(stated.stated))
        before = VersionedFigure.objects.create(
            what="need",
            year=published.year,
            value=stated.persons,
            valid_from=stated.stated,
            recorded_at=_noon(stated.stated),
            source=_cited(stated),
            reason=stated.note,
            supersedes=before,
        )
        first = first or before
    if first is None:
        raise Refused("no_need_stated", {"year": published.year})
    return first


def _cited(stated: StatedNeed) -> str:
    return " ".join(part for part in (stated.source.title, stated.source.href) if part)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
