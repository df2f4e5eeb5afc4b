"""Notes of what something was made from, so that it is made again only when that changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.paths import ROOT


def digest(files: Iterable[Path]) -> str:
    """SHA-256 over the names and contents of `files`, in order of name.

    Promise: adding, removing, renaming or changing a file changes the digest; the order given does not.
    """
    whole = hashlib.sha256()
    for file in sorted(files):
        name = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
        content = file.read_bytes()
        whole.update(f"{len(name)} {name} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()


def is_current(stamp: Path, expected: str) -> bool:
    """Whether `stamp` says that the thing was made from `expected`."""
    return stamp.is_file() and stamp.read_text("utf-8").strip() == expected


def write_stamp(stamp: Path, made_from: str) -> None:
    """Write whole or not at all, and only once the thing itself is complete."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    unfinished = stamp.with_name(stamp.name + ".new")
    unfinished.write_text(made_from + "\n", "utf-8")
    unfinished.replace(stamp)
