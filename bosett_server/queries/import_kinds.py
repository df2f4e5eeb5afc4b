"""The kinds of files that can be imported, by what they are about."""

from __future__ import annotations

from bosett.sources import imdi_bulk, register_export
from bosett.sources.importers import IMPORTERS, Importer

PERSONS = {register_export.READY: "households", register_export.ASSIGNMENTS: "assignments"}
"""Kinds that name persons, with their subject."""
WHOLE = (imdi_bulk.KIND,)
"""Kinds of which a file is usually all of its table, so that what it leaves out is removed."""


def subject_of(kind: Importer) -> str:
    """What its files are about: "figures", "facts", "households" or "assignments"."""
    return PERSONS.get(kind.kind) or ("figures" if kind.figures else "facts")


def kinds_about(*subjects: str) -> tuple[Importer, ...]:
    """The kinds about any of the subjects, in the order of the library."""
    return tuple(one for one in IMPORTERS if subject_of(one) in subjects)
