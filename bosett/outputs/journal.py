"""What the archive is told about each paper: who to, when, what, and the file's own fingerprint.

The names are those of the Norwegian archive standard Noark 5.  The export is a table and a JSON file;
it has not been tried against an archive system.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bosett.outputs.tables import fill_table

FIELDS = (
    "saksnummer",
    "journalposttype",
    "tittel",
    "dokumentdato",
    "avsender",
    "mottaker",
    "mottakerkode",
    "tilgangsrestriksjon",
    "spraak",
    "filnavn",
    "format",
    "filstoerrelse",
    "sjekksumAlgoritme",
    "sjekksum",
)
OUTGOING, INCOMING = "U", "I"
FORMATS = {".pdf": "PDF/A-2a, PDF/UA-1", ".docx": "docx"}


@dataclass(frozen=True)
class JournalEntry:
    """One paper for the journal.

    Parameters
    ----------
    restriction
        The paragraph that keeps it from the public; empty when it is open.  A decision about a person
        has one, and its title names nobody.
    sha256
        Of the file's bytes.
    """

    case_number: str
    title: str
    day: date
    sender: str
    recipient: str
    recipient_code: str
    language: str
    file_name: str
    size_bytes: int
    sha256: str
    restriction: str = ""
    direction: str = OUTGOING

    @property
    def cells(self) -> tuple[str | int | date, ...]:
        """The values in the order of `FIELDS`."""
        return (
            self.case_number,
            self.direction,
            self.title,
            self.day,
            self.sender,
            self.recipient,
            self.recipient_code,
            self.restriction,
            self.language,
            self.file_name,
            FORMATS.get(Path(self.file_name).suffix, ""),
            self.size_bytes,
            "SHA-256",
            self.sha256,
        )


def journal_entry(
    content: bytes,
    file_name: str,
    *,
    case_number: str,
    title: str,
    day: date,
    sender: str,
    recipient: str,
    recipient_code: str,
    language: str,
    restriction: str = "",
) -> JournalEntry:
    """The entry of a file, with its size and fingerprint."""
    return JournalEntry(
        case_number=case_number,
        title=title,
        day=day,
        sender=sender,
        recipient=recipient,
        recipient_code=recipient_code,
        language=language,
        file_name=file_name,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        restriction=restriction,
    )


def assignment_entry(
    content: bytes,
    file_name: str,
    *,
    case_number: str,
    decision_number: str,
    day: date,
    sender: str,
    recipient: str,
    recipient_code: str,
    language: str,
    restriction: str,
) -> JournalEntry:
    """The entry of an assignment decision: kept from the public, and its title names nobody.

    Parameters
    ----------
    restriction
        The paragraph, as the archive's own plan says; ours to demand and not to choose.

    Raises
    ------
    ValueError
        If there is none: such a decision is never open.
    """
    if not restriction.strip():
        raise ValueError("a decision about a person has a paragraph that keeps it from the public")
    return journal_entry(
        content,
        file_name,
        case_number=case_number,
        title=f"Tildeling av bosettingskommune {decision_number}"
        if language != "nn"
        else f"Tildeling av busetjingskommune {decision_number}",
        day=day,
        sender=sender,
        recipient=recipient,
        recipient_code=recipient_code,
        language=language,
        restriction=restriction,
    )


def fill_journal(folder: Path, entries: Iterable[JournalEntry]) -> None:
    """Write `journal.csv` and `journal.json` into the folder; for use inside `write_folder_whole`."""
    rows: Sequence[JournalEntry] = list(entries)
    fill_table(folder / "journal.csv", FIELDS, [list(one.cells) for one in rows])
    told = [dict(zip(FIELDS, map(str, one.cells), strict=True)) for one in rows]
    folder.joinpath("journal.json").write_text(
        json.dumps({"journalposter": told}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


def journal_breaches(folder: Path) -> tuple[str, ...]:
    """File names whose bytes are not those of the journal, or that are missing; empty when all is well."""
    told = json.loads(folder.joinpath("journal.json").read_text("utf-8"))["journalposter"]
    return tuple(one["filnavn"] for one in told if not _is_as_told(folder / one["filnavn"], one["sjekksum"]))


def _is_as_told(file: Path, sha256: str) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == sha256
