"""Fill an embedded database for load: `./run bench load --persons 100000`.

The same content as the demo, only more of it; what is there already is left as it is.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import time
from importlib import import_module
from pathlib import Path

PERSONS = 100_000
HOUSE = Path(__file__).resolve().parents[1]
FOLDER = HOUSE / ".bosett" / "bench"
RECORDS = HOUSE / "bosett_server" / "records"
DAY = "2026-03-16"


def surroundings(folder: Path) -> None:
    """Point the service at the embedded database in `folder`, on the demo's day, before Django is set up."""
    _of_todays_schema(folder)
    os.environ.update(
        BOSETT_DATA_DIR=str(folder), BOSETT_DEMO="1", BOSETT_TODAY=DAY,
        DJANGO_SETTINGS_MODULE="bosett_server.settings",
    )  # fmt: skip
    os.environ.pop("DATABASE_URL", None)


def _of_todays_schema(folder: Path) -> None:
    """Throw away a database that other tables were made in: what is measured is only ever synthetic."""
    tables = sorted([*RECORDS.glob("*.py"), *RECORDS.glob("migrations/*.py"), *RECORDS.glob("sql/*.sql")])
    schema = hashlib.sha256(b"".join(path.read_bytes() for path in tables)).hexdigest()
    kept = folder / "schema.sha256"
    if kept.exists() and kept.read_text() != schema:
        shutil.rmtree(folder)
    elif not kept.exists() and folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty and was not made by a benchmark; name another with --folder")
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_text(schema)


def fill(persons: int) -> int:
    """Migrate and fill, all or nothing; the exit code."""
    command = import_module("bosett_server.commands.demo")
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    code: int = command.run(parser.parse_args(["--persons", str(persons), "--prepare-only"]))
    if code == 0:
        _learn_sizes()
    return code


def _learn_sizes() -> None:
    """What the server does by itself within minutes of use: learn its tables' sizes, and which pages all may see."""
    connections = import_module("django.db").connections
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def main() -> int:
    """Fill and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="folder of the embedded database")
    parser.add_argument("--persons", type=int, default=PERSONS)
    args = parser.parse_args()
    surroundings(args.folder)
    began = time.monotonic()
    code = fill(args.persons)
    sys.stderr.write(f"{args.persons} persons in {time.monotonic() - began:.0f} s, exit {code}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
