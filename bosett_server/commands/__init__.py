"""`python -m bosett_server.commands <verb>`: what an operator does.  One module a verb.

A verb's module has `arguments(parser)`, which declares its options, and `run(args)`, which gives
the exit code: 0 done, 2 bad input, 3 no answer under the rules, 4 a check failed, 1 a fault of ours.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from bosett.terms.errors import BadInput, BosettError, NoAnswer, NoRuleInForce, Refused
from bosett_server.database.errors import BackupRefused, DatabaseMisconfigured

VERBS = (
    ("audit-verify", "recompute the log: rows, seals, signatures, published heads"),
    ("backup", "write all data to one file that any supported PostgreSQL can read back"),
    ("demo", "everything on the embedded database, with real figures and synthetic households"),
    ("first-admin", "make the first administrator and print the link that sets the password"),
    ("demo-token", "a token with which the demo's API can be called for two minutes"),
    ("migrate", "prepare the database's roles and bring its tables up to date"),
    ("restore", "read a backup into an empty, migrated database"),
    ("serve", "the service, on your own PostgreSQL"),
    ("worker", "run the jobs that go by the clock: reminders, expiry, e-mail"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and give its exit code; refusals are told on standard error in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bosett_server.settings")
    given = list(sys.argv[1:] if argv is None else argv)
    verb = _verb(given[:1])
    module = importlib.import_module(f"{__name__}.{verb.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"bosett {verb}", description=dict(VERBS)[verb])
    module.arguments(parser)
    args = parser.parse_args(given[1:])
    try:
        code: int = module.run(args)
    except BosettError as error:
        sys.stderr.write(f"bosett {verb}: {error}\n")
        return _exit_code(error)
    return code


def _verb(given: Sequence[str]) -> str:
    told = "\n".join(f"  {verb:<14}{what}" for verb, what in VERBS)
    parser = argparse.ArgumentParser(
        prog="bosett",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"verbs:\n{told}\n\n`bosett VERB --help` tells a verb's options.",
    )
    parser.add_argument("verb", choices=[verb for verb, _ in VERBS], metavar="VERB")
    verb: str = parser.parse_args(given).verb
    return verb


def _exit_code(error: BosettError) -> int:
    if isinstance(error, BadInput | BackupRefused | DatabaseMisconfigured):
        return 2
    if isinstance(error, NoAnswer | NoRuleInForce | Refused):
        return 3
    return 1
