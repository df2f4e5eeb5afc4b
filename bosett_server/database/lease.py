"""Who uses the embedded server: a shared file lock a process, so that the last one out is known.

The kernel drops a lock when its process ends, however it ends; nothing has to be cleaned up.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """One process at a time in the block; others wait."""
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@dataclass
class Lease:
    """This process's sign that it uses the server.  Take and give back under the start-up lock."""

    descriptor: int
    process: int

    def is_ours(self) -> bool:
        """False in a forked child: the lease is its parent's."""
        return self.process == os.getpid()

    def is_last(self) -> bool:
        """Whether no other process holds a lease.  Ask only when leaving: asking may drop our own."""
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def give_back(self) -> None:
        os.close(self.descriptor)


def take_lease(path: Path) -> Lease:
    """Mark this process as a user of the server."""
    descriptor = _opened(path)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return Lease(descriptor, os.getpid())


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
