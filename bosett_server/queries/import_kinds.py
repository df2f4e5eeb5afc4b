"""What can be imported: which reader takes the file, what the person must tell beside it, which template there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bosett.sources.imported import Imported

TABLE = (".csv", ".xlsx")
PAGE = (".html", ".htm")
Reader = Callable[..., Imported[Any]]


@dataclass(frozen=True)
class ImportKind:
    """A kind of file.

    Parameters
    ----------
    subject
        "figures", "facts", "households" or "assignments".
    module, function
        The reader in `bosett.sources`, `(Opened, Ask) -> Imported`.
    endings
        File names it takes.
    needs
        What the file does not say: "year", "measure".
    template
        Columns of the empty file to begin with; none for files that a source publishes ready made.
    whole
        Whether such a file usually is all of its table, so that what it leaves out is removed.
    """

    id: str
    subject: str
    module: str
    function: str
    endings: tuple[str, ...]
    needs: tuple[str, ...] = ()
    template: tuple[str, ...] = ()
    whole: bool = False

    def reader(self) -> Reader:
        """The function that reads it; imported when first used."""
        found: Reader = getattr(import_module(f"bosett.sources.{self.module}"), self.function)
        return found


INDICATOR = ("kommunenummer", "year", "metric", "value", "status", "source", "licence", "retrieved_at")
_ALL = (
    ImportKind("template", "figures", "indicator_template", "read_indicator_template", TABLE, template=INDICATOR),
    ImportKind("imdi_bulk", "figures", "imdi_bulk", "read_imdi_bulk", (".csv",), whole=True),
    ImportKind("imdi_pages", "figures", "imdi_pages", "read_imdi_pages", PAGE, needs=("year",)),
    ImportKind("udi_monthly", "figures", "udi", "read_udi_monthly", PAGE, needs=("year",)),
    ImportKind("jsonstat", "figures", "jsonstat_import", "read_jsonstat_figures", (".json",), needs=("measure",)),
    ImportKind("unhcr", "figures", "unhcr", "read_unhcr", (".json",)),
    ImportKind("nav", "figures", "nav", "read_nav", TABLE),
    ImportKind("language_decisions", "facts", "language_decisions", "read_language_decisions", TABLE,
               template=("municipality_id", "language_decision", "valid_from")),
    ImportKind("klass_codes", "facts", "klass", "read_klass_codes", (".json",)),
    ImportKind("klass_changes", "facts", "klass", "read_klass_changes", (".json",)),
    ImportKind("boundaries", "facts", "boundaries", "read_boundaries", (".json", ".geojson", ".topojson")),
    ImportKind("ready_persons", "households", "register_export", "read_ready_persons", TABLE,
               template=("duf", "d_number", "household_ref", "birth_date", "ready_since", "track")),
    ImportKind("assignments", "assignments", "register_export", "read_assignments", TABLE,
               template=("duf", "d_number", "municipality_id", "assigned_on")),
)  # fmt: skip
KINDS: dict[str, ImportKind] = {one.id: one for one in _ALL}
