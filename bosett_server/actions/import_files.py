"""A file on its way in: its size, its fingerprint, how it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bosett.registry import Registry
from bosett.sources.ask import Ask
from bosett.sources.imported import Imported
from bosett.sources.importers import Importer, import_opened
from bosett.sources.opened import LIMIT_BYTES, Opened
from bosett.terms.errors import Refused
from bosett_server.access import clock
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.import_jobs import LARGE_BYTES
from bosett_server.queries.import_kinds import kinds_about
from bosett_server.records.models import ImportBatch, ImportFile


@dataclass(frozen=True)
class Incoming:
    """A file as somebody sent it.  Its text form holds no content: a step's arguments are fingerprinted."""

    name: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """Of its bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_large(self) -> bool:
        """Whether it is read in the background."""
        return self.size > LARGE_BYTES

    def __str__(self) -> str:
        return f"{self.name} {self.sha256}"


def kind_of(kind: str, subjects: tuple[str, ...]) -> Importer:
    """The kind of import.  Raises Refused `import_kind_not_known`, also for another subject's kind."""
    found = next((one for one in kinds_about(*subjects) if one.kind == kind), None)
    if found is None:
        raise Refused("import_kind_not_known", {"kind": kind[:40]})
    return found


def refuse_size(size: int) -> None:
    """Raise Refused `file_is_empty` or `file_too_large`."""
    if size == 0:
        raise Refused("file_is_empty")
    if size > LIMIT_BYTES:
        raise Refused("file_too_large", {"megabytes": size // 2**20, "most": LIMIT_BYTES // 2**20})


def read_batch(batch: ImportBatch) -> Imported[Any]:
    """The kept file of an import, read; what makes it unreadable is its one defect."""
    kept = ImportFile.objects.filter(batch=batch).first()
    if kept is None:
        raise NotInSight("not_in_sight")
    return read_content(batch.kind, batch.file_name, bytes(kept.content), batch.sources.get("", {}))


def read_content(kind: str, name: str, content: bytes, told: Mapping[str, Any]) -> Imported[Any]:
    """A file's rows and defects; what makes it unreadable is its one defect."""
    retrieved = told.get("retrieved")
    ask = Ask(
        Registry.shipped(), clock.today(), date.fromisoformat(retrieved) if retrieved else None, told.get("year"),
        told.get("measure") or "", told.get("licence") or "",
    )  # fmt: skip
    return import_opened(kind, Opened(name, content, hashlib.sha256(content).hexdigest()), ask)
