"""A section of the year's report: proposed words that people may write anew, and facts that nobody edits."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bosett.outputs.paper import Block, Heading, Language, Paper, Text, say
from bosett.outputs.paper_values import block_lines, block_of, block_values
from bosett.outputs.plain_numbers import day_text

CODES = (
    "need", "asked", "voted", "settled", "time", "pressure", "cost", "commitments", "discussed", "unsaid", "sources",
)  # fmt: skip
"""The sections in the order they stand."""


@dataclass(frozen=True)
class Section:
    """One section in one form of Norwegian.

    Parameters
    ----------
    words
        Paragraphs that say what the facts show: a proposal until somebody has written their own.
    facts
        Tables, charts and lists made from dated facts; they change when the facts do, never by hand.
    """

    code: str
    title: str
    words: tuple[str, ...]
    facts: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"no section is called {self.code!r}")

    def with_words(self, text: str) -> Section:
        """The same facts under somebody's own words; paragraphs are parted by an empty line."""
        parts = (" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n"))
        return Section(self.code, self.title, tuple(part for part in parts if part), self.facts)

    def blocks(self) -> tuple[Block, ...]:
        """As it stands in a paper."""
        return (Heading(self.title), *(Text(one) for one in self.words), *self.facts)

    def lines(self) -> list[str]:
        """What it says, line by line."""
        return [*self.words, *(line for one in self.facts for line in block_lines(one))]


def section_values(one: Section) -> dict[str, Any]:
    """The section as JSON takes it; `section_of` gives it back."""
    facts = [block_values(block) for block in one.facts]
    return {"code": one.code, "title": one.title, "words": list(one.words), "facts": facts}


def section_of(values: Mapping[str, Any]) -> Section:
    """The section that was stored."""
    facts = tuple(block_of(one) for one in values["facts"])
    return Section(values["code"], values["title"], tuple(values["words"]), facts)


@dataclass(frozen=True)
class Difference:
    """What went out of a section and what came into it, line by line."""

    code: str
    title: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def differences(before: Sequence[Section], after: Sequence[Section]) -> tuple[Difference, ...]:
    """The sections that say something else than they did, in the order of the newer ones."""
    old = {one.code: one.lines() for one in before}
    found = []
    for one in after:
        told = list(difflib.ndiff(old.get(one.code, []), one.lines()))
        gone = tuple(line[2:] for line in told if line.startswith("- "))
        come = tuple(line[2:] for line in told if line.startswith("+ "))
        if gone or come:
            found.append(Difference(one.code, one.title, gone, come))
    return tuple(found)


@dataclass(frozen=True)
class Cover:
    """What stands above the sections.

    Parameters
    ----------
    approved
        (party, day) of each approval, as words; empty for a draft.
    """

    year: int
    day: date
    agreement: str
    parties: tuple[str, ...]
    approved: tuple[tuple[str, str], ...] = ()
    mark: str = ""


def report_paper(cover: Cover, sections: Sequence[Section], language: Language) -> Paper:
    """The whole report as a paper; an unapproved one says that it is a draft."""
    draft = say(
        language,
        "Utkast, laget av tallene. Ikke godkjent av partene.",
        "Utkast, laga av tala. Ikkje godkjent av partane.",
    )
    approved = "; ".join(f"{party} {on}" for party, on in cover.approved)
    status = say(language, f"Godkjent av {approved}", f"Godkjent av {approved}") if approved else draft
    return Paper(
        title=say(
            language,
            f"Avtalen om mottak og bosetting: året {cover.year}",
            f"Avtalen om mottak og busetjing: året {cover.year}",
        ),
        language=language,
        sender=say(language, "Partene i avtalen", "Partane i avtalen"),
        day=cover.day,
        particulars=(
            (say(language, "Avtale", "Avtale"), cover.agreement),
            (say(language, "Parter", "Partar"), ", ".join(cover.parties)),
            (say(language, "Tall per", "Tal per"), day_text(cover.day, language)),
            (say(language, "Status", "Status"), status),
        ),
        blocks=tuple(block for one in sections for block in one.blocks()),
        mark=cover.mark,
    )
