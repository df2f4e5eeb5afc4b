"""The two roles of Bosett's database, and what neither may do.

`bosett_owner` owns the tables and runs migrations.  `bosett_app` is what the service logs in as:
it owns nothing, so that row-level security and the guards bind it.
"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import sql

from bosett_server.database.errors import DatabaseUnavailable

OWNER = "bosett_owner"
APP = "bosett_app"
DATABASE = "bosett"
OLDEST_MAJOR = 15

_HARMLESS = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")
_GRANTS = """
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
REVOKE ALL ON DATABASE {database} FROM {app};
GRANT CONNECT ON DATABASE {database} TO {app};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM {app};
GRANT USAGE, CREATE ON SCHEMA public TO {owner};
GRANT USAGE ON SCHEMA public TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {app};
"""


def prepare(superuser_dsn: str, database: str, passwords: Mapping[str, str]) -> None:
    """Afterwards both roles and the database exist with exactly these grants.  Repeatable.

    Parameters
    ----------
    superuser_dsn
        A superuser's way into any database of the server.
    passwords
        Of `OWNER` and `APP`; the server is sent only their scram verifiers, so that no log can
        hold them.
    """
    with psycopg.connect(superuser_dsn, autocommit=True) as server:
        refuse_old(server)
        # Roles belong to the whole server: two that prepare at once would change the same row.
        server.execute("SELECT pg_advisory_lock(hashtext('bosett roles'))")
        for role in (OWNER, APP):
            _ensure_role(server, role, passwords[role])
        _ensure_database(server, database)
    with psycopg.connect(superuser_dsn, dbname=database) as inside:
        _grant(inside, database)


def refuse_old(connection: psycopg.Connection) -> None:
    """Raise DatabaseUnavailable when the server is older than Bosett can use."""
    version = connection.info.server_version
    if version < OLDEST_MAJOR * 10_000:
        raise DatabaseUnavailable(
            f"the server is PostgreSQL {version // 10_000}; Bosett needs {OLDEST_MAJOR} or newer"
        )


def weaknesses(app: psycopg.Connection) -> list[str]:
    """What the service's own role could do that it must not; an empty list is the promise.

    `serve` asks this before it takes real data: with any of these, row-level security binds nobody.
    """
    return [what for what, question in _WEAKNESSES if _yes(app, question)]


_WEAKNESSES = (
    ("is a superuser", "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"),
    ("bypasses row-level security", "SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user"),
    (
        "may make roles or databases",
        "SELECT rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user",
    ),
    (
        "owns tables or functions",
        "SELECT EXISTS (SELECT FROM pg_class WHERE pg_get_userbyid(relowner) = current_user)"
        " OR EXISTS (SELECT FROM pg_proc WHERE pg_get_userbyid(proowner) = current_user)",
    ),
    (
        "is a member of another role",
        "SELECT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
        " WHERE r.rolname = current_user)",
    ),
    ("may create in the schema", "SELECT has_schema_privilege(current_user, 'public', 'CREATE')"),
    (
        "may create schemas or temporary tables",
        "SELECT has_database_privilege(current_user, current_database(), 'CREATE, TEMP')",
    ),
)


def _yes(connection: psycopg.Connection, question: str) -> bool:
    row = connection.execute(question.encode()).fetchone()
    return row is not None and bool(row[0])


def _ensure_role(server: psycopg.Connection, role: str, password: str) -> None:
    known = server.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None
    verb = sql.SQL("ALTER" if known else "CREATE")
    verifier = server.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    server.execute(
        sql.SQL("{} ROLE {} WITH {} PASSWORD {}").format(
            verb, sql.Identifier(role), _HARMLESS, sql.Literal(verifier)
        )
    )


def _ensure_database(server: psycopg.Connection, database: str) -> None:
    if server.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is not None:
        return
    server.execute(
        sql.SQL(
            "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        ).format(sql.Identifier(database), sql.Identifier(OWNER))
    )


def _grant(inside: psycopg.Connection, database: str) -> None:
    names = {"database": database, "owner": OWNER, "app": APP}
    inside.execute(sql.SQL(_GRANTS).format(**{key: sql.Identifier(name) for key, name in names.items()}))
