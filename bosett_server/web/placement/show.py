"""Rows of the queries with words instead of codes, ready for the templates."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import ngettext

from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.access.request import Request
from bosett_server.queries.assignments import CardRow
from bosett_server.queries.placement import Filters, ProposalRow
from bosett_server.words.placement_codes import TONES, language_word, need_words, word
from bosett_server.words.refusals import sentence

V = TypeVar("V")


@dataclass(frozen=True)
class Line:
    """A query's row beside its words."""

    row: Any
    words: Mapping[str, Any]


def chosen_year(request: Request) -> int:
    """The year in the address, or this year."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and len(asked) == 4 else clock.today().year


def chosen_filters(query: QueryDict) -> Filters:
    """The filters in the address."""
    show = query.get("show", "hard")
    return Filters(
        show=show if show in {"hard", "easy", "unplaced", "all"} else "hard",
        doubt=query.get("doubt", "")[:40],
        municipality=query.get("municipality", "")[:4],
        county=query.get("county", "")[:2],
        after=query.get("after", "")[:40],
    )


def attempt(form: Form, step: Callable[[], V]) -> tuple[V | None, bool]:
    """Take the step; a refusal stands in the form's errors.  (value, whether it was taken)"""
    try:
        return step(), True
    except (NotInSight, NotPermitted):
        raise
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return None, False


def proposal_line(row: ProposalRow) -> Line:
    """A proposal in the list."""
    return Line(row, {
        "track": word("track", row.track),
        "group": "" if row.group == "all" else word("group", row.group),
        "needs": need_words(row.needs),
        "doubts": [word("doubt", code) for code in row.doubts],
        "why": [(word("doubt", code), word("why", code)) for code in row.doubts],
        "unplaced": word("unplaced", row.unplaced_reason),
        "reasons": [word("reason", code) for code in row.speaks_for[:2]],
    })  # fmt: skip


def card_line(row: CardRow) -> Line:
    """A card in a list."""
    return Line(row, {
        "track": word("track", row.track),
        "group": "" if row.group == "all" else word("group", row.group),
        "needs": need_words(row.needs),
        "state": word("state", row.state),
        "tone": TONES[row.state],
    })  # fmt: skip


def card_words(card: Mapping[str, Any]) -> dict[str, Any]:
    """The card itself; an older card without ages says so by leaving them out."""
    people = [
        (word("band", one["band"]), word("sex", one["sex"]), one["count"]) for one in card.get("people", ())
    ]
    persons = card.get("persons", 0)
    return {
        "persons": ngettext("%(n)s person", "%(n)s persons", persons) % {"n": persons},
        "people": people,
        "needs": need_words(card.get("needs", ())),
        "language": language_word(card["language"]) if card.get("language") else "",
        "track": word("track", card.get("track", "")),
        "group": "" if card.get("group", "all") == "all" else word("group", card["group"]),
        "linked": card.get("linked", False),
    }


def form_key() -> str:
    """A key that makes a form's post count once."""
    return str(uuid.uuid4())
