"""Matters between sectors: opened, handed over, accepted or refused, closed.  A matter is never nobody's."""

from __future__ import annotations

from datetime import date

from bosett.agreement.handover import Ask, Desk, DeskKind, Outcome, RefusalReason, desk
from bosett.agreement.pressure import Sector
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.handover_notices import answer_days, close_asked, to_desk
from bosett_server.actions.step import Done, action
from bosett_server.queries.handover import desks_of, household_in_sight
from bosett_server.records.models import HandOver, Household, Matter, Municipality

MOST_WORDS = 500


@action(Permission.MATTER_WORK)
def open_matter(
    actor: Actor, *, sector: Sector, ask: Ask, municipality: str = "", household: str = "", words: str = "",
    due_on: date | None = None,
) -> Done[int]:  # fmt: skip
    """A matter stands with the actor's own desk; gives its number.

    Parameters
    ----------
    household
        Only one that the actor may see.  Such a matter holds codes and no words.

    Raises Refused: `matter_words_about_household`, `matter_words_too_long`, `matter_needs_place`,
    `matter_due_has_passed`, `matter_about_protected`, `desk_of_another_place`; NotInSight.
    """
    home = household_in_sight(household) if household else None
    if home is not None:
        municipality = home.assigned_municipality_id or ""
    _check_words(home, words, due_on)
    holder = _own_desk(actor, municipality)
    if municipality:
        _check_place(holder, municipality)
    row = Matter.objects.create(
        sector=Sector(sector).value, ask=Ask(ask).value, municipality_id=municipality or None, household=home,
        words=words.strip(), due_on=due_on, opened_by_id=actor.person, opened_at=clock.now(),
        opened_desk=str(holder), holder=str(holder), held_since=clock.now(), desks=[str(holder)],
    )  # fmt: skip
    return Done(row.pk, ("matter", row.pk), {"sector": row.sector, "ask": row.ask, "holder": row.holder})


@action(Permission.MATTER_WORK)
def hand_over(actor: Actor, *, matter: int, to: str) -> Done[int]:
    """Another desk is asked to take the matter; it stays with the sender until that desk has accepted.

    Raises Refused: `matter_not_yours`, `matter_on_its_way`, `matter_closed`, `desk_unknown`, `desk_is_yours`,
    `desk_sees_no_household`, `desk_of_another_place`; NotInSight.
    """
    row = _standing(matter)
    receiver = _desk(to)
    if row.holder not in _own(actor):
        raise Refused("matter_not_yours")
    if str(receiver) == row.holder:
        raise Refused("desk_is_yours")
    _check_receiver(receiver, row)
    asked = HandOver.objects.create(
        matter=row,
        from_desk=row.holder,
        to_desk=str(receiver),
        offered_by_id=actor.person,
        offered_at=clock.now(),
    )
    facts = {"hand_over": asked.pk, "from": row.holder, "to": str(receiver)}
    return Done(asked.pk, ("matter", row.pk), facts, to_desk("matter_handed", receiver, row, answer_days()))


@action(Permission.MATTER_WORK)
def accept_hand_over(actor: Actor, *, hand_over: int) -> Done[int]:
    """The matter is the actor's desk's from now on.  Raises Refused: `hand_over_answered`, `matter_not_yours`."""
    row = _asked(actor, hand_over)
    _answer(actor, row, "accepted")
    return _done(row, "matter_accepted", {})


@action(Permission.MATTER_WORK)
def refuse_hand_over(actor: Actor, *, hand_over: int, reason: RefusalReason) -> Done[int]:
    """The matter is the sender's alone again, with the reason.

    Raises Refused: `hand_over_answered`, `matter_not_yours`.
    """
    row = _asked(actor, hand_over)
    row.reason = RefusalReason(reason).value
    _answer(actor, row, "refused")
    return _done(row, "matter_refused", {"reason": row.reason})


@action(Permission.MATTER_WORK)
def take_back_hand_over(actor: Actor, *, hand_over: int) -> Done[int]:
    """The sender asks no more.  Raises Refused: `hand_over_answered`, `matter_not_yours`."""
    row = _in_sight(hand_over)
    if row.from_desk not in _own(actor):
        raise Refused("matter_not_yours")
    _answer(actor, row, "withdrawn")
    close_asked(row.matter_id)
    return Done(row.matter_id, ("matter", row.matter_id), {"hand_over": row.pk})


