"""`bosett audit-verify`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings

WORDS = {
    "row_changed": "a row was changed",
    "row_missing": "a row is missing",
    "row_slipped_in": "a row was added afterwards",
    "seal_changed": "a seal was changed",
    "seal_gone": "a published seal is gone",
    "chain_broken": "a seal does not follow the one before it",
    "bad_signature": "a signature does not fit the public key",
    "tail_deleted": "the end of the log was deleted",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to check against; by default the files this installation writes itself."""
    parser.add_argument("--heads", type=Path, help="published heads (default BOSETT_AUDIT_HEADS)")
    parser.add_argument("--public-key", type=Path, help="public key in PEM (default beside BOSETT_AUDIT_KEY)")
    parser.add_argument("--json", action="store_true", help="the finding as JSON on standard output")


def run(args: argparse.Namespace) -> int:
    """0 when every sealed row is as it was sealed; 4 with the first breach named."""
    django.setup()
    began = time.monotonic()
    found, unsealed, heads = _verify(args)
    told = {
        "rows": found.rows, "seals": found.seals, "unsealed_rows": unsealed, "published_heads": heads,
        "breach": found.breach,
        "from_id": found.from_id, "to_id": found.to_id, "seconds": round(time.monotonic() - began, 2),
    }  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n" if args.json else _sentence(told))
    return 4 if found.breach else 0


def _verify(args: argparse.Namespace) -> tuple[Any, int, int]:
    seal_module = import_module("bosett_server.access.audit_seal")
    check = import_module("bosett_server.access.audit_check").check
    queries = import_module("bosett_server.queries.audit")
    acting = import_module("bosett_server.access.context").acting
    system = import_module("bosett_server.access.actor").SYSTEM
    public = seal_module.public_key(args.public_key or seal_module.public_path(settings.BOSETT_AUDIT_KEY))
    heads = seal_module.published(_heads_file(args.heads))
    with acting(system):
        seals = list(queries.seals())
        found = check(seals, queries.RowsInOrder().between, heads, public)
        return found, queries.rows_after(seals[-1].to_id if seals else 0), len(heads)


def _heads_file(given: Path | None) -> Path:
    if given is not None and not given.exists():
        from bosett.terms.errors import BadInput

        raise BadInput("no such file", "the file of published heads", str(given))
    chosen: Path = given or settings.BOSETT_AUDIT_HEADS
    return chosen


def _sentence(told: dict[str, Any]) -> str:
    waiting = f"{told['unsealed_rows']} rows not sealed yet"
    if told["breach"]:
        where = f"rows {told['from_id']} to {told['to_id']}"
        return f"BREACH: {WORDS[told['breach']]}, {where}. {told['seals']} seals before it hold; {waiting}.\n"
    compared = f"compared with {told['published_heads']} published heads"
    return (
        f"The log holds: {told['rows']} rows under {told['seals']} seals, {compared},"
        f" recomputed in {told['seconds']} s; {waiting}.\n"
    )
