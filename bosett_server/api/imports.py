"""Imports of published figures over the API: check a file, look at its difference, apply, undo."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from ninja import File, Form, Router
from ninja.files import UploadedFile

from bosett.terms.figure import State
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.figure_imports import Told, check_import, drop_import
from bosett_server.actions.import_apply import apply_import, undo_import
from bosett_server.actions.import_files import Incoming, refuse_size
from bosett_server.actions.person_imports import (
    apply_person_import,
    check_person_import,
    drop_person_import,
)
from bosett_server.api.frame import DEFAULT_LIMIT, PROBLEMS, Cursor, Limit, Page, endpoint, following
from bosett_server.api.imports_shapes import (
    DefectOut,
    FileIn,
    ImportId,
    ImportOut,
    ImportState,
    KindOut,
    LineOut,
    PersonLineOut,
    RegisterIn,
    SourceOut,
    ValueOut,
    WholeImportOut,
)
from bosett_server.queries.figure_imports import (
    ImportRow,
    Number,
    defects,
    difference,
    import_detail,
    imports,
    person_lines,
)
from bosett_server.queries.import_kinds import kinds_about, subject_of

router = Router()


@router.get("/kinds", response={200: Page[KindOut], **PROBLEMS})
@endpoint(Permission.IMPORT_VIEW)
def list_kinds(request: Request) -> Page[KindOut]:
    """Every kind of file; `subject` says what it is about."""
    return Page[KindOut](
        items=[
            KindOut(kind=one.kind, subject=subject_of(one), name=one.name.en, endings=list(one.suffixes),
                    columns=list(one.columns), asks=list(one.asks))
            for one in kinds_about("figures", "facts", "households", "assignments")
        ]
    )  # fmt: skip


@router.get("/batches", response={200: Page[ImportOut], **PROBLEMS})
@endpoint(Permission.IMPORT_VIEW)
def list_imports(request: Request, cursor: str = "", limit: Limit = DEFAULT_LIMIT) -> Page[ImportOut]:
    """The imports in sight, the newest first; those that came with this version are not among them."""
    rows = imports(request.actor, Cursor.read_number(cursor), limit)
    return Page[ImportOut](
        items=[ImportOut(**_row(one)) for one in rows], next=following(rows, limit, lambda one: one.id)
    )


@router.get("/batches/{number}", response={200: WholeImportOut, **PROBLEMS})
@endpoint(Permission.IMPORT_VIEW)
def get_import(request: Request, number: int) -> WholeImportOut:
    """One import."""
    told = import_detail(request.actor, number)
    return WholeImportOut(
        **_row(told.row), sha256=told.sha256, size_bytes=told.size_bytes, tables=list(told.tables),
        whole=told.whole, phase=told.phase, refused_because=str(told.fault.get("code", "")),
        sources=[SourceOut(**{key: one.get(key) or "" for key in ("id", "title", "publisher", "href", "licence")},
                           retrieved=one.get("retrieved")) for one in told.sources],
        counts={key: value for key, value in told.row.counts.items() if isinstance(value, int)},
    )  # fmt: skip


@router.get("/batches/{number}/difference", response={200: Page[LineOut], **PROBLEMS})
@endpoint(Permission.IMPORT_VIEW)
def list_difference(
    request: Request, number: int, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[LineOut]:
    """What the import would change, or has changed."""
    import_detail(request.actor, number)
    rows = difference(request.actor, number, "", Cursor.read_number(cursor), limit)
    lines = [
        LineOut(operation=one.operation, what=one.what, place=one.place, period=one.period,
                breakdown=one.breakdown, before=_value(one.before), after=_value(one.after))
        for one in rows
    ]  # fmt: skip
    return Page[LineOut](items=lines, next=following(rows, limit, lambda one: one.at))


@router.get("/batches/{number}/defects", response={200: Page[DefectOut], **PROBLEMS})
@endpoint(Permission.IMPORT_VIEW)
def list_defects(
    request: Request, number: int, cursor: str = "", limit: Limit = DEFAULT_LIMIT
) -> Page[DefectOut]:
    """What is wrong or odd in the file."""
    import_detail(request.actor, number)
    rows = defects(request.actor, number, Cursor.read_number(cursor), limit)
    told = [
        DefectOut(code=one.code, severity=one.severity, row=one.row, column=one.column, found=one.found,
                  allowed=one.allowed, place=one.place, year=one.year)
        for one in rows
    ]  # fmt: skip
    return Page[DefectOut](items=told, next=following(rows, limit, lambda one: one.id))


@router.post("/batches", response={200: ImportId, **PROBLEMS})
@endpoint(Permission.FIGURES_IMPORT)
def post_import(
    request: Request, file: Annotated[UploadedFile, File()], told: Annotated[FileIn, Form()]
) -> ImportId:
    """Check a file; nothing is changed before it is applied.  A larger file is read in the background."""
    refuse_size(file.size or 0)
    beside = Told(told.retrieved, told.href, told.licence, told.year, told.measure)
    given = Incoming(file.name or "", file.read())
    batch = check_import(request.actor, kind=told.kind, file=given, told=beside, whole=told.whole)
    return ImportId(id=batch)


@router.post("/batches/{number}/application", response={200: ImportState, **PROBLEMS})
@endpoint(Permission.FIGURES_IMPORT)
def post_application(request: Request, number: int) -> ImportState:
    """Bring the whole difference in; a large one is brought in in the background."""
    return ImportState(state=apply_import(request.actor, batch=number))


@router.post("/batches/{number}/undoing", response={200: ImportState, **PROBLEMS})
@endpoint(Permission.FIGURES_IMPORT)
def post_undoing(request: Request, number: int) -> ImportState:
    """Let stand again what stood before the import."""
    return ImportState(state=undo_import(request.actor, batch=number))


@router.delete("/batches/{number}", response={200: ImportId, **PROBLEMS})
@endpoint(Permission.FIGURES_IMPORT)
def delete_import(request: Request, number: int) -> ImportId:
    """Forget a file that was not applied."""
    return ImportId(id=drop_import(request.actor, batch=number))


@router.post("/registers", response={200: ImportId, **PROBLEMS})
@endpoint(Permission.PERSONS_IMPORT)
def post_register(
    request: Request, file: Annotated[UploadedFile, File()], told: Annotated[RegisterIn, Form()]
) -> ImportId:
    """Check an export of another register: ready persons or assignments; nothing is changed before it is applied."""
    refuse_size(file.size or 0)
    given = Incoming(file.name or "", file.read())
    return ImportId(id=check_person_import(request.actor, kind=told.kind, file=given))


@router.get("/registers/{number}/lines", response={200: Page[PersonLineOut], **PROBLEMS})
@endpoint(Permission.PERSONS_IMPORT)
def list_register_lines(request: Request, number: int) -> Page[PersonLineOut]:
    """What would be done with each row, in one page; rows and references only."""
    import_detail(request.actor, number)
    lines = [
        PersonLineOut(operation=one.operation, rows=list(one.rows), household=one.reference, before=one.before,
                      after=one.after, why=one.refusal.code if one.refusal else one.why)
        for one in person_lines(request.actor, number)
    ]  # fmt: skip
    return Page[PersonLineOut](items=lines)


@router.post("/registers/{number}/application", response={200: ImportState, **PROBLEMS})
@endpoint(Permission.PERSONS_IMPORT)
def post_register_application(request: Request, number: int) -> ImportState:
    """Take the step of every household that goes through, all or none."""
    return ImportState(state=apply_person_import(request.actor, batch=number))


@router.delete("/registers/{number}", response={200: ImportId, **PROBLEMS})
@endpoint(Permission.PERSONS_IMPORT)
def delete_register(request: Request, number: int) -> ImportId:
    """Forget an export that was not applied."""
    return ImportId(id=drop_person_import(request.actor, batch=number))


def _row(one: ImportRow) -> dict[str, Any]:
    return {
        "id": one.id, "kind": one.kind, "file": one.file, "state": one.state, "made_at": one.made_at,
        "applied_at": one.applied_at, "undone_at": one.undone_at, "undoes": one.undoes,
        "comes_with_this_version": one.shipped,
        **{name: one.counts.get(name, 0) for name in ("added", "changed", "removed")},
    }  # fmt: skip


def _value(told: tuple[State, Number] | str | None) -> ValueOut | None:
    if told is None:
        return None
    if isinstance(told, str):
        return ValueOut(state="", value=told)
    state, number = told
    return ValueOut(state=state.value, value="" if number is None else _digits(number))


def _digits(number: int | Decimal) -> str:
    """A number with a dot for decimals and no exponent."""
    return str(number) if isinstance(number, int) else f"{number:f}"
