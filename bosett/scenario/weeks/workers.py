"""Who does the work: this process, a pool of processes, or a Dask cluster; the answer is the same."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bosett.scenario.weeks.bands import bands
from bosett.scenario.weeks.chunk import Chunk, Key, Task
from bosett.scenario.weeks.dice import small
from bosett.scenario.weeks.shelf import Shelf, shelved
from bosett.scenario.weeks.sweep import ALL, Mapper, Sweep, one_by_one
from bosett.terms.errors import BadInput

MOST_WORKERS = 256
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""The GNU C library's names in <malloc.h>."""
KEPT_BYTES, LARGEST_ON_HEAP = 256 * 1024**2, 32 * 1024**2


def pool(workers: int) -> Mapper:
    """A mapper over so many processes, 1 to 256; 1 is this process.

    Raises
    ------
    BadInput
        If the number is outside.
    """
    if not 1 <= workers <= MOST_WORKERS:
        raise BadInput(f"{workers} workers", f"1 to {MOST_WORKERS}", "--workers")
    if workers == 1:
        return one_by_one

    def mapped(run: Callable[[Task], Chunk], tasks: Sequence[Task]) -> Iterator[Chunk]:
        several = min(workers, len(tasks))
        if several == 1:
            yield from map(run, tasks)
            return
        shelf = Shelf(tasks)
        forked = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(several, forked, initializer=_keep_freed_memory) as processes:
            work = [processes.submit(shelved, run, shelf.number, place) for place in range(len(tasks))]
            for place, future in enumerate(work):
                yield shelf.taken(place, future.result())
        shelf.forget()

    return mapped


def _keep_freed_memory() -> None:
    """In a worker: freed memory is used again, not given back and cleared anew by the kernel for each task.

    A fifth of the time is saved; nothing else changes.  Where the C library has no `mallopt`, nothing is done.
    """
    told = getattr(ctypes.CDLL(None), "mallopt", None)
    if told is not None:
        told(M_TRIM_THRESHOLD, KEPT_BYTES)
        told(M_MMAP_THRESHOLD, LARGEST_ON_HEAP)


def threads(many: int) -> Mapper:
    """A mapper over so many threads of this process: for a server, which must not be forked."""

    def mapped(run: Callable[[Task], Chunk], tasks: Sequence[Task]) -> Iterator[Chunk]:
        with threadpool_limits(1, "blas"), ThreadPoolExecutor(max(1, many)) as several:
            yield from several.map(run, tasks)

    return mapped


def cluster(address: str) -> Mapper:
    """A mapper over the workers of a Dask cluster, such as `tcp://10.0.0.5:8786`.

    Raises
    ------
    BadInput
        If Dask is not installed, or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise BadInput(
            "no Dask on this machine", "the extra package dask[distributed]", "--cluster"
        ) from None

    def mapped(run: Callable[[Task], Chunk], tasks: Sequence[Task]) -> Iterator[Chunk]:
        try:
            client: Any = cast("Any", Client)(address, timeout=10)
        except (OSError, ValueError) as bad:
            raise BadInput(f"{address} ({bad})", "the address of a running scheduler", "--cluster") from None
        with client:
            for future in client.map(run, list(tasks), pure=False):
                yield future.result()

    return mapped


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0))


def all_bands(sweep: Sweep, many: int) -> dict[Key, NDArray[np.float64]]:
    """The quantiles of every row of the sweep; sorting lets go of the interpreter, so threads help."""
    keys = sweep.row_keys()
    quantities = list(dict.fromkeys(quantity for quantity, _ in keys))

    def of(quantity: str) -> dict[Key, NDArray[np.float64]]:
        own = [key for key in keys if key[0] == quantity and key[1] != ALL]
        total = np.zeros((sweep.plan.weeks, sweep.draws), dtype=np.uint32)
        told = {}
        for key in own:
            row = sweep.stored(key)
            total += row
            told[key] = bands(row)
        return {**told, (quantity, ALL): bands(small(total))}

    with ThreadPoolExecutor(max(1, many)) as several:
        found = {key: band for part in several.map(of, quantities) for key, band in part.items()}
    return {key: found[key] for key in keys}
