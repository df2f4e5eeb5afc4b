"""The letters of a round as files for the archive, with the journal's entries beside them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from bosett.outputs.anmodning_letter import SENDER
from bosett.outputs.journal import fill_journal, journal_entry
from bosett.terms.errors import Refused
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.records.models import RoundLetter

Files = list[tuple[str, bytes]]


@action(Permission.ROUND_SEND)
def note_export(actor: Actor, *, round: int, files: int) -> Done[int]:
    """That the letters were taken out for the archive stands in the log."""
    return Done(files, about=("round", round), facts={"files": files})


def journal_files(actor: Actor, *, round: int) -> Files:
    """`journal.csv`, `journal.json` and every letter, in order of name.

    Raises Refused: `letters_not_written`.
    """
    rows = list(
        RoundLetter.objects.filter(round_id=round).select_related("municipality").order_by("file_name")
    )
    if not rows:
        raise Refused("letters_not_written")
    note_export(actor, round=round, files=len(rows))
    letters = [(row.file_name, bytes(row.content)) for row in rows]
    entries = [
        journal_entry(
            content, name, case_number=row.case_number, title=row.title, day=row.dated, sender=SENDER,
            recipient=f"{row.municipality.name} kommune", recipient_code=row.municipality_id, language=row.language,
        )
        for row, (name, content) in zip(rows, letters, strict=True)
    ]  # fmt: skip
    with TemporaryDirectory() as folder:
        fill_journal(Path(folder), entries)
        told = [(file.name, file.read_bytes()) for file in sorted(Path(folder).iterdir())]
    return told + letters