@action(Permission.MATTER_WORK)
def close_matter(actor: Actor, *, matter: int, outcome: Outcome) -> Done[int]:
    """The matter is done, by whoever has it.

    Raises Refused: `matter_not_yours`, `matter_on_its_way`, `matter_closed`; NotInSight.
    """
    row = _standing(matter)
    if row.holder not in _own(actor):
        raise Refused("matter_not_yours")
    if row.offered_to:
        raise Refused("matter_on_its_way")
    row.outcome, row.closed_at, row.closed_by_id = Outcome(outcome).value, clock.now(), actor.person
    row.save(update_fields=["outcome", "closed_at", "closed_by"])
    others = [desk(one) for one in row.desks if one == row.opened_desk != row.holder]
    notices = [notice for one in others for notice in to_desk("matter_closed", one, row)]
    return Done(row.pk, ("matter", row.pk), {"outcome": row.outcome}, notices)


def _done(row: HandOver, code: str, facts: dict[str, object]) -> Done[int]:
    close_asked(row.matter_id)
    told = {"hand_over": row.pk, "from": row.from_desk, "to": row.to_desk, **facts}
    return Done(
        row.matter_id, ("matter", row.matter_id), told, to_desk(code, desk(row.from_desk), row.matter)
    )


def _answer(actor: Actor, row: HandOver, state: str) -> None:
    if row.state != "offered":
        raise Refused("hand_over_answered")
    row.state, row.answered_by_id, row.answered_at = state, actor.person, clock.now()
    row.save(update_fields=["state", "reason", "answered_by", "answered_at"])


def _asked(actor: Actor, hand_over: int) -> HandOver:
    row = _in_sight(hand_over)
    if row.to_desk not in _own(actor):
        raise Refused("matter_not_yours")
    return row


def _in_sight(hand_over: int) -> HandOver:
    row = HandOver.objects.select_related("matter").filter(pk=hand_over).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def _standing(matter: int) -> Matter:
    row = Matter.objects.filter(pk=matter).first()
    if row is None:
        raise NotInSight("not_in_sight")
    if row.closed_at is not None:
        raise Refused("matter_closed")
    return row


def _own(actor: Actor) -> list[str]:
    return [str(one) for one in desks_of(actor)]


def _own_desk(actor: Actor, municipality: str) -> Desk:
    """The desk that opens: a municipality's own, or the one of the role."""
    desks = desks_of(actor)
    if not desks:
        raise NotPermitted("not_permitted")
    if desks[0].kind is not DeskKind.MUNICIPALITY:
        return desks[0]
    found = [one for one in desks if one.place == municipality or (not municipality and len(desks) == 1)]
    if not found:
        raise Refused("matter_needs_place")
    return found[0]


def _desk(written: str) -> Desk:
    try:
        return desk(written)
    except BadInput as wrong:
        raise Refused("desk_unknown", {"found": wrong.found}) from wrong


def _check_words(home: Household | None, words: str, due_on: date | None) -> None:
    if home is not None and home.protection != "none":
        raise Refused("matter_about_protected")
    if home is not None and words.strip():
        raise Refused("matter_words_about_household")
    if len(words.strip()) > MOST_WORDS:
        raise Refused("matter_words_too_long", {"most": MOST_WORDS})
    if due_on is not None and due_on < clock.today():
        raise Refused("matter_due_has_passed")


def _check_place(at: Desk, municipality: str) -> None:
    county = Municipality.objects.filter(code=municipality).values_list("county_id", flat=True).first()
    if county is None or (at.place and at.place not in {municipality, county}):
        raise Refused("desk_of_another_place")


def _check_receiver(receiver: Desk, row: Matter) -> None:
    """It must be able to see the matter, or the matter would be nobody's."""
    if row.municipality_id:
        _check_place(receiver, row.municipality_id)
    elif receiver.kind is DeskKind.MUNICIPALITY:
        _check_place(receiver, receiver.place)
    home = row.household
    if home is None:
        return
    if home.protection != "none":
        raise Refused("matter_about_protected")
    sees = {
        DeskKind.IMDI: True,
        DeskKind.UDI: home.stage != "settled",
        DeskKind.BUFETAT: home.group == "em_under15",
        DeskKind.MUNICIPALITY: home.assigned_municipality_id == receiver.place,
    }
    if not sees.get(receiver.kind, False):
        raise Refused("desk_sees_no_household")
