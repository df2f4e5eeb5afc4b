"""Matters in words: desks with their places, states, what is asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bosett.agreement.handover import Ask, Desk, DeskKind, Outcome, RefusalReason, desk
from bosett.agreement.pressure import Sector
from bosett.registry import Registry
from bosett_server.queries.handover import HandOverRow, MatterRow
from bosett_server.words.handover import ASKS, DESKS, OUTCOMES, REASONS
from bosett_server.words.pressure import SECTORS


def desk_words(written: str) -> str:
    """The desk with its place: `NAV`, `Kommune: Drammen`."""
    return words_of(desk(written))


def words_of(one: Desk) -> str:
    """The desk with its place by name."""
    kind = str(DESKS[one.kind])
    return f"{kind}: {_place(one)}" if one.place else kind


def sector_words(code: str) -> str:
    """The sector by name."""
    return str(SECTORS[Sector(code)])


def ask_words(code: str) -> str:
    """What is asked."""
    return str(ASKS[Ask(code)])


def title(row: MatterRow) -> str:
    """What the matter is about, on one line."""
    return f"{sector_words(row.sector)}: {ask_words(row.ask)}"


def state(row: MatterRow) -> tuple[str, str]:
    """Where it stands and the tone of that."""
    if row.outcome:
        return str(OUTCOMES[Outcome(row.outcome)]), "success"
    if row.offered_to:
        return _("Waits for %(desk)s") % {"desk": desk_words(row.offered_to)}, "warning"
    return _("With %(desk)s") % {"desk": desk_words(row.holder)}, "info"


def step_words(one: HandOverRow) -> str:
    """What came of a hand-over."""
    told = {"desk": desk_words(one.to_desk)}
    if one.state == "accepted":
        return _("%(desk)s accepted") % told
    if one.state == "refused":
        return _("%(desk)s refused: %(reason)s") % {**told, "reason": REASONS[RefusalReason(one.reason)]}
    if one.state == "withdrawn":
        return _("Taken back before %(desk)s answered") % told
    return _("%(desk)s has not answered yet") % told


def _place(one: Desk) -> str:
    registry = Registry.shipped()
    place = (
        registry.municipality(one.place) if one.kind is DeskKind.MUNICIPALITY else registry.county(one.place)
    )
    return place.name
