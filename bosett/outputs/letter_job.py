"""All letters of a round in one folder, with the journal, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bosett.outputs.anmodning_letter import SENDER, LetterFacts, anmodning_letter
from bosett.outputs.journal import JournalEntry, fill_journal, journal_entry
from bosett.outputs.paper import Paper
from bosett.outputs.paper_pdf import paper_pdf
from bosett.outputs.whole import write_folder_whole
from bosett.terms.errors import BadInput

Progress = Callable[[int], None]
"""Told how many letters are done."""


def write_letters(
    folder: Path, letters: Sequence[LetterFacts], progress: Progress = lambda _: None
) -> tuple[JournalEntry, ...]:
    """Write one PDF a municipality, `journal.csv` and `journal.json`; give the journal's entries.

    Same letters, same bytes.

    Raises
    ------
    BadInput
        If a municipality has two letters, or the folder cannot be written.
    """
    codes = [one.municipality for one in letters]
    if len(set(codes)) < len(codes):
        raise BadInput("two letters to one municipality", "one letter to each")
    entries: list[JournalEntry] = []

    def fill(made: Path) -> None:
        for done, facts in enumerate(letters, start=1):
            entries.append(_write(made, facts))
            progress(done)
        fill_journal(made, entries)

    write_folder_whole(folder, fill)
    return tuple(entries)


def letter_file_name(facts: LetterFacts) -> str:
    """The name of a letter's file: kind, year and code, nothing that needs other letters than a-z."""
    kind = "anmodning" if facts.asked is not None else "ikke-anmodet"
    return f"{kind}-{facts.year}-{facts.municipality}.pdf"


def _write(folder: Path, facts: LetterFacts) -> JournalEntry:
    paper: Paper = anmodning_letter(facts)
    content, name = paper_pdf(paper), letter_file_name(facts)
    folder.joinpath(name).write_bytes(content)
    return journal_entry(
        content,
        name,
        case_number=facts.case_number,
        title=paper.title,
        day=paper.day,
        sender=SENDER,
        recipient=f"{facts.name} kommune",
        recipient_code=facts.municipality,
        language=paper.language,
    )
