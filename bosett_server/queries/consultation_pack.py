"""What a meeting's papers hold: facts with their sources, who raised what, and what parties have shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bosett.agreement import Fact, Finding, Held
from bosett_server.access.actor import Actor
from bosett_server.queries.consultation import (
    ActionRow,
    ItemRow,
    MeetingRow,
    action,
    actions,
    items,
    last_before,
    meeting_row,
)
from bosett_server.queries.consultation_bodies import body_names
from bosett_server.queries.consultation_facts import found
from bosett_server.queries.consultation_matters import (
    MatterRow,
    TextRow,
    descriptions,
    matters,
    shared_texts,
)


def pack_content(actor: Actor, meeting: MeetingRow, today: date) -> dict[str, Any]:
    """The papers as plain values, the same whoever makes them: nothing that is one party's alone is read."""
    lines = items(actor, meeting)
    wanted = [one.matter for one in lines if one.matter]
    rows = {one.id: one for one in matters(actor, open_only=False, wanted=wanted)}
    told = {one.commitment.code: one for one in found(actor, today, today)}
    said, texts = shared_texts(wanted), descriptions([*wanted, *(m for r in rows.values() for m in r.merged)])
    pages = [
        _page(one, rows[one.matter], told.get(one.commitment), texts, said.get(one.matter, ()))
        for one in lines
        if one.matter in rows
    ]
    last = last_before(meeting_row(meeting.id))
    content: dict[str, Any] = {
        "title": meeting.title,
        "kind": meeting.kind.value,
        "starts": meeting.starts.isoformat(timespec="minutes"),
        "ends": meeting.ends.isoformat(timespec="minutes"),
        "place": meeting.place,
        "parties": list(meeting.parties),
        "as_of": today.isoformat(),
        "last": last.title if last else "",
        "synthetic": meeting.synthetic,
        "since": _since(actor, lines, today),
        "pages": pages,
    }
    content["names"] = _names(content)
    return content


def _since(actor: Actor, lines: Sequence[ItemRow], today: date) -> list[dict[str, Any]]:
    wanted = {one.action for one in lines if one.action}
    by_id = {one.id: one for one in actions(actor, today) if one.id in wanted}
    by_id |= {number: action(actor, number, today) for number in wanted - set(by_id)}
    return [_came_of(by_id[one.action]) for one in lines if one.action]


def _came_of(one: ActionRow) -> dict[str, Any]:
    return {
        "text": one.text, "owner": one.owner, "due": one.due.isoformat(), "done": _day(one.done_on),
        "why": one.standing, "report": one.report,
    }  # fmt: skip


def _page(
    line: ItemRow, row: MatterRow, told: Held | None, texts: Mapping[int, str], said: Sequence[TextRow]
) -> dict[str, Any]:
    return {
        "number": line.number, "kind": line.kind, "title": row.title, "commitment": row.commitment,
        "indicator": row.indicator, "text": texts.get(row.id, ""), "raised_by": row.raised_by,
        "named": list(row.named), "behind": row.behind, "merged": [texts.get(one, "") for one in row.merged],
        "findings": [_finding(one) for one in _wanted(row, told)],
        "said": [
            {"party": one.party, "kind": one.kind, "text": one.text, "version": one.version} for one in said
        ],
    }  # fmt: skip


def _wanted(row: MatterRow, told: Held | None) -> list[Finding]:
    """The indicator itself where one raised the matter, else all that measure the commitment."""
    every = list(told.findings) if told else []
    return [one for one in every if not row.indicator or one.indicator == row.indicator]


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "verdict": one.verdict.value,
        "figures": [[code, str(value)] for code, value in one.figures],
        "missing": list(one.missing),
        "limits": [[path, str(value.value), value.certainty.value] for path, value in one.limits],
        "evidence": [_fact(each) for each in one.evidence],
    }


def _fact(one: Fact) -> dict[str, Any]:
    return {
        "what": one.what, "year": one.year, "value": str(one.value), "on": str(one.on),
        "source": one.source.title, "href": one.source.href,
    }  # fmt: skip


def _names(content: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Every body that the papers name, as it was called when they were made."""
    codes = {*content["parties"], *(one["owner"] for one in content["since"])}
    for page in content["pages"]:
        codes |= {*page["named"], *(one["party"] for one in page["said"])}
    return {code: {"nb": label.nb, "nn": label.nn} for code, label in sorted(body_names(codes).items())}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
