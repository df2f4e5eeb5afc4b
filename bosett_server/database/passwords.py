"""Random passwords in files that only their owner can read."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

_BYTES = 32


def kept_password(folder: Path, name: str) -> str:
    """The password called `name`, made (256 random bits) the first time.  The file has mode 0600.

    Two makers at once end up with the same one.
    """
    path = folder / name
    if not path.exists():
        temporary = _written(path, secrets.token_urlsafe(_BYTES))
        with suppress(FileExistsError):  # unlike a rename, a link never replaces what another just made
            path.hardlink_to(temporary)
        temporary.unlink()
    return path.read_text(encoding="ascii").strip()


def write_private(path: Path, text: str) -> None:
    """Write a file with mode 0600, whole or not at all, safe on disk when this returns."""
    _written(path, text).replace(path)


def _written(path: Path, text: str) -> Path:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return temporary
