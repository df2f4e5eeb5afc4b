"""Which user of the operating system runs the embedded server.

PostgreSQL refuses to run as root.  When Bosett runs as root, its server runs as the system user
`bosett`, which can log in nowhere and owns nothing but the data folder.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bosett_server.database.errors import DatabaseUnavailable

NAME = "bosett"


@dataclass(frozen=True)
class OsUser:
    """A user of the operating system; `switch` says whether a process must change to it."""

    uid: int
    gid: int
    switch: bool

    def run(self, command: Sequence[str], output: IO[bytes] | int, timeout: float) -> int:
        """Run a command as this user in a session of its own and give its exit code.

        The command starts in `/` with a clean environment; its output goes to an open file, since a
        pipe would stay open for as long as a server that the command leaves behind.
        """
        return subprocess.run(  # noqa: S603
            command,
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            timeout=timeout,
            check=False,
            **self._identity(),
        ).returncode

    def can_reach(self, path: Path) -> bool:
        """Whether this user can enter the folder, or run the program, at `path`."""
        if not self.switch:
            return os.access(path, os.X_OK)
        return self.run(["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)], subprocess.DEVNULL, 30) == 0

    def own(self, path: Path) -> None:
        """Make this user the owner of `path`."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def _identity(self) -> dict[str, Any]:
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_user() -> OsUser:
    """The user that runs the server: ourselves, or `bosett` (made if missing) when we are root."""
    if os.geteuid() != 0:
        return OsUser(os.geteuid(), os.getegid(), switch=False)
    entry = _entry() or _created()
    return OsUser(entry.pw_uid, entry.pw_gid, switch=True)


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _created() -> pwd.struct_passwd:
    """Two processes may try at once: what counts is that the user exists afterwards."""
    command = _creation()
    told = subprocess.run(command, capture_output=True, text=True, check=False) if command else None  # noqa: S603
    entry = _entry()
    if entry is None:
        why = told.stderr.strip() if told else "neither useradd nor adduser is installed"
        raise DatabaseUnavailable(
            f"PostgreSQL does not run as root, and the system user {NAME} could not be made ({why}); "
            "run Bosett as an ordinary user, or set DATABASE_URL to a server of your own"
        )
    return entry


def _creation() -> list[str]:
    nowhere = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    if tool := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin"):
        return [tool, "--system", "--user-group", *nowhere, NAME]
    if tool := shutil.which("adduser", path="/usr/sbin:/sbin:/usr/bin:/bin"):  # Alpine
        return [tool, "-S", "-D", "-H", "-h", "/nonexistent", "-s", "/sbin/nologin", NAME]
    return []


def _environment() -> dict[str, str]:
    """Only what a program needs to run: the server inherits no secret and no setting of ours."""
    kept = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if key in os.environ}
    return {"PATH": "/usr/bin:/bin", **kept, "LC_ALL": "C"}
