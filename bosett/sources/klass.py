"""Statistics Norway's classifications (KLASS): codes on a day, and changes between days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from bosett.registry.municipality import CodeChange, Unit
from bosett.sources.ask import Ask, DefectList
from bosett.sources.imported import Imported, ImportSource, settled_result
from bosett.sources.opened import Opened
from bosett.terms.errors import BadInput
from bosett.terms.municipality import municipality_code

T = TypeVar("T")
KIND_CODES = "klass_codes"
KIND_CHANGES = "klass_changes"
ADDRESS = "https://data.ssb.no/api/klass/v1/classifications/131/"
SOURCE = "Classification of municipalities (KLASS 131)"


@dataclass(frozen=True)
class KlassCode:
    """A code of a classification with its official name; the days are None when the file has none."""

    code: str
    name: str
    level: str
    valid_from: date | None
    valid_to: date | None


def read_klass_codes(file: Opened, ask: Ask) -> Imported[KlassCode]:
    """The codes of an answer of `codesAt`, compared with the registry of 2024.

    Codes that only one of the two has are told; the file is still read, since codes change.
    """
    defects = DefectList(file.name)
    rows = [_code(told, number, defects) for number, told in enumerate(_listed(file, "codes"), start=1)]
    found = [row for row in rows if row is not None]
    seen: set[str] = set()
    for row in found:
        if row.code in seen:
            defects.error("row_twice", f"{row.code} again", "each code once", None, "code")
        seen.add(row.code)
    if all(len(code) == 4 for code in seen):
        known: dict[str, str] = {one.code: one.official_name for one in ask.registry.all_municipalities}
        for code in sorted(seen - set(known)):
            defects.warn("code_unknown", code, "a municipality code of 2024", None, "code")
        for code in sorted(set(known) - seen):
            defects.warn("code_missing", f"no {code}", f"{code} {known[code]}", None, "code")
        for row in found:
            if known.get(row.code, row.name) != row.name:
                defects.warn("name_differs", row.name, known[row.code], None, "name")
    return _result(KIND_CODES, tuple(found), defects, file, ask)


def read_klass_changes(file: Opened, ask: Ask) -> Imported[CodeChange]:
    """The changes of an answer of `changes`; those that the registry lacks are told."""
    defects = DefectList(file.name)
    found = []
    for number, told in enumerate(_listed(file, "codeChanges"), start=1):
        try:
            found.append(_change(told))
        except BadInput as bad:
            defects.error("cell_wrong", bad.found, bad.allowed, number, bad.column)
    known = {(one.old.code, one.new.code, one.day) for one in ask.registry.history.changes}
    for one in found:
        if (one.old.code, one.new.code, one.day) not in known:
            change = f"{one.old.code} -> {one.new.code} on {one.day}"
            defects.warn("change_unknown", change, "a change that the registry has")
    return _result(KIND_CHANGES, tuple(sorted(found, key=_order)), defects, file, ask)


def _order(change: CodeChange) -> tuple[date, str, str]:
    return change.day, change.old.code, change.new.code


def _listed(file: Opened, key: str) -> list[Any]:
    told = file.json()
    rows = told.get(key) if isinstance(told, dict) else None
    if not isinstance(rows, list) or not rows:
        raise BadInput(f"no {key}", f"an answer of KLASS with {key}", file.name, column=key)
    return rows


def _code(told: Any, number: int, defects: DefectList) -> KlassCode | None:
    code, name = (_text(told, key) for key in ("code", "name"))
    if not code or not name:
        defects.error("cell_wrong", "no code or no name", "both", number, "code")
        return None
    try:
        days = [_day(_text(told, key), key) for key in ("validFrom", "validTo")]
    except BadInput as bad:
        defects.error("cell_wrong", bad.found, bad.allowed, number, bad.column)
        return None
    return KlassCode(code, name, _text(told, "level"), days[0], days[1])


def _change(told: Any) -> CodeChange:
    old, new = (
        Unit(municipality_code(_text(told, f"{side}Code")), _text(told, f"{side}Name"))
        for side in ("old", "new")
    )
    day = _day(_text(told, "changeOccurred"), "changeOccurred")
    if day is None:
        raise BadInput("no day", "a day as YYYY-MM-DD", column="changeOccurred")
    return CodeChange(old, new, day)


def _day(text: str, column: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(repr(text), "a day as YYYY-MM-DD", column=column) from None


def _text(told: Any, key: str) -> str:
    value = told.get(key) if isinstance(told, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _result(kind: str, rows: tuple[T, ...], defects: DefectList, file: Opened, ask: Ask) -> Imported[T]:
    source = ImportSource(SOURCE, "Statistics Norway (SSB)", ADDRESS, "CC BY 4.0", ask.retrieved)
    return settled_result(kind, rows, defects.told(), source, file.sha256, {"rows": len(rows)})
