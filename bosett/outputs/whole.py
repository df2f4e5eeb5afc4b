"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bosett.terms.errors import BadInput

Fill = Callable[[Path], None]


def write_file_whole(path: Path, fill: Fill) -> None:
    """Let `fill` write a file beside the wanted one, then put it in place in one step.

    If anything fails, the old file (or none) is there as before.  Missing parent folders are made.

    Parameters
    ----------
    fill
        Given a path with the same name in a private folder; writes the file there.

    Raises
    ------
    BadInput
        If the place cannot be written, or is something else than a file.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise BadInput("something that is not a file", "a file, or nothing yet", str(path))
    with _workshop(target) as workshop:
        made = workshop / target.name
        fill(made)
        _sync(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        made.replace(target)
        _sync(target.parent)


def write_folder_whole(path: Path, fill: Fill) -> None:
    """Let `fill` write a folder beside the wanted one, then put it in place.

    A folder that is there is replaced only if it is empty or holds nothing but files of the names
    that are being written, so that no other work is lost.  If anything fails, it is there as before.

    Raises
    ------
    BadInput
        If the place cannot be written, is a file, or holds other files.
    """
    target = path.resolve()
    _refuse_file(target, path)
    with _workshop(target) as workshop:
        made = workshop / "new"
        made.mkdir()
        fill(made)
        _refuse_others(target, {one.name for one in made.iterdir()}, path)
        for one in made.iterdir():
            _sync(one)
        _sync(made)
        _exchange(made, target, workshop / "old")


def _refuse_file(target: Path, path: Path) -> None:
    if target.exists() and not target.is_dir():
        raise BadInput("a file", "a folder, or nothing yet", str(path))


def _refuse_others(target: Path, written: set[str], path: Path) -> None:
    others = (
        sorted(one.name for one in target.iterdir() if one.name not in written) if target.exists() else []
    )
    if others:
        found = f"other files in the folder ({', '.join(others[:3])})"
        raise BadInput(found, "a new folder, an empty one, or one of an earlier run", str(path))


def _exchange(made: Path, target: Path, aside: Path) -> None:
    """Put the new folder in place; the old one goes back if that fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    had = target.exists()
    if had:
        target.rename(aside)
    try:
        made.rename(target)
    except OSError:
        if had:
            aside.rename(target)
        raise
    _sync(target.parent)


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """A private folder on the same disk, gone afterwards."""
    near = next(parent for parent in target.parents if parent.exists())
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=near))
    except OSError as bad:
        raise BadInput(f"{near}: {bad.strerror}", "a place that can be written", str(target)) from None
    try:
        yield made
    finally:
        shutil.rmtree(made)


def _sync(path: Path) -> None:
    """Ask the disk to keep what was written, so that a power cut leaves the old or the new."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
