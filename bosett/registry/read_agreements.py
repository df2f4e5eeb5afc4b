"""One agreement and the list of parties, read strictly from YAML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bosett.rules.read import read_label, read_source
from bosett.rules.strict_yaml import Lines, read_yaml
from bosett.rules.value import Certainty
from bosett.terms.days import DateRange
from bosett.terms.errors import BadInput
from bosett.terms.label import Label
from bosett.terms.source import Source

AGREEMENT_KEYS = {"code", "title", "from", "until", "parties", "coordinator", "terms", "unknown", "source"}
TERM_KEYS = {"code", "text", "source", "certainty"}
PARTY_KEYS = {"code", "side", "name", "note"}
SIDES = ("state", "municipal")


@dataclass(frozen=True)
class Party:
    """A party to the agreements: a ministry, or the municipalities' association."""

    code: str
    side: str
    name: Label
    note: str = ""


@dataclass(frozen=True)
class Term:
    """One thing an agreement is known to say, in our own words, with its source."""

    code: str
    text: Label
    source: Source
    certainty: Certainty


@dataclass(frozen=True)
class Agreement:
    """An agreement as far as its text is known.

    Parameters
    ----------
    parties
        Codes of the parties as the agreement's page names them.
    coordinator
        The ministry that coordinates on the State's side; its certainty is in the term
        `coordinator`.
    unknown
        What has been looked for and not found; shown wherever the agreement is shown.
    """

    code: str
    title: Label
    period: DateRange
    parties: tuple[str, ...]
    coordinator: str
    terms: tuple[Term, ...]
    unknown: tuple[Label, ...]
    source: Source

    def term(self, code: str) -> Term | None:
        """The known term with a code; None when the text on it is not known."""
        return next((term for term in self.terms if term.code == code), None)


def read_agreement(file: Path) -> Agreement:
    """One agreement; BadInput names file and line."""
    told = _whole(file, AGREEMENT_KEYS)
    try:
        return Agreement(
            code=told["code"],
            title=read_label(told["title"], told.line),
            period=DateRange(_day(told, "from"), _day(told, "until")),
            parties=tuple(told["parties"]),
            coordinator=told["coordinator"],
            terms=tuple(_term(term) for term in told["terms"]),
            unknown=tuple(read_label(text, told.key_lines["unknown"]) for text in told["unknown"]),
            source=read_source(told["source"], told.key_lines["source"]),
        )
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, str(file), bad.row) from None


def read_parties(file: Path) -> tuple[Party, ...]:
    """The parties, as listed."""
    told = _whole(file, {"parties"})
    try:
        return tuple(_party(party) for party in told["parties"])
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, str(file), bad.row) from None


def _party(content: Any) -> Party:
    told = _keys(content, PARTY_KEYS, PARTY_KEYS - {"note"})
    if told["side"] not in SIDES:
        raise BadInput(repr(told["side"]), " or ".join(SIDES), row=told.key_lines["side"])
    return Party(told["code"], told["side"], read_label(told["name"], told.line), told.get("note", ""))


def _term(content: Any) -> Term:
    told = _keys(content, TERM_KEYS, TERM_KEYS)
    if told["certainty"] not in set(Certainty):
        raise BadInput(repr(told["certainty"]), ", ".join(Certainty), row=told.key_lines["certainty"])
    text = read_label(told["text"], told.line)
    return Term(told["code"], text, read_source(told["source"], told.line), Certainty(told["certainty"]))


def _whole(file: Path, keys: set[str]) -> Lines:
    try:
        return _keys(read_yaml(file), keys, keys)
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, str(file), bad.row) from None


def _keys(content: Any, allowed: set[str], needed: set[str]) -> Lines:
    if not isinstance(content, Lines):
        raise BadInput(repr(content)[:60], "a mapping with " + ", ".join(sorted(allowed)))
    for key in content:
        if key not in allowed:
            raise BadInput(f"the unknown key {key!r}", ", ".join(sorted(allowed)), row=content.key_lines[key])
    for key in sorted(needed):
        if content.get(key) is None:
            raise BadInput(f"no {key}", f"{key} is needed", row=content.line)
    return content


def _day(told: Lines, key: str) -> date:
    found = told[key]
    if type(found) is not date:
        raise BadInput(repr(found), f"{key}: a day", row=told.key_lines[key])
    return found
