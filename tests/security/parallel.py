"""Many clients at once: threads, each with a connection of its own to the same real database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from bosett.terms.errors import Refused


def at_once(steps: Sequence[Callable[[], Any]]) -> list[Any]:
    """Let every step begin at the same moment; gives each one's value, or the Refused it met."""
    start = Barrier(len(steps))

    def client(step: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=60)
            return step()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(steps)) as clients:
        return [future.result(timeout=120) for future in [clients.submit(client, step) for step in steps]]


def refusals(answers: Sequence[Any]) -> list[Refused]:
    """Those of the answers that are refusals."""
    return [one for one in answers if isinstance(one, Refused)]
