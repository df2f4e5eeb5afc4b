"""Assignment decisions as papers for the archive, in each municipality's form, with the journal beside them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils.translation import override

from bosett.outputs.anmodning_letter import SENDER
from bosett.outputs.assignment_decision import AssignmentDecision, assignment_paper
from bosett.outputs.journal import JournalEntry, assignment_entry, fill_journal
from bosett.outputs.paper import Language
from bosett.outputs.paper_pdf import paper_pdf
from bosett_server.queries.assignment_journal import Decided
from bosett_server.words.placement_codes import word
from bosett_server.words.placement_runs import run_word

Files = list[tuple[str, bytes]]


def assignment_files(rows: Iterable[Decided], case_number: str, restriction: str) -> Files:
    """`journal.csv`, `journal.json` and one PDF for each decision, in order of number."""
    papers: Files = []
    entries: list[JournalEntry] = []
    for row in rows:
        facts = decision_facts(row, case_number, restriction)
        content, name = paper_pdf(assignment_paper(facts)), f"tildeling-{row.number}.pdf"
        papers.append((name, content))
        entries.append(
            assignment_entry(
                content, name, case_number=case_number, decision_number=str(row.number), day=row.decided_on,
                sender=SENDER, recipient=f"{row.municipality_name} kommune", recipient_code=row.municipality,
                language=facts.language, restriction=restriction,
            )
        )  # fmt: skip
    with TemporaryDirectory() as folder:
        fill_journal(Path(folder), entries)
        told = [(file.name, file.read_bytes()) for file in sorted(Path(folder).iterdir())]
    return told + papers


def decision_facts(row: Decided, case_number: str, restriction: str) -> AssignmentDecision:
    """One decision with words for its codes."""
    form: Language = "nn" if row.nynorsk else "nb"
    with override(form):
        other = (run_word("override", row.override_code), row.override_reason)
        return AssignmentDecision(
            number=str(row.number),
            language=form,
            case_number=case_number,
            restriction=restriction,
            municipality=row.municipality_name,
            household=row.household,
            persons=row.persons,
            year=row.year,
            decided_on=row.decided_on,
            decided_by=row.decided_by,
            reasons=tuple(word("reason", code) for code in row.reasons),
            other_reason=tuple(one for one in other if one) if row.override_code else (),
            proposed=row.proposed,
            self_settled=row.self_settled,
            answer=_answer(row),
            answered_on=row.answered_on,
            exercise=bool(settings.BOSETT_DEMO),
        )


def _answer(row: Decided) -> str:
    said = word("state", row.state)
    kind = {"declined": "decline", "withdrawn": "withdraw"}.get(row.state)
    return f"{said}: {word(kind, row.decline_reason)}" if kind and row.decline_reason else said
