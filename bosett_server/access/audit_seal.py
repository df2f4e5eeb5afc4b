"""What a seal is: a Merkle root over the log's rows, chained to the seal before, and signed.

The signing key lies in a file outside the database, so that whoever owns the database can change
rows but cannot seal them again; the published heads lie outside too, so that a cut-off tail shows.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bosett.terms.errors import BadInput
from bosett_server.database.passwords import write_private

FIRST_HEAD = "0" * 64
COLUMNS = (
    "id", "at", "user_id", "role", "scope", "verb", "object_type", "object_id", "outcome", "facts", "request_id",
)  # fmt: skip
_COMPACT = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class Seal:
    """One sealed stretch: rows with `previous to_id < id <= to_id`."""

    from_id: int
    to_id: int
    rows: int
    root: str
    previous_head: str
    head: str
    signature: str
    sealed_at: datetime


def leaf(row: Sequence[Any]) -> bytes:
    """The hash of one row, from its columns in the order of `COLUMNS`; times in UTC, facts with sorted keys."""
    named = dict(zip(COLUMNS, row, strict=True))
    named["at"] = moment(named["at"])
    if isinstance(named["facts"], str):
        named["facts"] = json.loads(named["facts"])
    return hashlib.sha256(b"\x00" + _COMPACT(named).encode("ascii")).digest()


def merkle_root(leaves: Sequence[bytes]) -> str:
    """The root in hex; an odd last node rises unpaired.  Inner nodes and leaves cannot be confused."""
    level = list(leaves)
    if not level:
        raise ValueError("nothing to seal")
    while len(level) > 1:
        paired = [
            hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)
        ]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0].hex()


def head_of(from_id: int, to_id: int, rows: int, root: str, previous_head: str, sealed_at: datetime) -> str:
    """The hash that stands for this seal and all before it."""
    told = [from_id, to_id, rows, root, previous_head, moment(sealed_at)]
    return hashlib.sha256(b"\x02" + _COMPACT(told).encode("ascii")).hexdigest()


def moment(at: datetime) -> str:
    """A time as hashes and files hold it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def make_seal(
    rows: Sequence[Sequence[Any]], previous_head: str, key: Ed25519PrivateKey, now: datetime
) -> Seal:
    """Seal the rows, which stand in order of id."""
    root = merkle_root([leaf(row) for row in rows])
    first, last = int(rows[0][0]), int(rows[-1][0])
    head = head_of(first, last, len(rows), root, previous_head, now)
    return Seal(first, last, len(rows), root, previous_head, head, key.sign(bytes.fromhex(head)).hex(), now)


def is_signed(head: str, signature: str, public: Ed25519PublicKey) -> bool:
    """Whether the signature was made for this head with the key that belongs to `public`."""
    try:
        public.verify(bytes.fromhex(signature), bytes.fromhex(head))
    except (InvalidSignature, ValueError):
        return False
    return True


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key in the file, made the first time with its public half beside it.  Mode 0600."""
    if not path.exists():
        _make_key(path)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise BadInput("another kind of key", "an Ed25519 private key in PEM", str(path))
    return key


def _make_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with suppress(FileExistsError):  # another process made it first: that one counts
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
    public = (
        signing_key(path)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    write_private(public_path(path), public.decode("ascii"))


def public_path(private: Path) -> Path:
    """Where the public half lies: give a copy to whoever checks the log."""
    return private.with_suffix(".pub")


def public_key(path: Path) -> Ed25519PublicKey:
    """Raises BadInput when the file is missing or holds something else."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BadInput("no readable key", "an Ed25519 public key in PEM", str(path)) from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadInput("another kind of key", "an Ed25519 public key in PEM", str(path))
    return key


@dataclass(frozen=True)
class PublishedHead:
    """One line of the published file."""

    to_id: int
    head: str
    signature: str
    sealed_at: str


def publish(path: Path, seals: Iterable[Seal]) -> None:
    """Append heads to the file and see them safe on disk."""
    lines = [
        json.dumps(asdict(PublishedHead(s.to_id, s.head, s.signature, moment(s.sealed_at)))) + "\n"
        for s in seals
    ]
    if not lines:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def published(path: Path) -> list[PublishedHead]:
    """Every published head, in order; an empty list when nothing was published yet.

    Raises BadInput for a line that is not one of ours.
    """
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), 1):
        try:
            told: Mapping[str, Any] = json.loads(line)
            found.append(PublishedHead(**told))
        except (ValueError, TypeError) as error:
            raise BadInput(
                "a line that is no head", "one published head a line", str(path), number
            ) from error
    return found


def last_published(path: Path) -> int:
    """The last row that the file's newest head stands for, read from its end; 0 when nothing is published."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        lines = file.read().splitlines()
    if not lines:
        return 0
    try:
        return int(json.loads(lines[-1])["to_id"])
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput("a line that is no head", "one published head a line", str(path)) from error
