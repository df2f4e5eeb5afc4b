"""From the environment to Django's DATABASES; nothing is started before the first connection.

`default` is the service's role, `owner` the one that runs migrations, backup and restore.
"""

from __future__ import annotations

import os
from typing import Any

import psycopg

from bosett_server.database import embedded, roles
from bosett_server.database.address import Address, parse
from bosett_server.database.errors import DatabaseMisconfigured, DatabaseUnavailable

ROLES = {"default": roles.APP, "owner": roles.OWNER}
_VARIABLES = {"default": "DATABASE_URL", "owner": "BOSETT_OWNER_URL"}
_ENGINE = "bosett_server.database.engine"


def database_settings() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` and `owner`, two roles on one database.

    The addresses are looked up when the first connection is opened (`bosett_server.database.engine`),
    so that importing the settings neither starts a server nor needs one.
    """
    common = {"ENGINE": _ENGINE, "NAME": roles.DATABASE, "CONN_HEALTH_CHECKS": True}
    return {
        "default": {**common, "USER": roles.APP, "CONN_MAX_AGE": 60},
        "owner": {**common, "USER": roles.OWNER, "CONN_MAX_AGE": 0},
    }


def address(alias: str) -> Address:
    """The way in for `default` or `owner`; starts the embedded server when no DATABASE_URL is set.

    Raises DatabaseMisconfigured when the environment says too little, DatabaseUnavailable when the
    embedded server cannot be started.
    """
    if embedded.is_embedded():
        if os.environ.get("BOSETT_OWNER_URL"):
            raise DatabaseMisconfigured("BOSETT_OWNER_URL is set without DATABASE_URL; set both or neither")
        return embedded.ensure_started().address(ROLES[alias])
    name = _VARIABLES[alias]
    url = os.environ.get(name, "")
    if not url:
        raise DatabaseMisconfigured(f"{name} is not set; {_NEEDS[alias]}")
    return parse(url, name)


_NEEDS = {
    "default": "it names the database that the service uses",
    "owner": "migrate, backup and restore log in as the owner of the tables through it",
}


def connect(alias: str) -> psycopg.Connection:
    """A plain connection, without Django.

    Raises DatabaseUnavailable when the server does not answer, lets us not in, or is too old.
    """
    try:
        connection = psycopg.connect(address(alias).conninfo(), application_name=f"bosett {alias}")
    except psycopg.OperationalError as error:
        raise DatabaseUnavailable(f"the database cannot be reached: {error}") from None
    try:
        roles.refuse_old(connection)
    except BaseException:
        connection.close()
        raise
    return connection
