"""What `postmaster.pid` tells, and whether to believe it.

PostgreSQL leaves the file, and a like one beside its socket, when it is killed.  After a restart of
the machine or container the process number may belong to another program, and PostgreSQL would
then refuse to start.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from bosett_server.database.errors import DatabaseUnavailable

_FILE = "postmaster.pid"
_SOCKET_LOCKS = ".s.PGSQL.*.lock"
_PROCESSES = Path("/proc")


class Told(NamedTuple):
    """The lines of `postmaster.pid` that we use."""

    pid: int
    host: str
    port: str
    ready: bool


def read(data: Path) -> Told | None:
    """What the file says; None when there is none or it is not yet whole."""
    try:
        lines = (data / _FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 8:
        return None
    socket_folder, address = lines[4].strip(), lines[5].strip()
    return Told(int(lines[0]), socket_folder or address, lines[3].strip(), lines[7].strip() == "ready")


def is_running(data: Path) -> bool:
    """Whether a server process works on this data folder."""
    pid = _pid(data)
    return pid is not None and _works_on(pid, data)


def comes_up(data: Path, patience_seconds: float) -> bool:
    """Wait for a server that is starting or recovering from a crash; False when none is, or it ended.

    Raises DatabaseUnavailable when it is neither ready nor gone in time.
    """
    deadline = time.monotonic() + patience_seconds
    while is_running(data):
        told = read(data)
        if told is not None and told.ready:
            return True
        if time.monotonic() > deadline:
            raise DatabaseUnavailable(f"the server on {data} is neither ready nor ended; see its server.log")
        time.sleep(0.05)
    return False


def clear_remains(data: Path, patience_seconds: float) -> None:
    """Wait for the last processes of a killed server, and remove files whose number means another
    program by now, or one that has ended and was never buried (a container without an init).

    Raises DatabaseUnavailable when processes of a killed server do not go away: starting a second
    server beside them would destroy the data.
    """
    deadline = time.monotonic() + patience_seconds
    while _anyone_works_on(data):
        if time.monotonic() > deadline:
            raise DatabaseUnavailable(
                f"processes still work on {data} and answer nobody; end them, then try again"
            )
        time.sleep(0.05)
    for remains in (data / _FILE, *data.glob(_SOCKET_LOCKS)):
        pid = _first_number(remains)
        if pid is not None and _is_alive(pid):
            remains.unlink()


def _pid(data: Path) -> int | None:
    return _first_number(data / _FILE)


def _first_number(file: Path) -> int | None:
    try:
        first = file.read_text(encoding="utf-8").partition("\n")[0]
    except FileNotFoundError:
        return None
    return int(first) if first.strip().isdigit() else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _anyone_works_on(data: Path) -> bool:
    if not _PROCESSES.is_dir():
        return is_running(data)
    numbers = (int(entry.name) for entry in _PROCESSES.iterdir() if entry.name.isdigit())
    return any(_works_on(pid, data) for pid in numbers)


def _works_on(pid: int, data: Path) -> bool:
    """PostgreSQL's processes have their data folder as working folder."""
    if not _PROCESSES.is_dir():
        return _is_alive(pid) and str(data) in _command_line(pid)
    try:
        return (_PROCESSES / str(pid) / "cwd").readlink() == data
    except OSError:  # gone, a zombie, or another user's: not our server
        return False


def _command_line(pid: int) -> str:
    command = ["/bin/ps", "-p", str(pid), "-o", "command="]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
