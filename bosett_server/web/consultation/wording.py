"""Meetings, matters and actions in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.agreement import Verdict
from bosett.agreement.consultation_titles import indicator_title
from bosett.agreement.names import name
from bosett_server.queries.consultation import ActionRow, ItemRow, MeetingRow
from bosett_server.queries.consultation_bodies import body_names
from bosett_server.queries.consultation_matters import MatterRow, TextRow
from bosett_server.web.agreement.wording import TONES as VERDICT_TONES
from bosett_server.web.agreement.wording import in_reader_language
from bosett_server.web.look.dates import date_words
from bosett_server.words.consultation import ITEM_KINDS, KINDS, STANDINGS, STATES, TEXT_KINDS

ROOM = "/agreement/consultation/"
STANDING_TONES = {"late": "danger", "open": "info", "done": "success"}
STATE_TONES = {"called": "info", "held": "success", "cancelled": "neutral"}
Names = dict[str, str]


@dataclass(frozen=True)
class ToldItem:
    """A line of the agenda."""

    number: int
    kind: object
    title: str
    href: str
    why: str
    tone: str
    behind: str


@dataclass(frozen=True)
class ToldText:
    """One version of a text."""

    kind: object
    party: str
    version: int
    text: str
    made_at: object
    shared_at: object


def names_of(codes: Iterable[str]) -> Names:
    """What bodies are called, by code."""
    return {code: in_reader_language(label) for code, label in body_names(codes).items()}


def matter_title(title: str, commitment: str, indicator: str) -> str:
    """A matter's title; of one that an indicator raised in the reader's language."""
    return in_reader_language(indicator_title(commitment, indicator)) if indicator else title


def hours(row: MeetingRow) -> str:
    """When a meeting is."""
    return span(row.starts, row.ends)


def span(starts: datetime, ends: datetime) -> str:
    """From when to when, in Norway's time."""
    if timezone.localdate(starts) == timezone.localdate(ends):
        return _("%(day)s, %(from)s to %(to)s") % {
            "day": date_words(starts), "from": f"{starts:%H:%M}", "to": f"{ends:%H:%M}",
        }  # fmt: skip
    return _("%(day)s, %(from)s to %(last)s, %(to)s") % {
        "day": date_words(starts), "from": f"{starts:%H:%M}", "last": date_words(ends),
        "to": f"{ends:%H:%M}",
    }  # fmt: skip


def meeting_told(row: MeetingRow) -> dict[str, object]:
    """A meeting as cards and its own page show it."""
    names = names_of(row.parties)
    return {
        "row": row, "kind": KINDS[row.kind.value], "hours": hours(row), "href": f"{ROOM}meetings/{row.id}/",
        "parties": [names[code] for code in row.parties], "state": STATES[row.state],
        "tone": STATE_TONES[row.state],
    }  # fmt: skip


def item_told(one: ItemRow) -> ToldItem:
    """A line of the agenda; an indicator's verdict, an action's standing, or how many are behind a matter."""
    if one.kind == "action":
        return ToldItem(
            one.number, ITEM_KINDS["action"], one.title, f"{ROOM}actions/{one.action}/",
            str(STANDINGS[one.why]), STANDING_TONES[one.why], "",
        )  # fmt: skip
    verdict = _verdict(one.why) if one.why else ("", "neutral")
    kind = "earlier" if one.kind == "matter" and one.indicator else one.kind
    title, behind = matter_title(one.title, one.commitment, one.indicator), behind_words(one.behind)
    return ToldItem(
        one.number,
        ITEM_KINDS[kind],
        title,
        f"{ROOM}matters/{one.matter}/",
        *verdict,
        behind if one.behind else "",
    )


def behind_words(count: int) -> str:
    """How many stand behind a matter."""
    return ngettext("%(count)s stands behind it", "%(count)s stand behind it", count) % {"count": count}


def who_raised(row: MatterRow, names: Names) -> str:
    """Who raised a matter, as far as it may be told."""
    if row.indicator:
        return _("An indicator that crossed its limit")
    if row.raised_by:
        return names[row.raised_by]
    return _("You, without your name") if row.own else _("Somebody who does not give a name")


def action_told(row: ActionRow, names: Names) -> dict[str, object]:
    """An action as lists show it."""
    return {
        "row": row, "href": f"{ROOM}actions/{row.id}/", "owner": names[row.owner],
        "standing": STANDINGS[row.standing], "tone": STANDING_TONES[row.standing],
    }  # fmt: skip


def text_told(one: TextRow, names: Names) -> ToldText:
    """One version of a text, by whom."""
    return ToldText(
        TEXT_KINDS[one.kind], names.get(one.party, ""), one.version, one.text, one.made_at, one.shared_at
    )


def _verdict(why: str) -> tuple[str, str]:
    return in_reader_language(name("verdict", why)), VERDICT_TONES[Verdict(why)]
