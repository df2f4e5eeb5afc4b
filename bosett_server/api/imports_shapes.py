"""What the calls of the imports room take and give."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema


class KindOut(Schema):
    """A kind of file that can be brought in; `asks` is what must be told beside it."""

    kind: str
    subject: str
    name: str
    endings: list[str]
    columns: list[str]
    asks: list[str]


class ImportOut(Schema):
    """An import; `undoes` is the one that this step took back."""

    id: int
    kind: str
    file: str
    state: str
    made_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    undoes: int | None
    comes_with_this_version: bool
    added: int
    changed: int
    removed: int


class SourceOut(Schema):
    """Where the file is from."""

    id: str
    title: str
    publisher: str
    href: str
    licence: str
    retrieved: date | None


class WholeImportOut(ImportOut):
    """An import with what is known of its file."""

    sha256: str
    size_bytes: int
    tables: list[str]
    whole: bool
    phase: str
    refused_because: str
    sources: list[SourceOut]
    counts: dict[str, int]


class ValueOut(Schema):
    """A figure's state and number, or a fact's text."""

    state: str
    value: str


class LineOut(Schema):
    """A figure or fact before and after; none where it was not there, or is taken away."""

    operation: str
    what: str
    place: str
    period: str
    breakdown: dict[str, str]
    before: ValueOut | None
    after: ValueOut | None


class DefectOut(Schema):
    """What is wrong in the file, by row and column."""

    code: str
    severity: str
    row: int | None
    column: str
    found: str
    allowed: str
    place: str
    year: int | None


class ImportId(Schema):
    """The import that was made, dropped or taken back."""

    id: int


class ImportState(Schema):
    """How the import stands after the step."""

    state: str


class FileIn(Schema):
    """What is told beside the file."""

    kind: str
    retrieved: date | None = None
    href: str = ""
    licence: str = ""
    year: int | None = None
    measure: str = ""
    whole: bool = False


class RegisterIn(Schema):
    """What is told beside an export of another register: `ready_persons` or `assignments`."""

    kind: str


class PersonLineOut(Schema):
    """What would be done with a household; `why` is the code of what stands in the way."""

    operation: str
    rows: list[int]
    household: str
    before: str
    after: str
    why: str
