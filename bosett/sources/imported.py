"""What every importer gives: the rows, the defects it found, where they are from; all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from bosett.terms.errors import BadInput
from bosett.terms.observation import Observation

T = TypeVar("T")


class Severity(StrEnum):
    """What a defect means for the import."""

    ERROR = "error"
    """The file says something that cannot be; nothing of it is loaded."""
    WARNING = "warning"
    """The file is loaded as it is, and the defect is shown with the figures."""
    NOTE = "note"
    """A quirk of the source that was handled; said so that nobody wonders."""


@dataclass(frozen=True)
class Defect:
    """One thing wrong in a file or a published table, told so that a person can mend it.

    Parameters
    ----------
    code
        Stable key of the sentence: lower case with underscores (`DEFECT_CODES` in `defect_codes`).
    file
        Name of the file or table, without its folder.
    row, column
        Where: the row as the file counts it (header 1), None for the whole file.
    found, allowed
        What stands there, and what should or could.
    place, year
        The place code and year it concerns, when it concerns one.
    """

    code: str
    severity: Severity
    file: str
    found: str
    allowed: str
    row: int | None = None
    column: str = ""
    place: str = ""
    year: int | None = None

    @classmethod
    def from_bad_input(cls, bad: BadInput, file: str = "") -> Defect:
        """The error that a reader raised, as a defect."""
        told = (file or bad.file).rpartition("/")[2]
        return cls("unreadable", Severity.ERROR, told, bad.found, bad.allowed, bad.row, bad.column)


@dataclass(frozen=True)
class ImportSource:
    """Where a file is from; the importer knows title and publisher, the person who loads it the rest.

    Parameters
    ----------
    retrieved
        The day the file was fetched; None when nobody recorded it.
    """

    title: str
    publisher: str
    href: str = ""
    licence: str = ""
    retrieved: date | None = None


@dataclass(frozen=True)
class Imported(Generic[T]):
    """The result of reading one file: complete, or empty with the errors that stopped it.

    Parameters
    ----------
    kind
        Key of the importer in `bosett.sources.importers.KINDS`.
    rows
        What the file holds: `Observation` for figures, other frozen values for codes, boundaries,
        language decisions, ready persons and assignments.
    sha256
        Of the file's bytes, lower-case hexadecimal; the same file twice has the same.
    counts
        What was met, for the dry run: rows read, left out and why.

    Raises
    ------
    ValueError
        If there are rows beside an error: a file is loaded whole or not at all.
    """

    kind: str
    rows: tuple[T, ...]
    defects: tuple[Defect, ...]
    source: ImportSource
    sha256: str
    counts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.errors and self.rows:
            raise ValueError("a file with errors gives no rows")

    @property
    def errors(self) -> tuple[Defect, ...]:
        """The defects that stopped the import."""
        return tuple(defect for defect in self.defects if defect.severity is Severity.ERROR)

    @property
    def accepted(self) -> bool:
        """Whether the rows may be stored."""
        return not self.errors

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The rows that are figures."""
        return tuple(row for row in self.rows if isinstance(row, Observation))


def settled_result(
    kind: str,
    rows: Iterable[T],
    defects: Iterable[Defect],
    source: ImportSource,
    sha256: str,
    counts: Mapping[str, int],
) -> Imported[T]:
    """A result that keeps the promise: no rows as soon as one defect is an error."""
    found = tuple(defects)
    stopped = any(defect.severity is Severity.ERROR for defect in found)
    return Imported(kind, () if stopped else tuple(rows), found, source, sha256, dict(counts))


@dataclass(frozen=True)
class Change(Generic[T]):
    """A row whose content differs between two versions."""

    before: T
    after: T


@dataclass(frozen=True)
class Difference(Generic[T]):
    """What loading a file would do, each part in order of key."""

    added: tuple[T, ...]
    changed: tuple[Change[T], ...]
    removed: tuple[T, ...]
    unchanged: int

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed)


def difference(before: Iterable[Observation], after: Iterable[Observation]) -> Difference[Observation]:
    """The difference between two versions of a data set; see `difference_by`."""
    return difference_by(before, after, lambda one: one.key)


def difference_by(before: Iterable[T], after: Iterable[T], key: Callable[[T], Hashable]) -> Difference[T]:
    """Added, changed and removed rows, matched by key and never by order.

    Promise: applying the difference to `before` gives `after`.

    Raises
    ------
    ValueError
        If a key stands twice on one side, since then nobody can say which row changed.
    """
    old, new = _by_key(before, key), _by_key(after, key)
    added = tuple(new[one] for one in _ordered(new.keys() - old.keys()))
    removed = tuple(old[one] for one in _ordered(old.keys() - new.keys()))
    both = [one for one in old if one in new]
    differing = (one for one in both if old[one] is not new[one] and old[one] != new[one])
    changed = tuple(Change(old[one], new[one]) for one in _ordered(differing))
    return Difference(added, changed, removed, len(both) - len(changed))


def _by_key(rows: Iterable[T], key: Callable[[T], Hashable]) -> dict[Hashable, T]:
    listed = [(key(row), row) for row in rows]
    found = dict(listed)
    if len(found) != len(listed):
        twice = next(one for one, times in Counter(one for one, _ in listed).items() if times > 1)
        raise ValueError(f"the key {twice} stands twice")
    return found


def _ordered(keys: Iterable[Hashable]) -> list[Hashable]:
    return sorted(keys, key=lambda one: one if isinstance(one, tuple) else (str(one),))
