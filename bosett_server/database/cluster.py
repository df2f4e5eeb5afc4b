"""One data folder of PostgreSQL and the server on it: made, started, stopped.

The server asks every role for a password (scram-sha-256) from its first start, and is reached
through a socket inside its own 0700 data folder, or, where that path is too long for a socket,
over the loopback address.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bosett_server.database import postmaster
from bosett_server.database.errors import DatabaseUnavailable
from bosett_server.database.osuser import OsUser
from bosett_server.database.passwords import write_private

SUPERUSER = "postgres"
_LOG = "server.log"
_LOG_BYTES = 5_000_000
_START_SECONDS = 300
_STOP_SECONDS = 60
_SOCKET_PATH_BYTES = 100  # the shortest limit of any system is 104 with the closing zero
_ACCESS = """\
# Written by Bosett.  Everybody needs a password, from everywhere; nothing else is let in.
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
"""
_SETTINGS = {
    "password_encryption": "scram-sha-256",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # Statements and the details of errors hold personal data; the log must not.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class Where(NamedTuple):
    """Where a server listens: a socket's folder or a loopback address, and the port."""

    host: str
    port: str


@dataclass(frozen=True)
class Cluster:
    """A data folder, the programs that serve it and the user they run as.

    Start and stop under a lock of the caller's: two starters at once are the caller's to prevent.
    """

    programs: Path
    data: Path
    user: OsUser
    settings: Mapping[str, str] = field(default_factory=dict)

    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def create(self, superuser_password: str) -> None:
        """Make the data folder, whole or not at all, with the superuser's password already set."""
        building = self.data.with_name(f"{self.data.name}.building")
        if building.exists():  # a maker was killed half-way
            shutil.rmtree(building)
        building.mkdir(mode=0o700)
        self.user.own(building)
        password_file = building.with_name(f"{building.name}.password")
        try:
            self._private(password_file, superuser_password)
            self._initdb(building, password_file)
        finally:
            password_file.unlink(missing_ok=True)
        self._private(building / "pg_hba.conf", _ACCESS)
        with (building / "postgresql.conf").open("a", encoding="ascii") as settings:
            settings.write("\ninclude 'bosett.conf'\n")
        building.rename(self.data)

    def where(self) -> Where | None:
        """Where the last started server listens, or listened; None when it was stopped in order."""
        told = postmaster.read(self.data)
        return Where(told.host, told.port) if told else None

    def start(self) -> Where:
        """Start the server, after a crash too, and wait until it lets users in.

        Raises DatabaseUnavailable with the end of the server's log.
        """
        if postmaster.comes_up(self.data, _START_SECONDS) and (running := self.where()):
            return running
        postmaster.clear_remains(self.data, _STOP_SECONDS)
        for attempt in (1, 2, 3):
            where = self._listen_at()
            self._private(self.data / "bosett.conf", self._configuration(where))
            if self._pg_ctl("start", "-w", "-s", "-t", str(_START_SECONDS), "-l", str(self._log())):
                return where
            if where.host == str(self.data) or attempt == 3:
                break  # only a port can be taken by another program in between
        raise DatabaseUnavailable(f"PostgreSQL did not start on {self.data}: {self._end_of_log()}")

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back, everything committed is on disk."""
        if not postmaster.is_running(self.data):
            return
        if not self._pg_ctl("stop", "-w", "-s", "-m", "fast", "-t", str(_STOP_SECONDS)):
            raise DatabaseUnavailable(f"PostgreSQL did not stop on {self.data}: {self._end_of_log()}")

    def _initdb(self, folder: Path, password_file: Path) -> None:
        with tempfile.TemporaryFile() as output:
            code = self.user.run(
                [
                    str(self.programs / "initdb"),
                    f"--pgdata={folder}",
                    f"--username={SUPERUSER}",
                    f"--pwfile={password_file}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--data-checksums",
                ],
                output,
                _START_SECONDS,
            )
            if code != 0:
                output.seek(0)
                told = output.read().decode(errors="replace")[-1000:]
                raise DatabaseUnavailable(f"the data folder {folder} could not be made: {told}")

    def _pg_ctl(self, *arguments: str) -> bool:
        command = [str(self.programs / "pg_ctl"), *arguments, "-D", str(self.data)]
        with tempfile.TemporaryFile() as output:
            return self.user.run(command, output, _START_SECONDS + 30) == 0

    def _listen_at(self) -> Where:
        folder = str(self.data)
        odd = not folder.isascii() or any(letter in folder for letter in ",'\"\\")
        if odd or len(folder) + len("/.s.PGSQL.5432") > _SOCKET_PATH_BYTES:
            return Where("127.0.0.1", str(_free_port()))
        return Where(folder, "5432")

    def _configuration(self, where: Where) -> str:
        by_socket = where.host == str(self.data)
        settings = {
            "listen_addresses": "" if by_socket else where.host,
            "unix_socket_directories": where.host if by_socket else "",
            "port": where.port,
            **_SETTINGS,
            **self.settings,
        }
        return "".join(f"{name} = '{value}'\n" for name, value in settings.items())

    def _private(self, path: Path, text: str) -> None:
        write_private(path, text)
        self.user.own(path)

    def _log(self) -> Path:
        log = self.data / _LOG
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        return log

    def _end_of_log(self) -> str:
        log = self.data / _LOG
        return log.read_text(errors="replace")[-1000:].strip() if log.exists() else "it wrote no log"


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
