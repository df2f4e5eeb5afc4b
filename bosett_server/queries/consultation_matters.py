"""What has been raised: who stands behind it, what its text was, and what each party says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from bosett.agreement.consultation import Matter
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import ConsultationMatter, ConsultationText

SHOWN = 200


@dataclass(frozen=True)
class MatterRow:
    """One matter as lists show it.

    Parameters
    ----------
    raised_by
        The body's code where it gave its name; empty for an indicator and for a body without a name.
    named
        Who stands behind it by name, the raiser first.
    own, supported
        Whether the reader's own body raised it, or stands behind it in another way, by name or not.
    behind
        How many bodies, the merged matters' with them, each once.
    """

    id: int
    title: str
    raised_on: date
    raised_by: str
    named: tuple[str, ...]
    behind: int
    own: bool
    supported: bool
    commitment: str
    indicator: str
    into: int | None
    merged: tuple[int, ...]
    closed_on: date | None
    synthetic: bool


@dataclass(frozen=True)
class TextRow:
    """One version of a text."""

    kind: str
    party: str
    version: int
    text: str
    made_at: datetime
    shared_at: datetime | None


@dataclass(frozen=True)
class MatterTexts:
    """The texts of a matter in sight, the newest version of each first.

    Parameters
    ----------
    shared
        What parties have shared, each party's and kind's newest; earlier ones are in `history`.
    drafts
        The own party's newest, where it is not shared.
    """

    description: tuple[TextRow, ...]
    shared: tuple[TextRow, ...]
    drafts: tuple[TextRow, ...]
    history: tuple[TextRow, ...]


@dataclass(frozen=True)
class Body:
    """One body behind one matter, as the reader may know it; `named` tells whether everybody may."""

    matter: int
    body: str
    raises: bool
    named: bool


def matters(
    actor: Actor, *, open_only: bool = True, roots_only: bool = True, wanted: Iterable[int] | None = None
) -> list[MatterRow]:
    """What has been raised, most behind it first; two queries."""
    rows = ConsultationMatter.objects.order_by("raised_on", "id")
    if open_only:
        rows = rows.filter(closed_on__isnull=True)
    if wanted is not None:
        chosen = list(wanted)
        rows = rows.filter(Q(pk__in=chosen) | Q(into__in=chosen))
    every = list(rows)
    by_matter: dict[int, list[Body]] = {}
    for one in bodies():
        by_matter.setdefault(one.matter, []).append(one)
    under: dict[int, list[int]] = {}
    for row in every:
        under.setdefault(row.into_id or row.pk, []).append(row.pk)
    found = [_row(actor, row, under, by_matter) for row in every if not (roots_only and row.into_id)]
    return sorted(found, key=lambda one: (-one.behind, one.raised_on, one.id))[:SHOWN]


def matter(actor: Actor, number: int) -> MatterRow:
    """One of them, open or closed.  Raises NotInSight when there is none."""
    found = matters(actor, open_only=False, roots_only=False, wanted=[number])
    one = next((each for each in found if each.id == number), None)
    if one is None:
        raise NotInSight("not_in_sight")
    return one


def bodies() -> list[Body]:
    """Who stands behind what: by name where it is given, else by a mark that means nothing elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT matter_id, body, raises, named FROM bosett_behind() ORDER BY raises DESC, body"
        )
        return [Body(*row) for row in cursor.fetchall()]


def texts(actor: Actor, number: int) -> MatterTexts:
    """The texts of a matter that the reader may see.

    Row-level security cuts the list, and so does this: what is not shared is the own party's alone.
    """
    rows = [
        _text(one)
        for one in ConsultationText.objects.filter(matter_id=number).order_by("-version")
        if one.kind == "matter" or one.party in actor.voices or one.shared_at is not None
    ]
    said = [one for one in rows if one.kind != "matter"]
    shared = _newest(one for one in said if one.shared_at is not None)
    own = _newest(one for one in said if one.party in actor.voices)
    return MatterTexts(
        description=tuple(one for one in rows if one.kind == "matter"),
        shared=shared,
        drafts=tuple(one for one in own if one.shared_at is None),
        history=tuple(sorted(said, key=lambda one: (one.party, one.kind, -one.version))),
    )


def shared_texts(wanted: Sequence[int]) -> dict[int, tuple[TextRow, ...]]:
    """What is shared of each matter, each party's and kind's newest shared version: what papers may hold."""
    rows = ConsultationText.objects.filter(
        matter_id__in=wanted, kind__in=("position", "proposal"), shared_at__isnull=False
    ).order_by("-version")
    found: dict[int, list[TextRow]] = {}
    for one in rows:
        found.setdefault(one.matter_id or 0, []).append(_text(one))
    return {number: _newest(several) for number, several in found.items()}


def descriptions(wanted: Sequence[int]) -> dict[int, str]:
    """The newest text of each matter."""
    rows = ConsultationText.objects.filter(matter_id__in=wanted, kind="matter").order_by("version")
    return {one.matter_id or 0: one.text for one in rows}


def library_matters(rows: Iterable[MatterRow]) -> list[Matter]:
    """Matters as the library knows them; bodies without a name by their marks."""
    every = list(rows)
    behind: dict[int, list[Body]] = {}
    for one in bodies():
        behind.setdefault(one.matter, []).append(one)
    return [
        Matter(
            str(row.id), next((one.body for one in behind.get(row.id, ()) if one.raises), ""), row.raised_on,
            row.title, named=bool(row.raised_by), about=row.commitment,
            supported_by=tuple(one.body for one in behind.get(row.id, ()) if not one.raises),
            into=str(row.into) if row.into else "",
        )
        for row in every
    ]  # fmt: skip


def _row(
    actor: Actor, row: ConsultationMatter, under: dict[int, list[int]], by_matter: dict[int, list[Body]]
) -> MatterRow:
    here = by_matter.get(row.pk, [])
    merged = tuple(number for number in under.get(row.pk, ()) if number != row.pk)
    all_of_it = [*here, *(one for number in merged for one in by_matter.get(number, ()))]
    raiser = next((one for one in here if one.raises), None)
    return MatterRow(
        row.pk, row.title, row.raised_on, raiser.body if raiser and raiser.named else "",
        tuple(dict.fromkeys(one.body for one in all_of_it if one.named)), len({one.body for one in all_of_it}),
        raiser is not None and raiser.body in actor.voices,
        any(one.body in actor.voices for one in here if not one.raises), row.commitment, row.indicator,
        row.into_id, merged, row.closed_on, row.synthetic,
    )  # fmt: skip


def _newest(rows: Iterable[TextRow]) -> tuple[TextRow, ...]:
    """The first of each party and kind; the rows come with the newest first."""
    found: dict[tuple[str, str], TextRow] = {}
    for one in rows:
        found.setdefault((one.party, one.kind), one)
    return tuple(found[key] for key in sorted(found))


def _text(one: ConsultationText) -> TextRow:
    return TextRow(one.kind, one.party, one.version, one.text, one.made_at, one.shared_at)
