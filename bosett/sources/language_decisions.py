"""The municipalities' language decisions as a table: they change, so they are loaded with a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.registry.municipality import LanguageDecision
from bosett.sources.ask import Ask, DefectList
from bosett.sources.grid import read_grid
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.opened import Opened
from bosett.terms.errors import BadInput

KIND = "language_decisions"
COLUMNS = ("municipality_id", "language_decision", "valid_from")
WORDS = {
    "bokmål": LanguageDecision.BOKMAL,
    "nynorsk": LanguageDecision.NYNORSK,
    "neutral": LanguageDecision.NEUTRAL,
    "nøytral": LanguageDecision.NEUTRAL,
    "nøytralt": LanguageDecision.NEUTRAL,
}
ADDRESS = "https://lovdata.no/forskrift/2019-12-20-2114"


@dataclass(frozen=True)
class DecidedLanguage:
    """A municipality's decision from a day on."""

    municipality_id: str
    decision: LanguageDecision
    valid_from: date


def read_language_decisions(file: Opened, ask: Ask) -> Imported[DecidedLanguage]:
    """Decisions by code of 2024; those that differ from the registry are told, as are missing ones."""
    defects = DefectList(file.name)
    rows = read_grid(file, COLUMNS, defects)
    found: dict[str, DecidedLanguage] = {}
    for row in rows:
        try:
            one = _read(row.cells, ask)
        except BadInput as bad:
            defects.error("cell_wrong", bad.found, bad.allowed, row.row, bad.column)
            continue
        if one.municipality_id in found:
            defects.error("row_twice", f"{one.municipality_id} again", "each municipality once", row.row)
        found[one.municipality_id] = one
        stored = ask.registry.municipality(one.municipality_id).language
        if stored is not one.decision:
            allowed = f"{stored.value}, as the registry has it"
            defects.warn("decision_differs", f"{one.municipality_id} {one.decision.value}", allowed, row.row)
    missing = len(ask.registry.all_municipalities) - len(found)
    if missing:
        defects.note("code_missing", f"{missing} municipalities without a row", "they keep their decision")
    title = "Regulation on language decisions in the State (FOR-2019-12-20-2114)"
    source = ImportSource(title, "The Norwegian Government", ADDRESS, ask.licence or "Facts", ask.retrieved)
    counts = {"rows": len(rows), "decisions": len(found)}
    return settled_result(KIND, found.values(), defects.told(), source, file.sha256, counts)


def _read(cells: dict[str, str], ask: Ask) -> DecidedLanguage:
    told = cells["language_decision"].lower()
    if told not in WORDS:
        raise BadInput(repr(told), ", ".join(WORDS), column="language_decision")
    try:
        code = ask.registry.accept(cells["municipality_id"], ask.today)
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, column="municipality_id") from None
    try:
        valid_from = date.fromisoformat(cells["valid_from"])
    except ValueError:
        raise BadInput(repr(cells["valid_from"]), "a day as YYYY-MM-DD", column="valid_from") from None
    return DecidedLanguage(code, WORDS[told], valid_from)
