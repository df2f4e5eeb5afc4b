"""The registry's tables, row by row into frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bosett.registry.codes import CodeHistory, read_changes
from bosett.registry.municipality import County, LanguageDecision, Municipality, Name, NameLanguage, Unit
from bosett.registry.tables import read_rows, whole
from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode, municipality_code

MUNICIPALITY_COLUMNS = (
    "municipality_id",
    "name_official",
    "name",
    "county_id",
    "longitude",
    "latitude",
    "centrality",
    "kostra_group",
    "robek_2024",
    "name_imdi",
    "language_decision",
)
COUNTY_COLUMNS = ("county_id", "name_official", "name")
NAME_COLUMNS = ("unit_id", "language", "name")
ALIAS_COLUMNS = ("alias", "municipality_id")


def read_municipalities(folder: Path) -> tuple[Municipality, ...]:
    """The municipalities of 2024 in order of code; BadInput names file and line."""
    file = folder / "municipalities.csv"
    other = _names(folder)
    rows = enumerate(read_rows(file, MUNICIPALITY_COLUMNS), start=2)
    found = sorted((_municipality(row, other, file, line) for line, row in rows), key=lambda one: one.code)
    _each_once((one.code for one in found), file)
    return tuple(found)


def read_counties(folder: Path) -> tuple[County, ...]:
    """The counties of 2024 in order of code."""
    file = folder / "counties.csv"
    other = _names(folder)
    found = [
        County(row["county_id"], row["name"], row["name_official"], other.get(row["county_id"], ()))
        for row in read_rows(file, COUNTY_COLUMNS)
    ]
    _each_once((one.code for one in found), file)
    return tuple(sorted(found, key=lambda one: one.code))


def read_history(folder: Path, municipalities: Iterable[Municipality]) -> CodeHistory:
    """Today's units and every change of code and name since 2011."""
    today = tuple(Unit(one.code, one.official_name) for one in municipalities)
    return CodeHistory(today, read_changes(folder / "code_changes.csv"))


def read_aliases(folder: Path) -> dict[str, MunicipalityCode]:
    """Spellings met on pages that are no official name, with the municipality they mean."""
    file = folder / "aliases.csv"
    rows = read_rows(file, ALIAS_COLUMNS)
    _each_once((row["alias"] for row in rows), file)
    return {row["alias"]: municipality_code(row["municipality_id"]) for row in rows}


def _municipality(
    row: dict[str, str], other: dict[str, tuple[Name, ...]], file: Path, line: int
) -> Municipality:
    code = municipality_code(row["municipality_id"])
    return Municipality(
        code=code,
        name=row["name"],
        official_name=row["name_official"],
        other_names=other.get(code, ()),
        county_code=row["county_id"],
        longitude=_degrees(row, "longitude", file, line),
        latitude=_degrees(row, "latitude", file, line),
        centrality=_class(row, "centrality", 6, file, line),
        kostra_group=_class(row, "kostra_group", 17, file, line),
        robek_2024=_yes(row, "robek_2024", file, line),
        language=_language(row, file, line),
        imdi_name=row["name_imdi"],
    )


def _names(folder: Path) -> dict[str, tuple[Name, ...]]:
    file = folder / "names.csv"
    found: dict[str, tuple[Name, ...]] = {}
    for line, row in enumerate(read_rows(file, NAME_COLUMNS), start=2):
        if row["language"] not in set(NameLanguage):
            raise BadInput(repr(row["language"]), ", ".join(NameLanguage), str(file), line, "language")
        name = Name(row["name"], NameLanguage(row["language"]))
        found[row["unit_id"]] = (*found.get(row["unit_id"], ()), name)
    return found


def _degrees(row: dict[str, str], column: str, file: Path, line: int) -> float:
    try:
        return float(row[column])
    except ValueError:
        raise BadInput(repr(row[column]), "degrees with a dot", str(file), line, column) from None


def _class(row: dict[str, str], column: str, highest: int, file: Path, line: int) -> int:
    found = whole(row[column], file, line, column)
    if not 1 <= found <= highest:
        raise BadInput(str(found), f"1 to {highest}", str(file), line, column)
    return found


def _yes(row: dict[str, str], column: str, file: Path, line: int) -> bool:
    if row[column] not in ("yes", "no"):
        raise BadInput(repr(row[column]), "yes or no", str(file), line, column)
    return row[column] == "yes"


def _language(row: dict[str, str], file: Path, line: int) -> LanguageDecision:
    found = row["language_decision"]
    if found not in set(LanguageDecision):
        raise BadInput(repr(found), ", ".join(LanguageDecision), str(file), line, "language_decision")
    return LanguageDecision(found)


def _each_once(keys: Iterable[str], file: Path) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise BadInput(f"{key} twice", "each once", str(file))
        seen.add(key)
