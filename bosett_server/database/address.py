"""Where a database is, and as whom.  The password never shows in a printed address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bosett_server.database.errors import DatabaseMisconfigured


@dataclass(frozen=True)
class Address:
    """One role's way into one database.

    Parameters
    ----------
    host
        A host name, an IP address, or the folder that holds a Unix socket.
    options
        Further libpq settings (`sslmode`, `require_auth`, ...).
    """

    host: str
    port: str
    database: str
    user: str
    password: str = field(repr=False, default="")
    options: Mapping[str, str] = field(default_factory=dict)

    def conninfo(self) -> str:
        """The address as libpq reads it."""
        return make_conninfo(
            **self.options,
            host=self.host or None,
            port=self.port or None,
            dbname=self.database,
            user=self.user,
            password=self.password or None,
        )

    def url(self) -> str:
        """The address as a URL, for an environment variable; `parse` gives the same address back."""
        query = {"host": self.host, "port": self.port, **self.options}
        login = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        told = urlencode({key: value for key, value in query.items() if value}, quote_via=quote)
        return f"postgresql://{login}@/{quote(self.database, safe='')}?{told}"

    def on(self, database: str) -> Address:
        """The same role on another database of the same server."""
        return replace(self, database=database)

    def django(self) -> dict[str, Any]:
        """The address as Django's settings name its parts."""
        return {
            "HOST": self.host,
            "PORT": self.port,
            "NAME": self.database,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": dict(self.options),
        }


def parse(url: str, name: str) -> Address:
    """The address that a URL holds.

    Raises DatabaseMisconfigured naming the variable, never its value, when the URL cannot be read
    or names no database or no user.
    """
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.ProgrammingError:
        raise DatabaseMisconfigured(
            f"{name} cannot be read; allowed: postgresql://user:password@host:port/database?options"
        ) from None
    for key, what in (("dbname", "database"), ("user", "user")):
        if not parts.get(key):
            raise DatabaseMisconfigured(f"{name} names no {what}; allowed: postgresql://user@host/database")
    return Address(
        host=parts.pop("host", ""),
        port=parts.pop("port", ""),
        database=parts.pop("dbname"),
        user=parts.pop("user"),
        password=parts.pop("password", ""),
        options=parts,
    )
