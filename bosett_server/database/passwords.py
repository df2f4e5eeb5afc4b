"""Random passwords in files that only their owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_BYTES = 32


def kept_password(folder: Path, name: str) -> str:
    """The password called `name`, made (256 random bits) the first time.  The file has mode 0600.

    Call it under the start-up lock: two makers at once would keep different passwords.
    """
    path = folder / name
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    password = secrets.token_urlsafe(_BYTES)
    write_private(path, password)
    return password


def write_private(path: Path, text: str) -> None:
    """Write a file with mode 0600, whole or not at all, safe on disk when this returns."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
