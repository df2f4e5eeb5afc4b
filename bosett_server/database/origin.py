"""Which version's tables a database was made with: a note inside the database, asked before it is used again.

Until the first release the one migration of the tables is made anew whenever they change, so that a database
of yesterday's tables cannot be brought along.  The note lets that be said in words instead of in a traceback.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bosett_server.database.errors import DatabaseMisconfigured

HOUSE = Path(__file__).parents[2]
RECORDS = HOUSE / "bosett_server" / "records"
NOTE = "SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')"
_MADE = "SELECT to_regclass('public.django_migrations') IS NOT NULL"
_APPLIED = "SELECT EXISTS (SELECT FROM django_migrations WHERE app = 'records')"
_WHAT_TO_DO = (
    "it cannot be brought along, since no release has fixed the tables yet. To begin anew, end every process of"
    " Bosett and remove {where}; to keep what is in it, go back to the version that made it"
)


def tables_here(records: Path = RECORDS) -> dict[str, str]:
    """A digest of each migration and of the guards in SQL, as this version has them; comments do not count."""
    parts = {path.stem: [path] for path in sorted((records / "migrations").glob("[0-9]*.py"))}
    parts["sql"] = sorted((records / "sql").glob("*.sql"))
    return {name: _digest(files) for name, files in parts.items()}


def _digest(files: list[Path]) -> str:
    told = hashlib.sha256()
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.lstrip().startswith(("#", "--")):
                told.update(f"{line}\n".encode())
    return told.hexdigest()[:16]


def noted(tables: dict[str, str], filled: str = "") -> str:
    """The note as it is kept, for `COMMENT ON TABLE django_migrations`."""
    return json.dumps({"bosett_tables": tables, "filled": filled})


def refuse_others(database: psycopg.Connection, where: str) -> None:
    """Raise DatabaseMisconfigured when other tables than this version's were made here, and say what to do.

    A database without any tables passes.  `where` is what one removes to begin anew.
    """
    if not _yes(database, _MADE):
        return
    note = _note(database)
    if not note and not _yes(database, _APPLIED):
        return
    here, there = tables_here(), note.get("bosett_tables", {})
    if here == there:
        return
    differ = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    told = _WHAT_TO_DO.format(where=where)
    raise DatabaseMisconfigured(
        f"this database was made by another version of Bosett ({', '.join(differ)} differ); {told}"
    )


def filled(database: psycopg.Connection) -> str:
    """What `keep_filled` noted last; empty when nothing was."""
    return str(_note(database).get("filled", "")) if _yes(database, _MADE) else ""


def keep_filled(owner: psycopg.Connection, version: str) -> None:
    """Note that all this version brings along stands in the database."""
    text = noted(_note(owner).get("bosett_tables", {}), version)
    owner.execute(sql.SQL("COMMENT ON TABLE django_migrations IS {}").format(sql.Literal(text)))


def version_here(day: str) -> str:
    """A digest of the program, the parameters and the day: all that decides what a database is filled with."""
    told = hashlib.sha256(day.encode())
    for part, kinds in (
        ("bosett", ("*.py",)),
        ("bosett_server", ("*.py", "*.sql")),
        ("parameters", ("*.*",)),
    ):
        for path in sorted(file for kind in kinds for file in (HOUSE / part).rglob(kind) if file.is_file()):
            told.update(f"{path.relative_to(HOUSE)}\n".encode() + path.read_bytes())
    return told.hexdigest()[:16]


def _note(database: psycopg.Connection) -> dict[str, Any]:
    row = database.execute(NOTE).fetchone()
    if row is None or not row[0]:
        return {}
    note: dict[str, Any] = json.loads(row[0])
    return note


def _yes(database: psycopg.Connection, question: str) -> bool:
    row = database.execute(question.encode()).fetchone()
    return row is not None and bool(row[0])
