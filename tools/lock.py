"""One set-up at a time in one clone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from tools.paths import STATE
from tools.progress import say


@contextmanager
def setup_lock() -> Iterator[int]:
    """Hold the clone's set-up lock; a second caller waits and then finds everything in place.

    The kernel holds the lock (`flock`), so a killed set-up leaves nothing stale behind.  The yielded
    descriptor is handed on to pip and npm: if only this process is killed, the lock lasts until they end.
    """
    STATE.mkdir(exist_ok=True)
    descriptor = os.open(STATE / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another ./run is setting up this clone; waiting for it …")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
