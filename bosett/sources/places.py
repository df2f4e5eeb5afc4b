"""The place of a row: the code as published, checked against the codes of the day."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from bosett.registry import Registry
from bosett.registry.codes import FIRST_DAY
from bosett.sources.imported import Defect, Severity
from bosett.terms.observation import COUNTRY

NOT_STATED = "9999"
"""The code that sources give persons whose municipality they did not know."""


class PlaceFinder:
    """Checks the codes of one file and remembers the defects, each code and year once.

    A code that had ended by the year of its row, and has one successor on that day, is moved to
    it: the area is the same.  Where it was split the code stays as published.  Codes are stored
    from 2011; a code that ended before that stays as published too.  Both are told.
    """

    def __init__(self, registry: Registry, file: str) -> None:
        self._registry, self._file = registry, file
        self._today = {one.code for one in registry.all_municipalities}
        self._counties = {one.code for one in registry.all_counties}
        self._units: dict[int, set[str]] = {}
        self._seen: dict[tuple[str, int], str] = {}
        self._told: list[Defect] = []

    @property
    def defects(self) -> tuple[Defect, ...]:
        """What was found so far, in order of rows."""
        return tuple(self._told)

    def place(self, code: str, year: int, row: int) -> str:
        """The code to keep for a row of a year; every unusual one is told as a defect."""
        key = (code, year)
        if key not in self._seen:
            self._seen[key] = self._find(code, year, row)
        return self._seen[key]

    def _find(self, code: str, year: int, row: int) -> str:
        if code == COUNTRY or len(code) == 2 or code in self._today or code in self._on(year):
            return code
        if code == NOT_STATED:
            self._tell(
                "place_not_stated", Severity.NOTE, code, "persons counted without a municipality", row, year
            )
            return code
        return self._ended(code, year, row)

    def _ended(self, code: str, year: int, row: int) -> str:
        for earlier in range(min(year, date.max.year - 1), FIRST_DAY.year - 1, -1):
            if code in self._on(earlier):
                return self._moved(code, earlier, year, row)
        allowed = "a code valid in the year, of 2024, or known to have been valid since 2011"
        self._tell("code_unknown", Severity.WARNING, code, allowed, row, year)
        return code

    def _moved(self, code: str, earlier: int, year: int, row: int) -> str:
        """The one code that the area has in `year`; the code itself when it was split."""
        heirs: set[str] = {code}
        for change_day, rows in groupby(self._registry.history.changes, key=lambda change: change.day):
            if _day(earlier) < change_day <= _day(year):
                changes = list(rows)
                moved: set[str] = {change.old.code for change in changes}
                new: set[str] = {change.new.code for change in changes if change.old.code in heirs}
                heirs = (heirs - moved) | new
        if len(heirs) == 1:
            (heir,) = heirs
            self._tell("code_ended", Severity.WARNING, code, f"{heir}, its successor in {year}", row, year)
            return heir
        self._tell("code_split", Severity.WARNING, code, f"one of {', '.join(sorted(heirs))}", row, year)
        return code

    def _on(self, year: int) -> set[str]:
        if year not in self._units:
            self._units[year] = {unit.code for unit in self._registry.units(_day(year))}
        return self._units[year]

    def _tell(self, defect: str, severity: Severity, code: str, allowed: str, row: int, year: int) -> None:
        self._told.append(Defect(defect, severity, self._file, code, allowed, row, "place", code, year))


def _day(year: int) -> date:
    """The first day of a year, or the first day that codes are stored for."""
    return max(date(year, 1, 1), FIRST_DAY)
