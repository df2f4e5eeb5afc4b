"""`bosett restore FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bosett_server.database.connection import connect
from bosett_server.database.restore import restore


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that `bosett backup` wrote")


def run(args: argparse.Namespace) -> int:
    """Restore into the empty, migrated database and tell how much came back."""
    with connect("owner") as owner:
        kept = restore(owner, args.file)
    sys.stdout.write(f"{args.file}: restored {kept.rows} rows of {kept.tables} tables\n")
    return 0
