"""What is raised between the parties over the API, and what each says of it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Router, Schema

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.consultation_matters import (
    end_matter,
    leave_matter,
    merge_matter,
    raise_matter,
    support_matter,
    write_matter,
)
from bosett_server.actions.consultation_positions import share_position, write_position
from bosett_server.api.frame import PROBLEMS, Input, Page, endpoint
from bosett_server.queries.consultation_matters import MatterRow, matter, matters, texts

router = Router()
Said = Literal["position", "proposal"]


class MatterOut(Schema):
    """One matter; `raised_by` is empty for an indicator and for a body without a name."""

    id: int
    title: str
    raised_on: date
    raised_by: str
    named: list[str]
    behind: int
    commitment: str
    indicator: str
    into: int | None
    merged: list[int]
    closed_on: date | None


class TextOut(Schema):
    """One version of a text; `shared` false for a draft of the caller's own party."""

    kind: str
    party: str
    version: int
    text: str
    shared: bool


class MatterTextsOut(Schema):
    """A matter with every version of a text that the caller may see, the newest of each first."""

    matter: MatterOut
    texts: list[TextOut]


class MatterIn(Input):
    """A matter to raise; nothing about single persons."""

    title: str
    text: str
    commitment: str = ""
    named: bool = True
    voice: str = ""


class VoiceIn(Input):
    """In whose name, and whether the name is told."""

    voice: str = ""
    named: bool = True


class TextIn(Input):
    """The next version of a text; `version` is the newest that was read, 0 for none."""

    text: str
    version: int = 0


class VersionIn(Input):
    """The version to share."""

    version: int


class MergeIn(Input):
    """The matter it becomes a part of; null to stand by itself again."""

    into: int | None


class Kept(Schema):
    """The id or version of what was stored."""

    id: int


@router.get("", response={200: Page[MatterOut], **PROBLEMS})
@endpoint(Permission.AGREEMENT_VIEW)
def list_matters(request: Request, closed: bool = False) -> Page[MatterOut]:
    """Matters, most behind them first; with `closed` also those that are done with.  Two hundred at most."""
    rows = matters(request.actor, open_only=not closed, roots_only=False)
    return Page[MatterOut](items=[_matter(one) for one in rows])


@router.get("/{matter_id}", response={200: MatterTextsOut, **PROBLEMS})
@endpoint(Permission.AGREEMENT_VIEW)
def get_matter(request: Request, matter_id: int) -> MatterTextsOut:
    """One of them, with its texts as far as the caller may see them."""
    row, said = matter(request.actor, matter_id), texts(request.actor, matter_id)
    told = [
        TextOut(kind=one.kind, party=one.party, version=one.version, text=one.text, shared=one.shared_at is not None)
        for one in (*said.description, *said.history)
    ]  # fmt: skip
    return MatterTextsOut(matter=_matter(row), texts=told)


@router.post("", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CONSULTATION_RAISE)
def post_matter(request: Request, body: MatterIn) -> Kept:
    """Raise a matter."""
    return Kept(id=raise_matter(request.actor, **body.dict()))


@router.put("/{matter_id}/text", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CONSULTATION_RAISE)
def put_text(request: Request, matter_id: int, body: TextIn) -> Kept:
    """Write one's own matter anew."""
    return Kept(id=write_matter(request.actor, number=matter_id, **body.dict()))


@router.post("/{matter_id}/support", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CONSULTATION_RAISE)
def post_support(request: Request, matter_id: int, body: VoiceIn) -> Kept:
    """Stand behind a matter."""
    return Kept(id=support_matter(request.actor, number=matter_id, **body.dict()))


@router.delete("/{matter_id}/support", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CONSULTATION_RAISE)
def delete_support(request: Request, matter_id: int, voice: str = "") -> Kept:
    """No longer stand behind it."""
    return Kept(id=leave_matter(request.actor, number=matter_id, voice=voice))


@router.put("/{matter_id}/merge", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CONSULTATION_LEAD)
def put_merge(request: Request, matter_id: int, body: MergeIn) -> Kept:
    """Take it up as part of another."""
    return Kept(id=merge_matter(request.actor, number=matter_id, into=body.into))


@router.post("/{matter_id}/closing", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CONSULTATION_RAISE)
def post_closing(request: Request, matter_id: int) -> Kept:
    """Close it, or take one's own back."""
    return Kept(id=end_matter(request.actor, number=matter_id))


@router.put("/{matter_id}/said/{kind}", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CONSULTATION_TABLE)
def put_said(request: Request, matter_id: int, kind: Said, body: TextIn) -> Kept:
    """The next version of the party's own position or proposal, not shared; `id` is its number."""
    return Kept(id=write_position(request.actor, number=matter_id, kind=kind, **body.dict()))


@router.post("/{matter_id}/said/{kind}/sharing", response={200: Kept, **PROBLEMS})
@endpoint(Permission.CONSULTATION_TABLE)
def post_sharing(request: Request, matter_id: int, kind: Said, body: VersionIn) -> Kept:
    """Share the newest version with the other parties; it cannot be taken back."""
    return Kept(id=share_position(request.actor, number=matter_id, kind=kind, version=body.version))


def _matter(row: MatterRow) -> MatterOut:
    return MatterOut(
        id=row.id, title=row.title, raised_on=row.raised_on, raised_by=row.raised_by, named=list(row.named),
        behind=row.behind, commitment=row.commitment, indicator=row.indicator, into=row.into,
        merged=list(row.merged), closed_on=row.closed_on,
    )  # fmt: skip
