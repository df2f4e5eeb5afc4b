"""`bosett migrate`."""

from __future__ import annotations

import argparse
import os
import sys

import django
from django.core.management import call_command

from bosett_server.database import connection, embedded, roles
from bosett_server.database.errors import DatabaseMisconfigured


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")


def run(args: argparse.Namespace) -> int:
    """Afterwards the roles stand, the tables are up to date and the service's role is harmless.

    Roles are prepared on the embedded server, and elsewhere when BOSETT_SUPERUSER_URL is set.
    """
    _prepare_roles()
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
    return 0


def _prepare_roles() -> None:
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
