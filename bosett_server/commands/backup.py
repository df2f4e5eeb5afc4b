"""`bosett backup FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bosett_server.database.backup import back_up
from bosett_server.database.connection import connect


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="where the backup is written; must not exist yet")


def run(args: argparse.Namespace) -> int:
    """Write the backup and tell how much it holds."""
    with connect("owner") as owner:
        kept = back_up(owner, args.file)
    sys.stdout.write(f"{args.file}: {kept.rows} rows of {kept.tables} tables\n")
    return 0
