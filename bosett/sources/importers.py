"""Every importer by its kind, and the one function that runs any of them without raising."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bosett.sources import boundaries as boundary_files
from bosett.sources import (
    imdi_bulk,
    imdi_pages,
    indicator_template,
    jsonstat_import,
    klass,
    language_decisions,
    nav,
    register_export,
    udi,
    unhcr,
)
from bosett.sources.ask import Ask
from bosett.sources.imported import Defect, Imported, ImportSource, settled_result
from bosett.sources.opened import Opened, open_file
from bosett.terms.errors import BadInput
from bosett.terms.label import Label

Read = Callable[[Opened, Ask], Imported[Any]]


@dataclass(frozen=True)
class Importer:
    """A kind of file that can be imported.

    Parameters
    ----------
    figures
        Whether its rows are observations.
    columns
        The header of its template; empty for files that only the source makes.
    asks
        What must be told beside the file: `retrieved`, `year`, `measure`.
    """

    kind: str
    name: Label
    suffixes: tuple[str, ...]
    read: Read
    figures: bool = True
    columns: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """The template as csv: its header alone; empty when there is none."""
        return ",".join(self.columns) + "\n" if self.columns else ""


TABLE = (".csv", ".xlsx")
PAGE = (".html", ".htm")
IMPORTERS: tuple[Importer, ...] = (
    Importer(
        indicator_template.KIND,
        Label(
            "Template: any figure of a place and year", "Mal: tall for sted og år", "Mal: tal for stad og år"
        ),
        TABLE,
        indicator_template.read_indicator_template,
        columns=indicator_template.COLUMNS,
    ),
    Importer(
        imdi_bulk.KIND,
        Label(
            "IMDi's bulk file of settlement", "IMDis samlefil om bosetting", "IMDi si samlefil om busetjing"
        ),
        (".csv",),
        imdi_bulk.read_imdi_bulk,
    ),
    Importer(
        imdi_pages.KIND,
        Label("IMDi's page of key figures", "IMDis side med nøkkeltall", "IMDi si side med nøkkeltal"),
        PAGE,
        imdi_pages.read_imdi_pages,
    ),
    Importer(
        jsonstat_import.KIND,
        Label("JSON-stat (SSB, Eurostat)", "JSON-stat (SSB, Eurostat)", "JSON-stat (SSB, Eurostat)"),
        (".json",),
        jsonstat_import.read_jsonstat_figures,
    ),
    Importer(
        unhcr.KIND,
        Label("UNHCR's answers", "UNHCRs svar", "UNHCR sine svar"),
        (".json",),
        unhcr.read_unhcr,
    ),
    Importer(
        udi.KIND,
        Label("UDI's monthly table", "UDIs månedstabell", "UDI sin månadstabell"),
        PAGE,
        udi.read_udi_monthly,
        asks=("retrieved",),
    ),
    Importer(
        nav.KIND,
        Label("NAV's registered unemployed", "NAVs registrerte ledige", "NAV sine registrerte ledige"),
        TABLE,
        nav.read_nav,
        columns=nav.COLUMNS,
    ),
    Importer(
        klass.KIND_CODES,
        Label("Codes from KLASS", "Koder fra KLASS", "Kodar frå KLASS"),
        (".json",),
        klass.read_klass_codes,
        figures=False,
    ),
    Importer(
        klass.KIND_CHANGES,
        Label("Changes of codes from KLASS", "Kodeendringer fra KLASS", "Kodeendringar frå KLASS"),
        (".json",),
        klass.read_klass_changes,
        figures=False,
    ),
    Importer(
        boundary_files.KIND,
        Label("Boundaries (TopoJSON, GeoJSON)", "Grenser (TopoJSON, GeoJSON)", "Grenser (TopoJSON, GeoJSON)"),
        (".topojson", ".geojson", ".json"),
        boundary_files.read_boundaries,
        figures=False,
    ),
    Importer(
        language_decisions.KIND,
        Label("Language decisions", "Målvedtak", "Målvedtak"),
        TABLE,
        language_decisions.read_language_decisions,
        figures=False,
        columns=language_decisions.COLUMNS,
    ),
    Importer(
        register_export.READY,
        Label(
            "Ready persons of another register",
            "Klare personer fra annet register",
            "Klare frå anna register",
        ),
        TABLE,
        register_export.read_ready_persons,
        figures=False,
        columns=register_export.READY_COLUMNS,
    ),
    Importer(
        register_export.ASSIGNMENTS,
        Label(
            "Assignments of another register",
            "Tildelinger fra annet register",
            "Tildelingar frå anna register",
        ),
        TABLE,
        register_export.read_assignments,
        figures=False,
        columns=register_export.ASSIGNMENT_COLUMNS,
    ),
)
KINDS: dict[str, Importer] = {one.kind: one for one in IMPORTERS}
"""Every importer by its kind."""


def importer(kind: str) -> Importer:
    """The importer of a kind; BadInput when there is none."""
    if kind not in KINDS:
        raise BadInput(repr(kind), ", ".join(KINDS), column="kind")
    return KINDS[kind]


def import_file(kind: str, path: Path, ask: Ask) -> Imported[Any]:
    """Read a file from the disk; see `import_opened`."""
    try:
        file = open_file(path)
    except BadInput as bad:
        return _refused(importer(kind).kind, Opened(path.name, b"", ""), bad, ask)
    return import_opened(kind, file, ask)


def import_opened(kind: str, file: Opened, ask: Ask) -> Imported[Any]:
    """Read a file of a kind: whole, or no rows and every error that was found.

    Promise: bad input never raises; a file that can't be read as its kind gives one error that says
    where and why.

    Raises
    ------
    BadInput
        Only if there is no such kind.
    """
    chosen = importer(kind)
    try:
        if file.suffix not in chosen.suffixes:
            allowed = f"a file that ends with {', '.join(chosen.suffixes)}"
            raise BadInput(repr(file.suffix), allowed, file.name)
        return chosen.read(file, ask)
    except BadInput as bad:
        return _refused(kind, file, bad, ask)


def _refused(kind: str, file: Opened, bad: BadInput, ask: Ask) -> Imported[Any]:
    defect = Defect.from_bad_input(bad, file.name)
    source = ImportSource(file.name, "", "", ask.licence, ask.retrieved)
    return settled_result(kind, (), (defect,), source, file.sha256, {"rows": 0})
