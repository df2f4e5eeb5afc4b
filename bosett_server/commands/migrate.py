"""`bosett migrate`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from importlib import import_module

import django
from django.core.management import call_command
from django.db import connections

from bosett_server.database import connection, embedded, origin, roles
from bosett_server.database.errors import DatabaseMisconfigured


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")
    parser.add_argument(
        "--tables-only",
        action="store_true",
        help="leave out the published figures that come with this version",
    )


def run(args: argparse.Namespace) -> int:
    """Afterwards the roles stand, the tables are up to date, the service's role is harmless.

    The published figures that come with this version stand too: a table that is new or has changed is an
    import of its own, in one transaction with the others.
    Roles are prepared on the embedded server, and elsewhere when BOSETT_SUPERUSER_URL is set.
    Raises DatabaseMisconfigured when another version made the tables.
    """
    prepare_roles()
    with connection.connect("owner") as owner:
        origin.refuse_others(owner, place())
    django.setup()
    call_command("migrate", database="owner", interactive=False, verbosity=0 if args.quiet else 1)
    with connection.connect("default") as app:
        found = roles.weaknesses(app)
    if found:
        sys.stderr.write(
            f"bosett migrate: the role {connection.address('default').user} "
            f"{', '.join(found)}; row-level security would not hold\n"
        )
        return 4
    if not args.tables_only:
        _store_figures(quiet=args.quiet)
    return 0


def _store_figures(*, quiet: bool) -> None:
    # Only now: these need Django set up.
    system = import_module("bosett_server.access.actor").SYSTEM
    today = import_module("bosett_server.access.clock").today()
    store = import_module("bosett_server.actions.shipped_figures").store_shipped_figures
    began = time.monotonic()
    told = store(system, on=today)
    if told["tables"]:
        # A freshly filled table is planned as if it were empty until the server has counted it.
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE records_observation")
    if told["tables"] and not quiet:
        counts = ", ".join(f"{told[name]} {name}" for name in ("added", "changed", "removed"))
        seconds = time.monotonic() - began
        sys.stdout.write(f"published figures: {told['tables']} tables, {counts}, in {seconds:.1f} s\n")


def place() -> str:
    """What one removes to begin anew, in words."""
    if not embedded.is_embedded():
        return "the database that DATABASE_URL names"
    folder = embedded.state_folder()
    elsewhere = folder / "location"
    also = f" and {elsewhere.read_text(encoding='utf-8').strip()}" if elsewhere.exists() else ""
    return f"{folder}{also}"


def prepare_roles() -> None:
    """Afterwards the two roles and the database stand, where that is ours to do."""
    if embedded.is_embedded():
        embedded.ensure_started().prepare(roles.DATABASE)
        return
    superuser = os.environ.get("BOSETT_SUPERUSER_URL")
    if not superuser:
        return
    app, owner = connection.address("default"), connection.address("owner")
    if (app.user, owner.user) != (roles.APP, roles.OWNER) or app.database != owner.database:
        raise DatabaseMisconfigured(
            f"DATABASE_URL must name {roles.APP} and BOSETT_OWNER_URL {roles.OWNER}, on the same database"
        )
    roles.prepare(superuser, app.database, {roles.APP: app.password, roles.OWNER: owner.password})
