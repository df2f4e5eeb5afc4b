"""What the person who imports a file tells about it, and the defects gathered on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bosett.registry import Registry
from bosett.sources.imported import Defect, Severity


@dataclass(frozen=True)
class Ask:
    """What an importer needs beside the file.

    Parameters
    ----------
    registry
        Codes and names of places.
    today
        The day of the import: no figure is later, and numbers of persons are checked as of it.
    retrieved
        The day the file was fetched, None when not known.
    year
        The year of a table that doesn't name it.
    measure_id
        The measure of a JSON-stat table that no reading is stored for.
    licence
        The licence as the person who fetched it read it.
    """

    registry: Registry
    today: date
    retrieved: date | None = None
    year: int | None = None
    measure_id: str = ""
    licence: str = ""


@dataclass
class DefectList:
    """Gathers the defects of one file; at most `limit` errors of one code are told one by one."""

    file: str
    limit: int = 100
    _told: list[Defect] = field(default_factory=list)
    _times: dict[str, int] = field(default_factory=dict)

    def error(self, code: str, found: str, allowed: str, row: int | None = None, column: str = "") -> None:
        """Something that stops the import."""
        self.add(Defect(code, Severity.ERROR, self.file, found, allowed, row, column))

    def warn(self, code: str, found: str, allowed: str, row: int | None = None, column: str = "") -> None:
        """Something that is loaded as it is and shown."""
        self.add(Defect(code, Severity.WARNING, self.file, found, allowed, row, column))

    def note(self, code: str, found: str, allowed: str, row: int | None = None, column: str = "") -> None:
        """A quirk that was handled."""
        self.add(Defect(code, Severity.NOTE, self.file, found, allowed, row, column))

    def add(self, defect: Defect) -> None:
        """Keep a defect; beyond the limit only the number of further ones is kept."""
        self._times[defect.code] = self._times.get(defect.code, 0) + 1
        if self._times[defect.code] <= self.limit:
            self._told.append(defect)

    def told(self) -> tuple[Defect, ...]:
        """The defects in order, and for each code with more than the limit how many more there are."""
        rest = {code: times - self.limit for code, times in self._times.items() if times > self.limit}
        severity = {defect.code: defect.severity for defect in self._told}
        more = [
            Defect(code, severity[code], self.file, f"{times} more of the kind", "none")
            for code, times in sorted(rest.items())
        ]
        return (*self._told, *more)
