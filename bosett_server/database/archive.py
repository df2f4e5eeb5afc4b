"""The file of a backup: a zip that any program can open, closed by the hash of all that precedes it.

The zip's comment ends in the SHA-256 of every byte before those last 64, so a file that was cut,
changed or not written to its end is known before a single row is read.  That finds damage, not
forgery: who can write the file can also write its hash.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bosett_server.database.errors import BackupRefused

FORMAT = "bosett-backup-1"
_HEX = 64
_COMMENT = f"{FORMAT} sha256=".encode()
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Written:
    """What a table's entry holds."""

    bytes: int
    sha256: str


class Writer:
    """Adds tables to a backup that is being written."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def table(self, name: str, chunks: Iterable[bytes | memoryview]) -> Written:
        digest, size = hashlib.sha256(), 0
        with self._file.open(_entry(name), "w", force_zip64=True) as entry:
            for chunk in chunks:
                digest.update(chunk)
                size += entry.write(chunk)
        return Written(size, digest.hexdigest())

    def manifest(self, told: dict[str, Any]) -> None:
        self._file.writestr(_MANIFEST, json.dumps({"format": FORMAT, **told}, indent=1, sort_keys=True))


class Reader:
    """A backup whose bytes have been checked."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.manifest: dict[str, Any] = json.loads(file.read(_MANIFEST))

    def table(self, name: str) -> Iterator[bytes]:
        with self._file.open(_entry(name)) as entry:
            while chunk := entry.read(_CHUNK):
                yield chunk


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A backup at `path`, whole and safe on disk or not there at all; readable by its owner only.

    Raises BackupRefused when `path` exists: a backup is never overwritten.
    """
    if path.exists():
        raise BackupRefused(f"{path} exists already; choose another name")
    if not path.parent.is_dir():
        raise BackupRefused(f"the folder {path.parent} does not exist")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
                file.comment = _COMMENT + b"0" * _HEX
                yield Writer(file)
            _seal(raw)
        temporary.replace(path)
        _sync_folder(path.parent)
    except BaseException:
        with suppress(FileNotFoundError):
            temporary.unlink()
        raise


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """The backup at `path`.

    Raises BackupRefused when it is missing, cut, changed, no backup, or of another format.
    """
    try:
        raw = path.open("rb")
    except OSError as error:
        raise BackupRefused(f"{path} cannot be read: {error.strerror}") from None
    with raw:
        _check_seal(raw, path)
        with zipfile.ZipFile(raw) as file:
            reader = Reader(file)
            if reader.manifest.get("format") != FORMAT:
                raise BackupRefused(
                    f"{path} has the format {reader.manifest.get('format')!r}; allowed: {FORMAT!r}"
                )
            yield reader


def _seal(raw: IO[bytes]) -> None:
    raw.flush()
    length = raw.seek(0, os.SEEK_END)
    digest = _digest(raw, length - _HEX)
    raw.seek(length - _HEX)
    raw.write(digest.encode("ascii"))
    raw.flush()
    os.fsync(raw.fileno())


def _check_seal(raw: IO[bytes], path: Path) -> None:
    length = raw.seek(0, os.SEEK_END)
    tail = len(_COMMENT) + _HEX
    raw.seek(max(0, length - tail))
    end = raw.read()
    if not end.startswith(_COMMENT) or len(end) != tail:
        raise BackupRefused(f"{path} is not a whole Bosett backup: it was cut, or is another kind of file")
    if end[-_HEX:].decode("ascii", errors="replace") != _digest(raw, length - _HEX):
        raise BackupRefused(
            f"{path} has been changed or damaged: its hash is not the one it was written with"
        )
    raw.seek(0)


def _digest(raw: IO[bytes], length: int) -> str:
    digest = hashlib.sha256()
    raw.seek(0)
    while length > 0:
        chunk = raw.read(min(_CHUNK, length))
        if not chunk:
            break
        digest.update(chunk)
        length -= len(chunk)
    return digest.hexdigest()


def _entry(table: str) -> str:
    return f"tables/{table}.csv"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
