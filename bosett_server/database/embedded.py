"""The embedded PostgreSQL of demo, development and tests: one function starts it, the last one out stops it.

The state folder (`.bosett`, or BOSETT_DATA_DIR) holds `postgres/` (the data), `secrets/` (passwords)
and two lock files.  `docs/operations/database.md` tells the whole story.
"""

from __future__ import annotations

import atexit
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bosett_server.database import roles
from bosett_server.database.address import Address
from bosett_server.database.binaries import embedded_bin
from bosett_server.database.cluster import SUPERUSER, Cluster, Where
from bosett_server.database.errors import DatabaseUnavailable
from bosett_server.database.lease import Lease, exclusively, take_lease
from bosett_server.database.osuser import OsUser, server_user
from bosett_server.database.passwords import kept_password, write_private

CLONE = Path(__file__).parents[2]
SYSTEM_FOLDER = Path("/var/lib/bosett")


@dataclass(frozen=True)
class Server:
    """A running server and how to reach it as each role."""

    state: Path
    cluster: Cluster
    where: Where
    lease: Lease

    def address(self, role: str, database: str = roles.DATABASE) -> Address:
        """The way in for `postgres`, `bosett_owner` or `bosett_app`."""
        return Address(
            host=self.where.host,
            port=self.where.port,
            database=database,
            user=role,
            password=kept_password(self.state / "secrets", role),
            # A program that took the port of a dead server must not be told the password.
            options={"require_auth": "scram-sha-256"},
        )

    def prepare(self, database: str) -> None:
        """Afterwards both roles and this database exist as `roles.prepare` promises."""
        passwords = {role: kept_password(self.state / "secrets", role) for role in (roles.OWNER, roles.APP)}
        roles.prepare(self.address(SUPERUSER, "postgres").conninfo(), database, passwords)


_servers: dict[Path, Server] = {}


def is_embedded() -> bool:
    """Whether this process uses the embedded server: no DATABASE_URL is set."""
    return not os.environ.get("DATABASE_URL")


def state_folder() -> Path:
    """Where the embedded server's data, passwords and locks are kept."""
    return Path(os.environ.get("BOSETT_DATA_DIR") or CLONE / ".bosett").absolute()


def ensure_started(
    state: Path | None = None,
    *,
    programs: Path | None = None,
    settings: Mapping[str, str] | None = None,
) -> Server:
    """A running server with both roles and an empty or kept database, once a process.

    Makes the data folder the first time, starts the server when nobody has (after a crash too),
    and joins it otherwise.  When the last process that uses it ends, the server is stopped.

    Parameters
    ----------
    programs
        The folder of `initdb` and `pg_ctl`; the wheel's by default.
    settings
        PostgreSQL settings, used if this call is the one that starts the server.

    Raises
    ------
    DatabaseUnavailable
        Says what stood in the way and what to do.
    """
    folder = (state or state_folder()).resolve()
    known = _servers.get(folder)
    if known is not None:
        return known
    user = server_user()
    _make_folder(folder, 0o711 if user.switch else 0o700)
    _make_folder(folder / "secrets", 0o700)
    _refuse_others(folder / "secrets")
    with exclusively(folder / "start.lock"):
        cluster = Cluster(
            programs or embedded_bin(user, SYSTEM_FOLDER),
            _home(folder, user) / "postgres",
            user,
            settings or {},
        )
        server = _joined_or_started(folder, cluster)
    _servers[folder] = server
    atexit.register(stop, folder)
    return server


def stop(state: Path | None = None) -> bool:
    """This process uses the server no more; stops it, and returns True, if no other does either."""
    folder = (state or state_folder()).resolve()
    server = _servers.get(folder)
    if server is None or not server.lease.is_ours():
        return False
    del _servers[folder]
    with exclusively(folder / "start.lock"):
        last = server.lease.is_last()
        if last:
            server.cluster.stop()
        server.lease.give_back()
    return last


def _joined_or_started(folder: Path, cluster: Cluster) -> Server:
    superuser_password = kept_password(folder / "secrets", SUPERUSER)
    if not cluster.exists():
        cluster.create(superuser_password)
    lease = take_lease(folder / "users.lock")
    try:
        where = cluster.where()
        if where is not None and _answers(Server(folder, cluster, where, lease)):
            return Server(folder, cluster, where, lease)
        server = Server(folder, cluster, cluster.start(), lease)
        server.prepare(roles.DATABASE)
    except BaseException:
        lease.give_back()
        raise
    return server


def _answers(server: Server) -> bool:
    try:
        psycopg.connect(server.address(SUPERUSER, "postgres").conninfo(), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise DatabaseUnavailable(
                f"the server at {server.where.host} does not know the password in {server.state}/secrets"
            ) from None
        return False
    return True


def _home(folder: Path, user: OsUser) -> Path:
    """The folder that holds the data: the state folder, or one of the system's that `user` can reach."""
    note = folder / "location"
    if note.exists():
        home = Path(note.read_text(encoding="utf-8").strip())
        if not home.is_dir():
            raise DatabaseUnavailable(
                f"the data folder {home} named in {note} is gone; put it back, or remove {note} to begin anew"
            )
        return home
    if user.can_reach(folder):
        return folder
    home = SYSTEM_FOLDER / hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    _make_folder(home, 0o711)
    write_private(note, f"{home}\n")
    return home


def _make_folder(folder: Path, mode: int) -> None:
    """Make a folder with this mode; a folder that is there already keeps the mode it has."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        return
    folder.chmod(mode)  # whatever the umask took away


def _refuse_others(secrets: Path) -> None:
    told = secrets.stat()
    if told.st_uid != os.geteuid() or told.st_mode & 0o077:
        raise DatabaseUnavailable(
            f"{secrets} belongs to another user or is open to others; run as its owner, or set"
            " BOSETT_DATA_DIR to a folder of your own"
        )
