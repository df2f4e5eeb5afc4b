"""What a party says in a matter: its own until it shares that version, and for ever after that."""

from __future__ import annotations

from typing import Literal

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.consultation_matters import checked, newest, open_matter
from bosett_server.actions.consultation_notices import ROOM, others, told
from bosett_server.actions.step import Done, action
from bosett_server.queries.consultation_bodies import in_force, seats
from bosett_server.records.models import ConsultationText

Kind = Literal["position", "proposal"]


@action(Permission.CONSULTATION_TABLE)
def write_position(actor: Actor, *, number: int, kind: Kind, text: str, version: int) -> Done[int]:
    """The party's next version, seen by its own people only; gives its number.

    Parameters
    ----------
    version
        The newest of the party's own versions that was read; 0 for none.

    Raises Refused: `consultation_text_missing`, `consultation_text_too_long`, `consultation_matter_closed`,
    `somebody_changed_it_meanwhile`.
    """
    party, row = _party(actor), open_matter(number)
    if newest(row, kind, party) != version:
        raise Refused("somebody_changed_it_meanwhile")
    made = ConsultationText.objects.create(
        kind=kind, matter=row, party=party, version=version + 1, text=checked(text), made_by_id=actor.user_id,
        made_at=clock.now(),
    )  # fmt: skip
    return Done(made.version, ("matter", number), {"kind": kind, "version": made.version})


@action(Permission.CONSULTATION_TABLE)
def share_position(actor: Actor, *, number: int, kind: Kind, version: int) -> Done[int]:
    """The other parties read this version from now on, and the next papers hold it.  It cannot be taken back.

    Raises Refused: `consultation_matter_closed`, `consultation_nothing_to_share`, `consultation_shared_already`,
    `somebody_changed_it_meanwhile`.
    """
    party, row = _party(actor), open_matter(number)
    rows = ConsultationText.objects.select_for_update().filter(matter=row, kind=kind, party=party)
    last = rows.order_by("-version").first()
    if last is None:
        raise Refused("consultation_nothing_to_share")
    if last.version != version:
        raise Refused("somebody_changed_it_meanwhile")
    if last.shared_at is not None:
        raise Refused("consultation_shared_already")
    last.shared_at, last.shared_by_id = clock.now(), actor.user_id
    last.save(update_fields=["shared_at", "shared_by"])
    agreement = in_force(clock.today())
    readers = others(seats(agreement) if agreement else (), party)
    facts: dict[str, object] = {"title": row.title, "party": party}
    notices = told(readers, "consultation_shared", facts, f"{ROOM}matters/{number}/")
    return Done(last.version, ("matter", number), {"kind": kind, "version": last.version}, notices)


def _party(actor: Actor) -> str:
    if not actor.party:
        raise NotPermitted("not_permitted")
    return actor.party
